// A device that is not there yet: what setting it up takes, and the test once it is enrolled.
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

struct Step {
    std::string_view key;
    ui::Icon icon;
};
constexpr std::array steps{Step{"set_up.step.words", ui::Icon::looks_one},
                           Step{"set_up.step.request", ui::Icon::looks_two},
                           Step{"set_up.step.compare", ui::Icon::looks_3}, Step{"set_up.step.back", ui::Icon::looks_4},
                           Step{"set_up.step.test", ui::Icon::looks_5}};

/// Everything that was sealed here has been written to some medium.
bool sent(const Pen& pen) {
    const auto counts = pen.state.counts();
    return counts.waiting == 0 && counts.batches > 0;
}

}  // namespace

void draw_not_set_up(const Pen& pen, const session::NotSetUp& s) {
    begin(pen, "set_up");
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("set_up.title", pen.tr("set_up.title"));
        if (s.failed)
            pen.ui.icon_text("set_up.failed", ui::Icon::error_outline, pen.tr(session::catalogue_key(*s.failed)),
                             {.tone = ui::Tone::danger, .strong = true});
        if (pen.state.programme) {
            const auto panel = pen.ui.panel(4);
            pen.ui.small("set_up.programme", pen.tr("set_up.programme"));
            pen.ui.title("set_up.programme.words", ui::Text::verbatim(*pen.state.programme));
            pen.ui.small("set_up.programme.check", pen.tr("set_up.programme_check"));
        }
        const auto lines = pen.ui.column(10);
        for (const auto& step : steps)
            pen.ui.icon_text(step.key, step.icon, pen.tr(step.key), {.tone = ui::Tone::primary});
    }
    const auto footer = pen.ui.footer();
    if (primary(pen, "set_up.begin", "set_up.begin")) pen.send(session::Next{});
}

void draw_test_record(const Pen& pen, const session::TestRecord& s) {
    begin(pen, sent(pen) ? "test_record.sent" : "test_record", {}, {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        if (sent(pen)) {
            pen.ui.badge("test_record.badge", ui::Icon::support_agent, ui::Tone::primary);
            pen.ui.heading("test_record.sent", pen.tr("test_record.sent"));
            pen.ui.hint("test_record.sent_body", pen.tr("test_record.sent_body"));
        } else {
            pen.ui.badge("test_record.badge", ui::Icon::check, ui::Tone::good);
            pen.ui.heading("test_record.title", pen.tr("test_record.title"));
            if (s.failed)
                pen.ui.icon_text("test_record.failed", ui::Icon::error_outline,
                                 pen.tr(session::catalogue_key(*s.failed)), {.tone = ui::Tone::danger, .strong = true});
            pen.ui.hint("test_record.body", pen.tr("test_record.body"));
            if (pen.state.waits()) pen.ui.body("test_record.sealing", pen.tr("test_record.sealing"));
        }
    }
    const auto footer = pen.ui.footer();
    if (sent(pen)) {
        if (s.sealed && pen.ui.button("test_record.again", pen.tr("test_record.again"))) pen.send(session::OpenSend{});
        if (primary(pen, "test_record.done", "test_record.done")) pen.send(session::Next{});
        return;
    }
    if (!pen.state.waits() && pen.ui.button("test_record.later", pen.tr("test_record.later")))
        pen.send(session::Next{});
    pen.ui.push();
    if (s.failed) {
        if (primary(pen, "test_record.retry", "button.retry", ui::Icon::refresh)) pen.send(session::Retry{});
    } else if (pen.ui.button("test_record.send", pen.tr("test_record.send"),
                             {.style = ui::ButtonStyle::primary, .after = ui::Icon::send, .enabled = s.sealed})) {
        pen.send(session::OpenSend{});
    }
}

}  // namespace app::kiosk::screens
