// What a quick flag or practice is, before it begins: nobody is asked anything.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

void flag(const Pen& pen) {
    pen.ui.heading("briefing.title", pen.tr("briefing.flag.title"));
    const auto panel = pen.ui.panel(14);
    pen.ui.icon_text("briefing.ask_nothing", ui::Icon::visibility_off, pen.tr("briefing.flag.ask_nothing"),
                     {.strong = true});
    pen.ui.icon_text("briefing.no_touch", ui::Icon::close, pen.tr("briefing.flag.no_touch"));
    pen.ui.icon_text("briefing.not_proof", ui::Icon::info_outline, pen.tr("briefing.flag.not_proof"));
    pen.ui.icon_text("briefing.sealed", ui::Icon::lock_outline, pen.tr("briefing.flag.sealed"));
}

void practice(const Pen& pen) {
    pen.ui.heading("briefing.title", pen.tr("briefing.practice.title"));
    const auto panel = pen.ui.panel(14);
    pen.ui.icon_text("briefing.unreal", ui::Icon::school, pen.tr("briefing.practice.unreal"), {.strong = true});
    pen.ui.icon_text("briefing.try", ui::Icon::edit, pen.tr("briefing.practice.try"));
    pen.ui.icon_text("briefing.not_counted", ui::Icon::info_outline, pen.tr("briefing.practice.not_counted"));
}

}  // namespace

void draw_briefing(const Pen& pen, const session::Briefing& s) {
    const bool practises = s.purpose == session::Purpose::Training;
    begin(pen, practises ? "briefing.practice" : "briefing.flag", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        if (practises)
            practice(pen);
        else
            flag(pen);
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "briefing.back")) pen.send(session::Back{});
    pen.ui.push();
    if (pen.ui.button(
            "briefing.start", pen.tr("briefing.start"),
            {.style = ui::ButtonStyle::primary, .after = ui::Icon::arrow_forward, .enabled = !pen.state.waits()}))
        pen.send(session::BeginBriefed{});
}

}  // namespace app::kiosk::screens
