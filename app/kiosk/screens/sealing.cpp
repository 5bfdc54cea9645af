// The end of a screening: being sealed, sealed, kept, erased.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

void code_to_keep(const Pen& pen, const session::SealedScreen& s) {
    const bool flag = s.purpose == session::Purpose::Observation;
    const auto middle = pen.ui.middle();
    const auto narrow = pen.ui.narrow();
    pen.ui.badge("sealed.badge", ui::Icon::lock, ui::Tone::good);
    pen.ui.heading("sealed.title", pen.tr("sealed.title"));
    pen.ui.hint("sealed.body", pen.tr("sealed.body"));
    {
        const auto panel = pen.ui.panel(4);
        pen.ui.small("sealed.code_label", pen.tr(flag ? "sealed.code_flag" : "sealed.code"));
        pen.ui.code("sealed.code", ui::Text::verbatim(s.case_code));
    }
}

}  // namespace

void draw_sealing(const Pen& pen, const session::Sealing&) {
    begin(pen, "sealing", {.left = Left::nothing}, {.centered = true});
    say(pen, "sealing", {ui::Icon::lock_outline, ui::Tone::primary, pen.tr("sealing.title"), pen.tr("sealing.body")});
}

void draw_sealed(const Pen& pen, const session::SealedScreen& s) {
    begin(pen, "sealed", {.left = Left::nothing}, {.centered = true});
    if (s.purpose == session::Purpose::Training)
        say(pen, "sealed.practice",
            {ui::Icon::school, ui::Tone::good, pen.tr("sealed.practice_title"), pen.tr("sealed.practice_body")});
    else
        code_to_keep(pen, s);
    const auto footer = pen.ui.footer();
    if (pen.ui.button("sealed.home", pen.tr("sealed.home"), {.before = ui::Icon::home})) pen.send(session::GoHome{});
    const bool asked = s.purpose == session::Purpose::Screening;  // else there is nobody to hand the device to
    if (primary(pen, "sealed.lock", asked ? "sealed.lock" : "header.lock", ui::Icon::lock_outline))
        pen.send(session::HandBack{});
}

}  // namespace app::kiosk::screens
