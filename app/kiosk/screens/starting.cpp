// Before anyone is in: the device's own key opens what is stored here; and why it cannot go on.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

Saying saying(const Pen& pen, session::DeviceError error) {
    if (error == session::DeviceError::WrongKey)
        return {ui::Icon::vpn_key, ui::Tone::amber, pen.tr("unlock.wrong_key"), pen.tr("unlock.wrong_key_body")};
    if (error == session::DeviceError::OtherKeys)
        return {ui::Icon::vpn_key, ui::Tone::amber, pen.tr("unlock.wrong_key"), pen.tr("unlock.other_keys")};
    return {ui::Icon::error_outline, ui::Tone::amber, pen.tr("error.title"), pen.tr(session::catalogue_key(error))};
}

/// The words of the programme that this device belongs to are what the coordinator on the telephone asks for.
void other_programme(const Pen& pen) {
    const auto middle = pen.ui.middle();
    const auto narrow = pen.ui.narrow(440);
    pen.ui.badge("problem.badge", ui::Icon::error_outline, ui::Tone::amber);
    pen.ui.heading("problem.title", pen.tr("programme.other"));
    pen.ui.hint("problem.body", pen.tr(session::catalogue_key(session::DeviceError::OtherProgramme)));
    pen.ui.small("problem.words", pen.tr("programme.pinned"));
    if (pen.state.programme) pen.ui.title("problem.words.value", ui::Text::verbatim(*pen.state.programme));
}

}  // namespace

void draw_starting(const Pen& pen, const session::Starting&) {
    begin(pen, "starting", {}, {.centered = true});
    say(pen, "starting", {ui::Icon::lock_open, ui::Tone::primary, pen.tr("unlock.title"), pen.tr("unlock.body")});
}

void draw_problem(const Pen& pen, const session::Problem& s) {
    begin(pen, "problem", {}, {.centered = true});
    if (s.error == session::DeviceError::OtherProgramme)
        other_programme(pen);
    else
        say(pen, "problem", saying(pen, s.error));
    if (!s.can_retry) return;
    const auto footer = pen.ui.footer();
    if (session::wrong_key(s.error) && pen.ui.button("problem.words", pen.tr("unlock.use_words")))
        pen.send(session::UseWords{});
    if (primary(pen, "problem.retry", "button.retry", ui::Icon::refresh)) pen.send(session::Retry{});
}

}  // namespace app::kiosk::screens
