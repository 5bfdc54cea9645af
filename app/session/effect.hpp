// What update() wants done outside: opening, checking, sealing, sending; values only, carried out by app/kiosk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "app/session/state.hpp"

namespace app::session {

/// Find the key, open the store, verify bundle and certificate. Answer: Unlocked, NoKey, WrongKey or Failed.
struct OpenDevice {};
/// Answer: PinChecked, or Failed.
struct CheckPin {
    store::WorkerNumber worker;
    crypto::SecretBytes pin;
};
/// A locked arena, a record id, a case code; room on the medium is checked. Answer: Prepared or Failed.
struct PrepareInterview {};
/// Seal `json`, store it, read it back, verify it, drop older revisions that were not exported.
/// Answer: SealDone or SealFailed.
struct SealRevision {
    std::string record;
    std::uint32_t revision = 0;
    crypto::SecretBytes json;
};
/// Delete every revision of the record; where one was exported already, store `withdrawn` (a record without answers) as
/// the next revision instead. Answer: EraseDone or EraseFailed.
struct EraseRecord {
    std::string record;
    std::uint32_t revision = 0;  ///< of `withdrawn`
    crypto::SecretBytes withdrawn;
};
/// Answer: PlacesFound.
struct FindPlaces {};
/// Write what waits as batches into the folder; `again`: every batch without a receipt once more.
/// Answer: SendProgress…, then SendDone or SendFailed.
struct WriteBatches {
    std::filesystem::path folder;
    bool again = false;
    std::string open_record;  ///< never exported; empty when none is open
};
/// Stops a WriteBatches that is under way, at once.
struct StopWriting {};
struct KeepPreferences {
    Preferences preferences;
};
/// Nobody is in any more: wipe what the interface remembers, give back caches.
struct ForgetScreen {};

using Effect = std::variant<OpenDevice, CheckPin, PrepareInterview, SealRevision, EraseRecord, FindPlaces, WriteBatches,
                            StopWriting, KeepPreferences, ForgetScreen>;
using Effects = std::vector<Effect>;

}  // namespace app::session
