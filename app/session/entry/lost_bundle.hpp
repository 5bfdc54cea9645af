// A device without a usable bundle: what is sealed can leave, and the bundle can be brought on a stick. Screens, events
// and effects of it.
#pragma once

#include <cstdint>
#include <optional>

#include "app/model/people.hpp"
#include "app/session/device_error.hpp"

namespace app::session {

// ---- screens ------------------------------------------------------------------------------------------------------

struct BundleLost {
    DeviceError why = DeviceError::NoBundle;  ///< it is not there, or why it cannot be used
    model::Counts counts;
    std::uint64_t sequence = 0;         ///< the highest that was installed here; 0: not known
    bool can_send = false;              ///< it is known to whom what is sealed goes
    std::optional<DeviceError> failed;  ///< why the last look did not help; NoBundle: there was none
};

// ---- effects ------------------------------------------------------------------------------------------------------

struct FindBundle {};  ///< on sticks -> Unlocked or BundleNotFound

// ---- what comes back ----------------------------------------------------------------------------------------------

struct UnlockedWithoutBundle {
    BundleLost lost;
};
struct BundleNotFound {
    DeviceError error;
};

}  // namespace app::session
