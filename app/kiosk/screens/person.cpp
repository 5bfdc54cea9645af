// What everyone is shown at the end, whatever they answered: what happens next, a code to keep, whom to call.
#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/referrals.hpp"

namespace app::kiosk::screens {
namespace {

/// Whoever practises is told what stands here for a person, and not the numbers or a code that would be theirs.
void draw_practice(const Pen& pen) {
    begin(pen, "person", {.left = Left::nothing, .cross = Cross::leave}, {.centered = true});
    say(pen, "person.practice",
        {ui::Icon::school, ui::Tone::primary, pen.tr("person.practice_title"), pen.tr("person.practice_body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "person.done", "button.continue")) pen.send(session::PersonDone{});
}

}  // namespace

void draw_person(const Pen& pen, const session::ForPerson&) {
    if (pen.state.doing() == session::Purpose::Training) return draw_practice(pen);
    begin(pen, "person", {.left = Left::nothing, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("person.title", pen.tr("person.title"));
        pen.ui.hint("person.next", pen.tr("person.next"));
        {
            const auto panel = pen.ui.panel(4);
            pen.ui.small("person.code_label", pen.tr("person.code"));
            if (pen.state.screening)
                pen.ui.code("person.code", ui::Text::verbatim(pen.state.screening->origin().case_code));
            pen.ui.small("person.code_body", pen.tr("person.code_body"));
        }
        if (pen.state.setup) {
            pen.ui.title("person.help", pen.tr("person.help"));
            referrals(pen);
        }
    }
    const auto footer = pen.ui.footer();
    const bool alone = pen.state.screening && pen.state.screening->mode == session::Mode::Private;
    if (primary(pen, "person.done", alone ? "person.hand_back" : "button.continue")) pen.send(session::PersonDone{});
}

void draw_notify(const Pen& pen, const session::AskingNotify&) {
    begin(pen, "notify", {.left = Left::nothing}, {.centered = true});
    say(pen, "notify", {ui::Icon::record_voice_over, ui::Tone::primary, pen.tr("notify.title"), pen.tr("notify.body")});
    const auto footer = pen.ui.footer();
    if (pen.ui.button("notify.no", pen.tr("notify.no"), {.grow = true})) pen.send(session::SayNotify{false});
    if (pen.ui.button("notify.yes", pen.tr("notify.yes"), {.style = ui::ButtonStyle::primary, .grow = true}))
        pen.send(session::SayNotify{true});
}

}  // namespace app::kiosk::screens
