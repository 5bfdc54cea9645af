// Leaving on purpose asks once, large: keep or erase.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

/// Else a worker wrote down what was seen, or practised.
bool somebody_was_asked(const Pen& pen) {
    return pen.state.doing().value_or(session::Purpose::Screening) == session::Purpose::Screening;
}

}  // namespace

void draw_leave(const Pen& pen, const session::Leaving&) {
    const bool asked = somebody_was_asked(pen);
    begin(pen, "leave", {.left = Left::nothing});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("leave.title", pen.tr(asked ? "leave.title" : "leave.noted.title"));
        pen.ui.hint("leave.body", pen.tr(asked ? "leave.body" : "leave.noted.body"));
        if (pen.ui.card("leave.keep", ui::CardStyle::plain, ui::Icon::lock_outline,
                        pen.tr(asked ? "leave.keep" : "leave.noted.keep"), pen.tr("leave.keep_body")))
            pen.send(session::KeepWhatWasSaid{});
        if (pen.ui.card("leave.erase", ui::CardStyle::plain, ui::Icon::delete_outline,
                        pen.tr(asked ? "leave.erase" : "leave.noted.erase"), pen.tr("leave.erase_body"),
                        ui::Tone::danger))
            pen.send(session::EraseWhatWasSaid{});
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "leave.stay", asked ? "leave.stay" : "leave.noted.stay")) pen.send(session::StayHere{});
}

void draw_told(const Pen& pen, const session::Told& s) {
    begin(pen, s.erased ? "erased" : "kept", {.left = Left::nothing}, {.centered = true});
    const bool asked = somebody_was_asked(pen);
    if (s.erased)
        say(pen, "told",
            {ui::Icon::delete_outline, ui::Tone::primary, pen.tr("erased.title"),
             pen.tr(asked ? "erased.body" : "erased.noted")});
    else
        say(pen, "told",
            {ui::Icon::lock, ui::Tone::good, pen.tr("kept.title"), pen.tr(asked ? "kept.body" : "kept.noted")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "told.next", asked ? "sealed.lock" : "header.lock", ui::Icon::lock_outline))
        pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
