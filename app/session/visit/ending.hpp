// What the person and the worker see at the end, and how what was said is stored, or erased.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/model/kept.hpp"
#include "app/model/people.hpp"
#include "app/session/device_error.hpp"
#include "app/session/visit/screening.hpp"

namespace app::session {

// ---- screens -------------------------------------------------------------------------------------------------------

struct ForPerson {};
struct ForWorker {};  ///< assisted mode only
struct Raising {};
struct Sealing {
    bool then_lock = false;  ///< private mode ends in the lock
};
struct SealedScreen {
    std::string case_code;
    Purpose purpose = Purpose::Screening;
};
struct Leaving {};  ///< keep or erase; `under` is where StayHere goes
struct Told {
    bool erased = false;  ///< else kept
    Purpose purpose = Purpose::Screening;
};
struct NotStored {};  ///< what was said before is still only in memory: why, and trying again
/// Behind the PIN of whoever handed the device over: "wants to speak with you now", or that the law asks for a notice.
struct WantsToTalk {
    bool minor = false;  ///< somebody said that they are under 18; no level and no answer goes with it
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct PersonDone {};
struct OpenRaise {};
struct ChooseRaise {
    Raised raised;
};
struct SealNow {};
struct HandBack {};  ///< from "sealed": lock
struct GoHome {};
struct KeepWhatWasSaid {};
struct EraseWhatWasSaid {};

// ---- effects -------------------------------------------------------------------------------------------------------

/// Seal, insert, commit, read back, verify, delete the older unexported revision -> Sealed or SealFailed.
struct SealRecord {
    std::string record;
    std::uint32_t revision;
    crypto::SecretBytes json;
    crypto::SecretBytes draft = {};  ///< to go on from after a crash; empty: not this one
};
/// Take a record back -> Erased or NotErased. Not exported yet: its rows are deleted. Else
/// `withdrawn` is sealed as the next revision, so that every reader erases what came before.
struct Withdraw {
    std::string record;
    std::uint32_t revision;
    crypto::SecretBytes withdrawn;
};

// ---- what comes back -----------------------------------------------------------------------------------------------

struct Sealed {
    std::string record;
    std::uint32_t revision;
    model::Counts counts;
};
struct SealFailed {
    std::string record;
    std::uint32_t revision;
    DeviceError error;
};
struct Erased {
    std::string record;
    model::Counts counts;
};
struct NotErased {
    std::string record;
    std::uint32_t revision;
    DeviceError error;
};

// ---- what is not on the medium yet ---------------------------------------------------------------------------------

/// A screening that has left the screen, kept whole in its locked memory until its last revision is on the medium.
struct Unstored {
    Screening screening;
    locales::Language language;         ///< it ended in
    std::optional<DeviceError> failed;  ///< why the last try did not succeed; nothing while one is under way
};

}  // namespace app::session
