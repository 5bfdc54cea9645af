// The interview: one page of the form, with the way forward always in the same place.
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/answer.hpp"
#include "app/kiosk/screens/more.hpp"

namespace app::kiosk::screens {
namespace {

/// The form's own words when it has them, else ours.
void refusal(const Pen& pen, engine::RefusalKind refused, std::string_view message) {
    const auto say = [&](ui::Text text) {
        pen.ui.icon_text("question.refused", ui::Icon::error_outline, text, {.tone = ui::Tone::danger, .strong = true});
    };
    if (!message.empty()) return say(ui::Text::verbatim(message));
    switch (refused) {
        case engine::RefusalKind::Required:
            return say(pen.tr("question.choose_or_skip"));
        case engine::RefusalKind::TooLong:
            return say(pen.tr("question.refused.too_long"));
        case engine::RefusalKind::Constraint:
        case engine::RefusalKind::NotANumber:
        case engine::RefusalKind::NotADate:
        case engine::RefusalKind::NotAChoice:
        case engine::RefusalKind::UnsafeText:
        case engine::RefusalKind::ReadOnly:
        case engine::RefusalKind::NotRelevant:
        case engine::RefusalKind::NoValue:
        case engine::RefusalKind::Budget:
        case engine::RefusalKind::TooMany:
        case engine::RefusalKind::Memory:
            return say(pen.tr("question.refused.not_a_value"));
    }
}

/// Worker guidance of the page's questions, folded away; beside a worker the person may read it too. Whoever answers
/// alone, or takes the device from them, reads one sentence: what to look for and what to do is not for them.
void why(const Pen& pen, const engine::Interview& interview, const engine::Page& page) {
    bool any = false;
    for (const auto node : page.nodes) any = any || !interview.guidance(node, pen.form_language()).empty();
    if (!any) return;
    pen.ui.push();
    const auto fold = pen.ui.fold("question.why", ui::Icon::info_outline,
                                  pen.tr(pen.observing() ? "question.why_seen" : "question.why"));
    if (!fold) return;
    if (pen.state.screening->mode == session::Mode::Private)
        return pen.ui.small("why.everyone", pen.tr("question.why_everyone"));
    for (const auto node : page.nodes) {
        const auto text = interview.guidance(node, pen.form_language());
        if (!text.empty()) pen.ui.small("why." + std::string(interview.address(node)), ui::Text::verbatim(text));
    }
}

float fraction(const engine::Progress& progress) {
    if (progress.pages == 0) return 0;
    return static_cast<float>(progress.page) / static_cast<float>(progress.pages + 1);
}

}  // namespace

void draw_question(const Pen& pen, const session::Question& s) {
    const auto& interview = pen.state.screening->interview();
    const auto page = interview.page();
    if (page.asks_for_more && !page.nodes.empty())
        return draw_more(pen, s, page.nodes.front(), fraction(interview.progress()));
    const bool several = page.nodes.size() > 1;
    const std::string name = page.nodes.empty() ? "end" : std::string(interview.address(page.nodes.front()));
    begin(pen, "question." + name,
          {.left = Left::nothing, .cross = Cross::leave, .progress = fraction(interview.progress())});
    bool typed = false;
    {
        const auto middle = pen.ui.middle();
        if (pen.state.doing() == session::Purpose::Observation)
            pen.ui.icon_text("question.observing", ui::Icon::visibility_off, pen.tr("question.observing"),
                             {.tone = ui::Tone::amber});
        if (several && page.in_group) {
            const auto heading = interview.label(page.group, pen.form_language());
            if (!heading.empty()) pen.ui.heading("question.group", ui::Text::verbatim(heading));
        }
        for (const auto node : page.nodes) {
            typed = draw_answer(pen, interview, node, several ? Weight::among_others : Weight::alone) || typed;
            if (s.refused && s.refused_at == node) refusal(pen, *s.refused, s.refused_message);
            if (several && !(node == page.nodes.back())) pen.ui.divider();
        }
        if (pen.state.seal_error)
            pen.ui.icon_text("question.error", ui::Icon::error_outline,
                             pen.tr(session::catalogue_key(*pen.state.seal_error)), {.tone = ui::Tone::danger});
        why(pen, interview, page);
    }
    {
        const auto footer = pen.ui.footer();
        ways_on(pen);
    }
    if (typed) {
        const auto space = pen.tr("keyboard.space");
        const auto done = pen.tr("keyboard.done");
        pen.ui.keyboard("keyboard", {space, done});
    }
}

}  // namespace app::kiosk::screens
