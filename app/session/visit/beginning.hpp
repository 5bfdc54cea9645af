// From home to the first question: language, place, mode and consent, or a briefing where nobody is asked.
#pragma once

#include <cstdint>
#include <optional>

#include "app/session/device_error.hpp"
#include "app/session/visit/screening.hpp"
#include "locales/language.hpp"

namespace app::session {

// ---- screens -------------------------------------------------------------------------------------------------------

/// Why an interview that broke off was not gone on with.
struct NotResumed {
    std::optional<DeviceError> error;  ///< nothing: its time is over
};
struct Home {
    std::optional<NotResumed> not_resumed;
};
struct Briefing {  ///< before a quick flag or practice: what it is
    Purpose purpose = Purpose::Observation;
};
struct PickingLanguage {};
struct Interpreter {};
struct Privacy {};
struct NotNow {};
struct ChoosingMode {};
struct AskingConsent {
    std::size_t page = 0;  ///< of consent_pages; yes is on the last one, no on every one
};
struct DeclinedKindly {};

// ---- what people do ------------------------------------------------------------------------------------------------

struct NewScreening {};
struct QuickFlag {};     ///< what was seen, nobody is asked
struct Train {};         ///< practice: nothing of it is real
struct BeginBriefed {};  ///< the briefing was read
struct PickLanguage {
    locales::Language language;
};
struct NeedInterpreter {};
struct RecordInterpreter {};
struct SayPrivacy {
    bool enough;
};
struct ChooseMode {
    Mode mode;
};
struct SayConsent {
    bool yes;
};

// ---- effects -------------------------------------------------------------------------------------------------------

struct Prepare {};  ///< room, memory, random ids -> Prepared or PrepareFailed
/// What the Origin that was asked for will be used for.
enum class Preparing : std::uint8_t { Interview, Refusal, Interpreter, Longer };

// ---- what comes back -----------------------------------------------------------------------------------------------

struct Prepared {
    Origin origin;
};
struct PrepareFailed {
    DeviceError error;
};

}  // namespace app::session
