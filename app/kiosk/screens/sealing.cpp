// The end of a screening: being sealed, sealed, kept, erased.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

void code_to_keep(const Pen& pen, const std::string& code) {
    const auto middle = pen.ui.middle();
    const auto narrow = pen.ui.narrow();
    pen.ui.badge("sealed.badge", ui::Icon::lock, ui::Tone::good);
    pen.ui.heading("sealed.title", pen.tr("sealed.title"));
    pen.ui.hint("sealed.body", pen.tr("sealed.body"));
    {
        const auto panel = pen.ui.panel(4);
        pen.ui.small("sealed.code_label", pen.tr("sealed.code"));
        pen.ui.code("sealed.code", ui::Text::verbatim(code));
    }
}

}  // namespace

void draw_sealing(const Pen& pen, const session::Sealing&) {
    begin(pen, "sealing", {.left = Left::nothing}, {.centered = true});
    say(pen, "sealing", {ui::Icon::lock_outline, ui::Tone::primary, pen.tr("sealing.title"), pen.tr("sealing.body")});
}

void draw_sealed(const Pen& pen, const session::SealedScreen& s) {
    begin(pen, "sealed", {.left = Left::nothing}, {.centered = true});
    code_to_keep(pen, s.case_code);
    const auto footer = pen.ui.footer();
    if (pen.ui.button("sealed.home", pen.tr("sealed.home"), {.before = ui::Icon::home})) pen.send(session::GoHome{});
    if (primary(pen, "sealed.lock", "sealed.lock", ui::Icon::lock_outline)) pen.send(session::HandBack{});
}

}  // namespace app::kiosk::screens
