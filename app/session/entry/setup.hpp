// Switching on: what an unlocked device tells the session, and unlocking it with a key file or words.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "app/model/kept.hpp"
#include "app/model/people.hpp"
#include "app/model/resuming.hpp"
#include "app/session/entry/unlocking.hpp"
#include "app/session/everywhere.hpp"

namespace app::session {

/// What an unlocked device gives to the session. The store itself stays with the effects.
struct Setup {
    std::shared_ptr<const exchange::Bundle> bundle;
    std::vector<model::Worker> workers;
    std::vector<model::WorkerNumber> removed;  ///< numbers that nobody gets again
    std::string device;                        ///< 32 hex digits
    std::string fingerprint;                   ///< of the deployment key, eight words
    bool expired = false;                      ///< the bundle is past its soft expiry: warn, keep working
    /// The last day of the device's certificate. Afterwards everything is sealed and received as before, and sending
    /// waits for a newer one; workers are told a month beforehand.
    std::optional<std::chrono::year_month_day> certificate_end = {};
    bool clock_wrong = false;  ///< it shows a day before the bundle was made: warn, keep working
    int text_percent = 100;
    Theme theme = Theme::Light;
    model::Counts counts;
    std::vector<std::size_t> keys;  ///< slots that have a keyholder
    model::Resuming resuming = model::Resuming::OffBySystem;
    std::vector<std::string> damaged_files;  ///< names of what repairs put aside
    bool folder_was_open = false;            ///< others could read or change the state folder; no longer
    bool key_open = false;                   ///< others can read the key file that opened the device
    std::vector<std::size_t> keys_lost;      ///< slots whose words or key file open nothing any more: damaged
};

// ---- screens -------------------------------------------------------------------------------------------------------

struct Starting {};  ///< unlocking with the key file; where there is none, ChoosingSlot is next

// ---- effects -------------------------------------------------------------------------------------------------------

/// Key file or words, slots, store, bundle -> Unlocked, UnlockedWithoutBundle, UnlockedNotEnrolled, NoDevice or
/// UnlockFailed.
struct Unlock {
    std::optional<SlotWords> words;  ///< nothing: the key file, where it is to be found
};

// ---- what comes back -----------------------------------------------------------------------------------------------

struct Unlocked {
    Setup setup;
};
struct UnlockFailed {
    DeviceError error;
};

}  // namespace app::session
