// A worker is in: start a screening, send what waits.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_home(const Pen& pen, const session::Home&) {
    begin(pen, "home", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        if (pen.ui.card("home.new", ui::CardStyle::primary, ui::Icon::assignment_ind, pen.tr("home.new"),
                        pen.tr("home.new_body")))
            pen.send(session::NewScreening{});
        if (pen.state.setup && pen.state.setup->expired)
            pen.ui.icon_text("home.expired", ui::Icon::error_outline, pen.tr("home.expired"),
                             {.tone = ui::Tone::amber});
        pen.ui.push();
        const auto counts = pen.state.setup ? pen.state.setup->counts : store::Counts{};
        const auto stats = pen.ui.column(0);
        pen.ui.stat("home.waiting", ui::Icon::lock_outline, pen.tr("home.waiting"),
                    pen.context.texts.number(static_cast<std::int64_t>(counts.waiting)), ui::Tone::soft, true);
        pen.ui.stat("home.sent", ui::Icon::send, pen.tr("home.sent"),
                    pen.context.texts.number(static_cast<std::int64_t>(counts.batches)), ui::Tone::soft, true);
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("home.send", pen.tr("home.send"), {.before = ui::Icon::sync, .grow = true}))
        pen.send(session::OpenSend{});
    if (pen.ui.icon_button("home.settings", ui::Icon::settings, pen.tr("home.settings"), true))
        pen.send(session::OpenSettings{});
}

void draw_wants_to_talk(const Pen& pen, const session::WantsToTalk&) {
    begin(pen, "wants_to_talk", {.left = Left::only_you}, {.centered = true});
    say(pen, "wants_to_talk",
        {ui::Icon::record_voice_over, ui::Tone::amber, pen.tr("notify.worker_title"), pen.tr("notify.worker_body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "wants_to_talk.home", "button.continue")) pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
