// The neutral screen: a clock, and nothing that says what else this is. And the question before it comes by itself.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_clock(const Pen& pen, const session::Clock&) {
    pen.ui.screen("clock", {.always_dark = true, .centered = true});
    const auto& now = pen.state.now;
    if (pen.ui.clock("clock", pen.context.texts.clock(now.local), pen.context.texts.long_date(now.local_day)))
        pen.send(session::TouchClock{});
}

void draw_idle(const Pen& pen, const session::IdleWarning&) {
    begin(pen, "idle", {.left = Left::nothing}, {.centered = true});
    say(pen, "idle", {ui::Icon::schedule, ui::Tone::primary, pen.tr("idle.title"), pen.tr("idle.body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "idle.stay", "idle.stay")) pen.send(session::StayHere{});
}

}  // namespace app::kiosk::screens
