// The questions and their review, and what is asked about them afterwards.
#pragma once

#include <cstdint>
#include <optional>

#include "app/session/visit/screening.hpp"

namespace app::session {

// ---- screens -------------------------------------------------------------------------------------------------------

/// Which way a page is left.
enum class Step : std::uint8_t { Forwards, Backwards };
struct Question {
    Step leaving = Step::Forwards;  ///< once the page before is on the medium (Pending::SealPage); until then it rests
    std::optional<engine::RefusalKind> refused;  ///< why the last answer or Next was not taken
    engine::NodeId refused_at;
    LockedText refused_message;               ///< the form's own words, which may quote an answer
    std::optional<engine::NodeId> unsettled;  ///< text was typed here that was not taken: Next waits for it
    engine::RefusalKind unsettled_as = engine::RefusalKind::Constraint;  ///< why it was not taken
    bool from_review = false;                                            ///< Next returns to the review
    std::optional<engine::NodeId> around;    ///< from the review: Next returns there once it leaves this repeat
    std::optional<engine::NodeId> removing;  ///< the page asks whether this repeat instance shall go
};
struct Review {};
struct AskingNotify {};  ///< private mode: shall we tell the worker now?
struct AskingLonger {};  ///< after first contact: go on with the longer form?

// ---- what people do ------------------------------------------------------------------------------------------------

struct TapChoice {
    engine::NodeId node;
    engine::ChoiceId choice;
};
struct SayState {
    engine::NodeId node;
    engine::AnswerState state;  ///< Skipped, Refused or Unknown
};
/// Characters typed for a node; `text` lies in locked memory.
struct TypeText {
    engine::NodeId node;
    crypto::SecretBytes text;
};
/// From the review: to the page of a question, or of a repeat to the one that asks for a further instance.
struct JumpTo {
    engine::NodeId node;
};
struct AddInstance {
    engine::NodeId repeat;
};
struct RemoveInstance {
    engine::NodeId instance;
    bool sure;  ///< else the page asks first
};
struct FinishReview {};
struct SayNotify {
    bool yes;
};
struct SayLonger {
    bool yes;  ///< go on with the longer form
};

}  // namespace app::session
