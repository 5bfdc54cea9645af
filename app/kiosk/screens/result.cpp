// For the worker: three readings kept apart, why, and what to do now. Never a verdict, never a probability.
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/readings.hpp"

namespace app::kiosk::screens {
namespace {

using engine::Level;

/// One reading with its level, and under it why a worker raised it.
void level_line(const Pen& pen, const session::Screening& screening, const engine::Reading& reading) {
    const auto level = standing(screening, reading);
    const auto key = "result." + std::string(engine::name_of(reading.reading));
    const auto name = pen.tr(reading_key(reading.reading));
    const auto word = pen.tr(level_key(level));
    {
        // Side by side where both fit on a line, else the level below its reading.
        const bool wide = pen.ui.width_in_ems() >= 22;
        const auto line = wide ? pen.ui.row() : pen.ui.column(4);
        pen.ui.strong(key, name);
        if (wide) pen.ui.push();
        pen.ui.tag(key + ".level", level_tone(reading.reading, level), word);
    }
    if (!screening.raised || screening.raised->reading != reading.reading) return;
    const auto reason = pen.tr("raise.reason." + std::string(session::name_of(screening.raised->reason)));
    pen.ui.small("result.raised", pen.tr("result.raised", {{"reason", reason}}));
}

void levels(const Pen& pen, const session::Screening& screening) {
    const auto panel = pen.ui.panel(10);
    bool any_none = false;
    for (const auto& reading : screening.interview().readings()) {
        any_none = any_none || standing(screening, reading) == Level::NoneReported;
        level_line(pen, screening, reading);
    }
    if (any_none) pen.ui.small("result.none_caveat", pen.tr("result.none_caveat"));
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

locales::Text questions(const Pen& pen, const engine::Interview& interview, const engine::Names& names) {
    std::vector<locales::Text> numbers;
    for (const auto name : names)
        if (const auto place = place_of(interview, name); place > 0) numbers.push_back(pen.context.texts.number(place));
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

void reasons(const Pen& pen, const engine::Interview& interview) {
    const auto panel = pen.ui.panel(10);
    pen.ui.strong("result.why", pen.tr("result.why"));
    const auto fired = interview.indicators();
    if (fired.empty()) pen.ui.hint("result.none_because", pen.tr("result.none_because"));
    std::string_view dimension;
    for (const auto& f : fired) {
        const auto word = "dimension." + f.indicator->dimension;
        // A programme's own dimension without a word is shown by its reasons alone.
        if (f.indicator->dimension != dimension && pen.context.texts.has(word))
            pen.ui.small("result." + word, pen.tr(word));
        dimension = f.indicator->dimension;
        const auto where = questions(pen, interview, f.because);
        pen.ui.icon_text("result.because." + f.indicator->id, ui::Icon::error_outline,
                         ui::Text::verbatim(f.indicator->label.in(pen.form_language())),
                         {.tone = ui::Tone::amber, .second = where});
    }
    const auto open = unanswered(interview);
    if (open > 0) pen.ui.small("result.skipped", pen.tr("result.skipped", {{"count", open}}));
}

ui::Icon number_icon(std::size_t index) {
    static constexpr std::array icons{ui::Icon::looks_one, ui::Icon::looks_two, ui::Icon::looks_3,
                                      ui::Icon::looks_4,   ui::Icon::looks_5,   ui::Icon::looks_6};
    return index < icons.size() ? icons[index] : ui::Icon::arrow_forward;
}

/// The first step stands large; the others follow after the reasons.
void first_step(const Pen& pen, const std::pmr::vector<engine::Advice>& advice) {
    if (advice.empty()) return;
    pen.ui.small("result.title", pen.tr("result.title"));
    pen.ui.heading("result.step", ui::Text::verbatim(advice.front().action->label.in(pen.form_language())));
    const auto detail = advice.front().action->detail.in(pen.form_language());
    if (!detail.empty()) pen.ui.hint("result.step.detail", ui::Text::verbatim(detail));
}

void other_steps(const Pen& pen, const std::pmr::vector<engine::Advice>& advice) {
    if (advice.size() < 2) return;
    const auto panel = pen.ui.panel(ui::dp::gap);
    pen.ui.strong("result.steps", pen.tr("result.steps"));
    for (std::size_t i = 1; i < advice.size(); ++i)
        pen.ui.icon_text("result.step." + advice[i].action->id, number_icon(i - 1),
                         ui::Text::verbatim(advice[i].action->label.in(pen.form_language())),
                         {.second = ui::Text::verbatim(advice[i].action->detail.in(pen.form_language()))});
}

engine::Role role(const session::State& state) noexcept {
    return state.worker && state.worker->role == store::Role::Border ? engine::Role::Border : engine::Role::Shelter;
}

bool can_raise(const engine::Interview& interview) {
    for (const auto& reading : interview.readings())
        if (reading.level < Level::Strong) return true;
    return false;
}

}  // namespace

void draw_result(const Pen& pen, const session::ForWorker&) {
    const auto& screening = *pen.state.screening;
    begin(pen, "result", {.left = Left::only_you, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        const auto advice = screening.interview().actions(role(pen.state));
        levels(pen, screening);
        first_step(pen, advice);
        reasons(pen, screening.interview());
        other_steps(pen, advice);
        pen.ui.small("result.caveat", pen.tr("result.caveat"));
        if (pen.state.seal_trouble)
            pen.ui.icon_text("result.trouble", ui::Icon::error_outline,
                             pen.tr(session::catalogue_key(*pen.state.seal_trouble)), {.tone = ui::Tone::danger});
    }
    const auto footer = pen.ui.footer();
    if (can_raise(screening.interview()) && pen.ui.button("result.raise", pen.tr("result.raise")))
        pen.send(session::OpenRaise{});
    if (primary(pen, "result.seal", "result.seal", ui::Icon::lock)) pen.send(session::SealNow{});
}

}  // namespace app::kiosk::screens
