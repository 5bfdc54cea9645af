// What this is, who can read it and its limits, before the first question; true in its mode.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

void points(const Pen& pen) {
    const bool alone = pen.state.mode == session::Mode::Private;
    const auto days = pen.state.setup ? pen.state.setup->bundle->policy.retention_days : 0;
    const auto panel = pen.ui.panel(14);
    pen.ui.icon_text("consent.purpose", ui::Icon::favorite_border, pen.tr("consent.purpose"));
    pen.ui.icon_text("consent.time", ui::Icon::assignment_turned_in, pen.tr("consent.time"));
    if (alone)
        pen.ui.icon_text("consent.hears", ui::Icon::person_outline, pen.tr("consent.private.hears"));
    else
        pen.ui.icon_text("consent.hears", ui::Icon::hearing, pen.tr("consent.assisted.hears"));
    pen.ui.icon_text("consent.stored", ui::Icon::archive, pen.tr("consent.stored", {{"count", days}}));
    pen.ui.icon_text("consent.readers", ui::Icon::groups, pen.tr("consent.readers"));
    pen.ui.icon_text("consent.stop", ui::Icon::exit_to_app, pen.tr("consent.stop"));
    pen.ui.icon_text("consent.exit", ui::Icon::schedule, pen.tr("consent.exit"));
    pen.ui.icon_text("consent.not_a_report", ui::Icon::info_outline, pen.tr("consent.not_a_report"));
    pen.ui.icon_text("consent.limits", ui::Icon::error_outline, pen.tr("consent.limits"), {.tone = ui::Tone::amber});
}

}  // namespace

void draw_consent(const Pen& pen, const session::AskingConsent& s) {
    begin(pen, "consent", {.left = Left::nothing, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("consent.title", pen.tr("consent.title"));
        points(pen);
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("consent.no", pen.tr("consent.no"), {.grow = true, .enabled = !s.preparing}))
        pen.send(session::SayConsent{false});
    if (pen.ui.button("consent.yes", pen.tr("consent.yes"),
                      {.style = ui::ButtonStyle::primary, .grow = true, .enabled = !s.preparing}))
        pen.send(session::SayConsent{true});
}

void draw_declined(const Pen& pen, const session::DeclinedKindly&) {
    begin(pen, "declined", {.left = Left::nothing}, {.centered = true});
    say(pen, "declined",
        {ui::Icon::favorite_border, ui::Tone::primary, pen.tr("declined.title"), pen.tr("declined.body")});
    const auto footer = pen.ui.footer();
    const bool lock = pen.state.mode == session::Mode::Private;
    if (lock ? primary(pen, "declined.next", "sealed.lock", ui::Icon::lock_outline)
             : primary(pen, "declined.next", "sealed.home", ui::Icon::home))
        pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
