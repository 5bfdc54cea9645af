// Leaving on purpose asks once, large: keep or erase.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_leave(const Pen& pen, const session::Leaving&) {
    begin(pen, "leave", {.left = Left::nothing});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("leave.title", pen.tr("leave.title"));
        pen.ui.hint("leave.body", pen.tr("leave.body"));
        if (pen.ui.card("leave.keep", ui::CardStyle::plain, ui::Icon::lock_outline, pen.tr("leave.keep"),
                        pen.tr("leave.keep_body")))
            pen.send(session::KeepWhatWasSaid{});
        if (pen.ui.card("leave.erase", ui::CardStyle::plain, ui::Icon::delete_outline, pen.tr("leave.erase"),
                        pen.tr("leave.erase_body"), ui::Tone::danger))
            pen.send(session::EraseWhatWasSaid{});
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "leave.stay", "leave.stay")) pen.send(session::StayHere{});
}

void draw_told(const Pen& pen, const session::Told& s) {
    begin(pen, s.erased ? "erased" : "kept", {.left = Left::nothing}, {.centered = true});
    if (s.erased)
        say(pen, "told", {ui::Icon::delete_outline, ui::Tone::primary, pen.tr("erased.title"), pen.tr("erased.body")});
    else
        say(pen, "told", {ui::Icon::lock, ui::Tone::good, pen.tr("kept.title"), pen.tr("kept.body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "told.next", "sealed.lock", ui::Icon::lock_outline)) pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
