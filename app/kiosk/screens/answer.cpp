#include "app/kiosk/screens/answer.hpp"

#include <cstring>
#include <string>

namespace app::kiosk::screens {
namespace {

using engine::AnswerState;
using engine::Kind;

/// What every part below needs.
struct Question {
    const Pen& pen;
    const engine::Interview& interview;
    engine::NodeId node;
    engine::LanguageId language;
    std::string name;  ///< its address: fields of another repeat instance are other fields

    [[nodiscard]] std::string key(std::string_view part) const { return std::string(part) + "." + name; }
};

void words(const Question& q, Weight weight) {
    const auto label = ui::Text::verbatim(q.interview.label(q.node, q.language));
    const auto hint = q.interview.hint(q.node, q.language);
    if (weight == Weight::alone)
        q.pen.ui.heading(q.key("question"), label);
    else if (q.interview.kind(q.node) == Kind::Note)
        q.pen.ui.body(q.key("question"), label);  // read, not answered: a page of them in bold would shout
    else
        q.pen.ui.title(q.key("question"), label);
    if (!hint.empty()) q.pen.ui.hint(q.key("hint"), ui::Text::verbatim(hint));
}

void choices(const Question& q, bool multiple) {
    const auto grid = q.pen.ui.choices();
    const bool answers = q.interview.offers_answers(q.node);
    std::size_t place = 0;
    for (const auto choice : q.interview.choices(q.node)) {
        // What a person said stays in the memory of the interview: such a choice is known by its place.
        const auto name = answers ? std::to_string(++place) : std::string(q.interview.choice_name(q.node, choice));
        const auto key = q.key("choice") + "." + name;
        const auto label = ui::Text::verbatim(q.interview.choice_label(q.node, choice, q.language));
        if (q.pen.ui.choice(key, label,
                            {.selected = q.interview.selected(q.node, choice),
                             .multiple = multiple,
                             .enabled = !q.pen.state.saving()}))
            q.pen.send(session::TapChoice{q.node, choice});
    }
}

/// The words leave in locked memory; when there is none left, the keystroke is not taken.
void write(const Question& q, std::string_view text) {
    auto copy = crypto::SecretBytes::make(q.pen.state.ready, text.size());
    if (!copy) return;
    std::memcpy(copy->writable().data(), text.data(), text.size());
    q.pen.send(session::TypeText{q.node, std::move(*copy)});
}

void acknowledge(const Question& q) {
    const auto text = q.pen.tr("question.acknowledge");
    const bool done = q.interview.state(q.node) == AnswerState::Answered;
    if (q.pen.ui.choice(q.key("choice") + ".OK", text,
                        {.selected = done, .multiple = true, .enabled = !q.pen.state.saving()}))
        write(q, done ? "" : "OK");
}

void field(const Question& q, Weight weight, bool numeric) {
    const auto label = ui::Text::verbatim(q.interview.label(q.node, q.language));
    const auto field = q.pen.ui.text_field(q.key("field"), label, q.interview.value(q.node),
                                           {.numeric = numeric,
                                            .multiline = q.interview.has_appearance(q.node, "multiline"),
                                            .autofocus = weight == Weight::alone});
    if (field.changed) write(q, field.value);
    if (field.submitted && weight == Weight::alone) q.pen.send(session::Next{});
}

void chip(const Question& q, std::string_view what, AnswerState state) {
    const auto text = q.pen.tr("question." + std::string(what));
    if (q.pen.ui.chip(q.key(what), text, q.interview.state(q.node) == state, !q.pen.state.saving()))
        q.pen.send(session::SayState{q.node, state});
}

/// Every question may be left without an answer, in three ways that mean different things.
void ways_out(const Question& q) {
    const auto line = q.pen.ui.wrap();
    chip(q, "refuse", AnswerState::Refused);
    chip(q, "unknown", AnswerState::Unknown);
    chip(q, "skip", AnswerState::Skipped);
}

}  // namespace

bool draw_answer(const Pen& pen, const engine::Interview& interview, engine::NodeId node, Weight weight) {
    const Question q{pen, interview, node, pen.form_language(), std::string(interview.address(node))};
    const auto kind = interview.kind(node);
    words(q, weight);
    switch (kind) {
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Rank:
            choices(q, kind != Kind::SelectOne);
            break;
        case Kind::Acknowledge:
            acknowledge(q);
            break;
        case Kind::Text:
            field(q, weight, false);
            break;
        case Kind::Integer:
        case Kind::Decimal:
        case Kind::Date:
        case Kind::Time:
        case Kind::DateTime:
            field(q, weight, true);
            break;
        case Kind::Group:
        case Kind::Repeat:
        case Kind::Note:
        case Kind::Calculate:
        case Kind::Hidden:
            return false;
    }
    ways_out(q);
    return kind == Kind::Text || kind == Kind::Integer || kind == Kind::Decimal || kind == Kind::Date ||
           kind == Kind::Time || kind == Kind::DateTime;
}

}  // namespace app::kiosk::screens
