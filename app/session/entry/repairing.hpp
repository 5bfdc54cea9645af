// A store that cannot be read: what is still whole is saved into a new one, the damaged file is kept. Screens, events
// and effects of it.
#pragma once

#include <cstdint>
#include <optional>

#include "app/model/kept.hpp"
#include "app/session/entry/lost_bundle.hpp"
#include "app/session/entry/setup.hpp"

namespace app::session {

// ---- screens ------------------------------------------------------------------------------------------------------

/// The words or the key file were right; the database is not.
struct Damaged {
    std::optional<SlotWords> words;  ///< to be used once more; nothing: the key file
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::optional<DeviceError> failed;  ///< then everything is as it was
};
struct RepairedScreen {
    model::Repaired repaired;
    std::optional<DeviceError> error;  ///< why it does not open all the same
};

// ---- what people do -----------------------------------------------------------------------------------------------

struct RepairNow {};

// ---- effects ------------------------------------------------------------------------------------------------------

struct RepairStore {  ///< -> RepairProgress …, then StoreRepaired or RepairFailed; after it the device is unlocked
    std::optional<SlotWords> words;
};

// ---- what comes back ----------------------------------------------------------------------------------------------

struct RepairProgress {
    std::uint64_t done;
    std::uint64_t total;
};
struct StoreRepaired {
    RepairedScreen told;
    std::optional<Setup> setup;                ///< nothing: see without_bundle, else RepairedScreen::error
    std::optional<BundleLost> without_bundle;  ///< it opens, but screenings need the bundle again
};
struct RepairFailed {
    DeviceError error;
};

}  // namespace app::session
