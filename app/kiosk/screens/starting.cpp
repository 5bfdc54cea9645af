// Before anyone is in: the device's own key opens what is stored here; and why it cannot go on.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

Saying saying(const Pen& pen, session::Trouble trouble) {
    if (trouble == session::Trouble::WrongKey)
        return {ui::Icon::vpn_key, ui::Tone::amber, pen.tr("unlock.wrong_key"), pen.tr("unlock.wrong_key_body")};
    return {ui::Icon::error_outline, ui::Tone::amber, pen.tr("error.title"), pen.tr(session::catalogue_key(trouble))};
}

}  // namespace

void draw_starting(const Pen& pen, const session::Starting&) {
    begin(pen, "starting", {}, {.centered = true});
    say(pen, "starting", {ui::Icon::lock_open, ui::Tone::primary, pen.tr("unlock.title"), pen.tr("unlock.body")});
}

void draw_problem(const Pen& pen, const session::Problem& s) {
    begin(pen, "problem", {}, {.centered = true});
    say(pen, "problem", saying(pen, s.trouble));
    if (!s.can_retry) return;
    const auto footer = pen.ui.footer();
    if (s.trouble == session::Trouble::WrongKey && pen.ui.button("problem.words", pen.tr("unlock.use_words")))
        pen.send(session::UseWords{});
    if (primary(pen, "problem.retry", "button.retry", ui::Icon::refresh)) pen.send(session::Retry{});
}

}  // namespace app::kiosk::screens
