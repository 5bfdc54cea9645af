// What a session asks the world to do; each is carried out off the interface thread and answered by an event.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/session/event.hpp"

namespace app::session {

/// Key file or words, slots, store, bundle -> Unlocked, UnlockedWithoutBundle or UnlockFailed.
struct Unlock {
    std::optional<SlotWords> words;  ///< nothing: the key file, where it is to be found
};
struct CheckPin {  ///< -> PinChecked
    store::WorkerNumber number;
    crypto::SecretBytes pin;
};
struct Prepare {};  ///< room, memory, random ids -> Prepared or EffectFailed
/// Seal, insert, commit, read back, verify, delete the older unexported revision -> Sealed or SealFailed.
struct SealRecord {
    std::string record;
    std::uint32_t revision;
    crypto::SecretBytes json;
    crypto::SecretBytes draft = {};  ///< to go on from after a crash; empty: not this one
};
/// Take a record back -> Erased. Not exported yet: its rows are deleted. Else `withdrawn` is sealed as the next
/// revision, so that every reader erases what came before.
struct Withdraw {
    std::string record;
    std::uint32_t revision;
    crypto::SecretBytes withdrawn;
};
struct FindPlaces {};  ///< -> PlacesFound
struct Export {        ///< -> SendProgress …, then Sent or SendFailed
    Place place;
    bool again;  ///< the last batch once more
};
struct StopExport {};  ///< the Export that was asked for last ends early: SendFailed, or Sent when it was done before
struct SavePreference {
    std::string name;
    std::string value;
};
struct ForgetScreen {};  ///< wipe what the interface still holds of texts and fields
struct Quit {};

/// Its special members are compiled once (alternatives.cpp): a variant this wide costs every file that moves one
/// seconds.
struct Effect : std::variant<Unlock, CheckPin, Prepare, SealRecord, Withdraw, FindPlaces, Export, StopExport,
                             SaveWorker, DropWorker, ChangePin, ProveKey, SaveWords, SavePreference, ForgetScreen,
                             Resume, DropDraft, ListAudit, RepairStore, FindBundle, Quit> {
    using variant::variant;
    Effect() noexcept;
    Effect(Effect&& other) noexcept;
    Effect& operator=(Effect&& other) noexcept;
    ~Effect();
};
using Effects = std::vector<Effect>;

}  // namespace app::session
