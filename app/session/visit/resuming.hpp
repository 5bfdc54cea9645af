// Going on with an interview after the program ended in the middle of it: events and effects of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/model/people.hpp"
#include "app/model/resuming.hpp"
#include "app/session/device_error.hpp"
#include "crypto/secret.hpp"

namespace app::session {

using model::Resuming;

// ---- what people do -----------------------------------------------------------------------------------------------

struct ContinueInterview {};

// ---- effects ------------------------------------------------------------------------------------------------------

struct Resume {  ///< -> Resumed or ResumeFailed
    model::Worker worker;
};
/// The key goes first, then what it encrypts: from here on nothing brings the interview back. No answer.
struct DropDraft {};

// ---- what comes back ----------------------------------------------------------------------------------------------

struct Resumed {
    crypto::SecretBytes draft;  ///< as write_draft() made it
    std::vector<std::unique_ptr<crypto::LockedArena>> arenas;
};
struct ResumeFailed {
    std::optional<DeviceError> error;  ///< nothing: its time is over
};

}  // namespace app::session
