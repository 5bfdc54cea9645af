// For the worker: three readings kept apart, why, and what to do now. Never a verdict, never a probability.
#include <algorithm>
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/readings.hpp"
#include "app/kiosk/screens/referrals.hpp"
#include "app/record/words.hpp"
#include "app/session/visit/visit.hpp"

namespace app::kiosk::screens {
namespace {

using engine::Level;

/// The row of a form of this visit that says this level; nothing when only a worker raised it so far.
struct Words {
    const engine::LevelRule* rule = nullptr;
    engine::LanguageId language{};
};

Words words_of(const Pen& pen, const session::Screening& visit, engine::ReadingKind kind, Level level) {
    for (const auto* one = &visit; one != nullptr; one = one->before.get())
        for (const auto& reading : one->interview().readings())
            if (reading.reading == kind && reading.level == level && reading.rule != nullptr)
                return {reading.rule, one->language_id(pen.language())};
    return {};
}

/// One reading with its level, under it what the form says to it, and why a worker raised it.
void level_line(const Pen& pen, const session::Screening& screening, const engine::Reading& reading) {
    const auto level = session::standing_level(screening, reading.reading);
    const auto key = "result." + std::string(engine::to_word(reading.reading));
    const auto name = pen.tr(reading_key(reading.reading));
    const auto said = words_of(pen, screening, reading.reading, level);
    const bool none = level == Level::NoneReported;
    const auto word = pen.tr(level_key(level, pen.observing()));
    {
        // Side by side where both fit on a line, else the level below its reading.
        const bool wide = pen.ui.width_in_ems() >= 22;
        const auto line = wide ? pen.ui.row() : pen.ui.column(4);
        pen.ui.strong(key, name);
        if (wide) pen.ui.push();
        // "Nothing" has one word and its own sentence; what was said has the form's words under it.
        if (none && said.rule != nullptr)
            pen.ui.tag(key + ".level", level_tone(reading.reading, level),
                       ui::Text::verbatim(said.rule->label.in(said.language)));
        else
            pen.ui.tag(key + ".level", level_tone(reading.reading, level), word);
    }
    if (said.rule != nullptr) {
        if (!none) pen.ui.small(key + ".label", ui::Text::verbatim(said.rule->label.in(said.language)));
        pen.ui.small(key + ".explanation", ui::Text::verbatim(said.rule->explanation.in(said.language)));
    }
    if (!screening.raised || screening.raised->reading != reading.reading) return;
    const auto reason = pen.tr("raise.reason." + std::string(record::to_word(screening.raised->reason)));
    pen.ui.small("result.raised", pen.tr("result.raised", {{"reason", reason}}));
}

void levels(const Pen& pen, const session::Screening& screening) {
    const auto panel = pen.ui.panel(10);
    bool any_none = false;
    for (const auto& reading : screening.interview().readings()) {
        // A form without words for it still may not leave "nothing" standing alone.
        any_none = any_none || (reading.rule == nullptr &&
                                session::standing_level(screening, reading.reading) == Level::NoneReported);
        level_line(pen, screening, reading);
    }
    if (any_none)
        pen.ui.small("result.none_caveat", pen.tr(pen.observing() ? "result.none_seen_caveat" : "result.none_caveat"));
}

/// The number a question has on the review: its place among those that were asked.
std::int64_t place_of(const engine::Interview& interview, std::string_view name) {
    std::int64_t place = 0;
    for (const auto& answer : interview.answers()) {
        if (answer.computed || !interview.relevant(answer.node)) continue;
        ++place;
        if (answer.name == name) return place;
    }
    return 0;
}

/// Which questions; where only what was taken over says so, that it was said in the first ones; else empty.
locales::Text questions(const Pen& pen, const engine::Interview& interview, const engine::Names& names) {
    std::vector<locales::Text> numbers;
    for (const auto name : names)
        if (const auto place = place_of(interview, name); place > 0) numbers.push_back(pen.context.texts.number(place));
    if (numbers.empty())
        return names.empty() || !pen.state.screening->before ? locales::Text{} : pen.tr("result.from_first");
    std::vector<std::string_view> views;
    for (const auto& number : numbers) views.push_back(number.view());
    const auto list = pen.context.texts.list(views);
    return pen.tr("result.question", {{"count", numbers.size()}, {"list", list}});
}

std::uint32_t unanswered(const engine::Interview& interview) {
    std::uint32_t open = 0;
    for (const auto& answer : interview.answers())
        if (!answer.computed && interview.relevant(answer.node) && answer.state != engine::AnswerState::Answered)
            ++open;
    return open;
}

void reason(const Pen& pen, const session::Screening& screening, const engine::Fired& fired) {
    const auto where = questions(pen, screening.interview(), fired.because);
    pen.ui.icon_text("result.because." + fired.indicator->id, ui::Icon::error_outline,
                     ui::Text::verbatim(fired.indicator->label.in(screening.language_id(pen.language()))),
                     {.tone = ui::Tone::amber, .second = where});
}

/// What the form before it said and this one does not say again.
bool earlier_reasons(const Pen& pen, const session::Screening& before, const std::pmr::vector<engine::Fired>& known) {
    bool any = false;
    for (const auto& fired : before.interview().indicators()) {
        const auto same = [&](const engine::Fired& one) { return one.indicator->id == fired.indicator->id; };
        if (std::any_of(known.begin(), known.end(), same)) continue;
        if (!std::exchange(any, true)) pen.ui.small("result.from_first", pen.tr("result.from_first"));
        reason(pen, before, fired);
    }
    return any;
}

void reasons(const Pen& pen, const session::Screening& screening) {
    const auto panel = pen.ui.panel(10);
    pen.ui.strong("result.why", pen.tr("result.why"));
    const auto all = screening.interview().indicators();
    std::string_view dimension;
    for (const auto& fired : all) {
        const auto word = "dimension." + fired.indicator->dimension;
        // A programme's own dimension without a word is shown by its reasons alone.
        if (fired.indicator->dimension != dimension && pen.context.texts.has(word))
            pen.ui.small("result." + word, pen.tr(word));
        dimension = fired.indicator->dimension;
        reason(pen, screening, fired);
    }
    const bool earlier =
        screening.before && !session::speaks_for_both(screening) && earlier_reasons(pen, *screening.before, all);
    if (all.empty() && !earlier) pen.ui.hint("result.none_because", pen.tr("result.none_because"));
    const auto open = unanswered(screening.interview());
    if (open > 0) pen.ui.small("result.skipped", pen.tr("result.skipped", {{"count", open}}));
}

ui::Icon number_icon(std::size_t index) {
    static constexpr std::array icons{ui::Icon::looks_one, ui::Icon::looks_two, ui::Icon::looks_3,
                                      ui::Icon::looks_4,   ui::Icon::looks_5,   ui::Icon::looks_6};
    return index < icons.size() ? icons[index] : ui::Icon::arrow_forward;
}

/// The language of the interface as the form that gives this step knows it.
engine::LanguageId language_of(const Pen& pen, const engine::Action& action) {
    const auto* screening = &*pen.state.screening;
    while (screening->before) {
        const auto own = screening->interview().form().actions();
        if (!own.empty() && &action >= &own.front() && &action <= &own.back()) break;
        screening = screening->before.get();
    }
    return screening->language_id(pen.language());
}

/// The first step stands large; the others follow after the reasons.
void first_step(const Pen& pen, const std::pmr::vector<engine::Advice>& advice) {
    if (advice.empty()) return;
    const auto& action = *advice.front().action;
    const auto language = language_of(pen, action);
    pen.ui.small("result.title", pen.tr("result.title"));
    pen.ui.heading("result.step", ui::Text::verbatim(action.label.in(language)));
    const auto detail = action.detail.in(language);
    if (!detail.empty()) pen.ui.hint("result.step.detail", ui::Text::verbatim(detail));
}

void other_steps(const Pen& pen, const std::pmr::vector<engine::Advice>& advice) {
    if (advice.size() < 2) return;
    const auto panel = pen.ui.panel(ui::dp::gap);
    pen.ui.strong("result.steps", pen.tr("result.steps"));
    for (std::size_t i = 1; i < advice.size(); ++i) {
        const auto& action = *advice[i].action;
        const auto language = language_of(pen, action);
        pen.ui.icon_text("result.step." + action.id, number_icon(i - 1), ui::Text::verbatim(action.label.in(language)),
                         {.second = ui::Text::verbatim(action.detail.in(language))});
    }
}

bool can_raise(const session::Screening& screening) {
    for (const auto& reading : screening.interview().readings())
        if (session::said_level(screening, reading.reading) < Level::Strong) return true;
    return false;
}

}  // namespace

void draw_result(const Pen& pen, const session::ForWorker&) {
    const auto& screening = *pen.state.screening;
    begin(pen, "result", {.left = Left::only_you, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        const auto advice = session::steps(screening);
        levels(pen, screening);
        first_step(pen, advice);
        // An officer gets levels and steps: no sign, no answer.
        if (session::role_of(screening.worker.role) != engine::Role::Border) reasons(pen, screening);
        other_steps(pen, advice);
        if (screening.purpose == session::Purpose::Observation) {
            pen.ui.title("result.phones", pen.tr("result.phones"));
            referrals(pen);
        }
        pen.ui.small("result.caveat", pen.tr("result.caveat"));
        if (pen.state.seal_error)
            pen.ui.icon_text("result.error", ui::Icon::error_outline,
                             pen.tr(session::catalogue_key(*pen.state.seal_error)), {.tone = ui::Tone::danger});
    }
    const auto footer = pen.ui.footer();
    if (can_raise(screening) && pen.ui.button("result.raise", pen.tr("result.raise"))) pen.send(session::OpenRaise{});
    if (primary(pen, "result.seal", "result.seal", ui::Icon::lock)) pen.send(session::SealNow{});
}

}  // namespace app::kiosk::screens
