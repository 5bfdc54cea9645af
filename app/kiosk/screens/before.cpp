// The worker's two questions before a screening: is it safe here, and who holds the device.
#include "app/kiosk/screens/all.hpp"
#include "app/model/people.hpp"

namespace app::kiosk::screens {

void draw_privacy(const Pen& pen, const session::Privacy&) {
    begin(pen, "privacy", {.left = Left::only_you, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("privacy.title", pen.tr("privacy.title"));
        const auto panel = pen.ui.panel(ui::dp::gap_wide);
        pen.ui.icon_text("privacy.alone", ui::Icon::visibility_off, pen.tr("privacy.alone"));
        pen.ui.icon_text("privacy.companion", ui::Icon::group, pen.tr("privacy.companion"));
        pen.ui.icon_text("privacy.calm", ui::Icon::favorite_border, pen.tr("privacy.calm"));
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("privacy.no", pen.tr("privacy.no"), {.grow = true})) pen.send(session::SayPrivacy{false});
    if (pen.ui.button("privacy.yes", pen.tr("privacy.yes"), {.style = ui::ButtonStyle::primary, .grow = true}))
        pen.send(session::SayPrivacy{true});
}

void draw_not_now(const Pen& pen, const session::NotNow&) {
    begin(pen, "not_now", {.left = Left::nothing}, {.centered = true});
    say(pen, "not_now",
        {ui::Icon::favorite_border, ui::Tone::primary, pen.tr("not_now.title"), pen.tr("not_now.body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "not_now.home", "sealed.home", ui::Icon::home)) pen.send(session::Next{});
}

void draw_mode(const Pen& pen, const session::ChoosingMode&) {
    const bool border = pen.state.worker && pen.state.worker->role == model::Role::Border;
    begin(pen, "mode", {.left = Left::nothing, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("mode.title", pen.tr("mode.title"));
        if (!border && pen.ui.card("mode.assisted", ui::CardStyle::plain, ui::Icon::people, pen.tr("mode.assisted"),
                                   pen.tr("mode.assisted_body")))
            pen.send(session::ChooseMode{session::Mode::Assisted});
        if (pen.ui.card("mode.private", ui::CardStyle::plain, ui::Icon::person_outline, pen.tr("mode.private"),
                        pen.tr("mode.private_body")))
            pen.send(session::ChooseMode{session::Mode::Private});
        if (border) pen.ui.icon_text("mode.border_note", ui::Icon::info_outline, pen.tr("mode.border_note"));
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "mode.back")) pen.send(session::Back{});
}

}  // namespace app::kiosk::screens
