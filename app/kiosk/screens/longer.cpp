// After first contact: whether the person wants to go on with the longer form. No is fine, and nothing changes.
#include "app/kiosk/screens/all.hpp"
#include "app/session/visit/visit.hpp"

namespace app::kiosk::screens {
namespace {

std::string_view time_key(const session::LongerForm& longer) {
    if (!longer.child) return "longer.time.adult";
    return longer.trained ? "longer.time.child" : "longer.time.safety";
}

void points(const Pen& pen) {
    const auto longer = session::longer_form(*pen.state.screening, *pen.state.setup->bundle);
    const auto panel = pen.ui.panel(14);
    pen.ui.icon_text("longer.what", ui::Icon::favorite_border, pen.tr("longer.what"));
    if (longer) pen.ui.icon_text("longer.time", ui::Icon::schedule, pen.tr(time_key(*longer)));
    pen.ui.icon_text("longer.known", ui::Icon::done_all, pen.tr("longer.known"));
    pen.ui.icon_text("longer.free", ui::Icon::check_circle_outline, pen.tr("longer.free"));
    pen.ui.icon_text("longer.stop", ui::Icon::exit_to_app, pen.tr("longer.stop"));
}

}  // namespace

void draw_longer(const Pen& pen, const session::AskingLonger&) {
    const bool open = !pen.state.going_on();
    begin(pen, "longer", {.left = Left::nothing, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("longer.title", pen.tr("longer.title"));
        points(pen);
        if (pen.state.seal_error)
            pen.ui.icon_text("longer.error", ui::Icon::error_outline,
                             pen.tr(session::catalogue_key(*pen.state.seal_error)), {.tone = ui::Tone::danger});
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("longer.no", pen.tr("longer.no"), {.grow = true, .enabled = open}))
        pen.send(session::SayLonger{false});
    if (pen.ui.button("longer.yes", pen.tr("longer.yes"),
                      {.style = ui::ButtonStyle::primary, .grow = true, .enabled = open}))
        pen.send(session::SayLonger{true});
}

}  // namespace app::kiosk::screens
