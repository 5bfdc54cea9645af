// A worker is in: start a screening or a quick flag, practise, send what waits.
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/model/kept.hpp"
#include "app/session/update.hpp"

namespace app::kiosk::screens {

namespace {

void certificate(const Pen& pen) {
    const auto lasting = session::certificate_lasting(pen.state);
    if (lasting == session::Lasting::Long) return;
    const auto date = pen.context.texts.full_date(*pen.state.setup->certificate_end);
    const bool ended = lasting == session::Lasting::Ended;
    pen.ui.icon_text("home.certificate", ui::Icon::error_outline,
                     pen.tr(ended ? "home.certificate_ended" : "home.certificate_ending", {{"date", date}}),
                     {.tone = ui::Tone::amber});
}

/// Nobody trusts the device any more: what that means, and how it ends.
void revoked(const Pen& pen) {
    pen.ui.icon_text("home.revoked", ui::Icon::error_outline, pen.tr("home.revoked"),
                     {.tone = ui::Tone::danger, .strong = true});
    pen.ui.body("home.revoked_body", pen.tr("home.revoked_body"));
}

/// What this worker should know before starting: said in words, never whose answers or what they were.
void notices(const Pen& pen, const session::Home& home) {
    if (home.not_resumed)
        pen.ui.icon_text("home.not_resumed", ui::Icon::lock_outline,
                         pen.tr(home.not_resumed->error ? "home.not_resumed" : "home.resume_over"),
                         {.tone = ui::Tone::amber});
    if (pen.state.unstored_error() && pen.ui.list_row("home.not_stored", pen.tr("not_stored.title"),
                                                      {.icon = ui::Icon::error_outline, .tone = ui::Tone::danger}))
        pen.send(session::Retry{});
    for (const auto number : pen.state.asked_for)
        pen.ui.icon_text("home.asked_for." + std::to_string(number.value), ui::Icon::person_outline,
                         pen.tr("home.asked_for", {{"number", number.value}}), {.tone = ui::Tone::amber});
    if (pen.state.setup && pen.state.setup->clock_wrong)
        pen.ui.icon_text("home.clock", ui::Icon::schedule,
                         pen.tr("home.clock", {{"date", pen.context.texts.full_date(pen.state.now.local_day)}}),
                         {.tone = ui::Tone::amber});
    certificate(pen);
    if (pen.state.setup && pen.state.setup->expired)
        pen.ui.icon_text("home.expired", ui::Icon::error_outline, pen.tr("home.expired"), {.tone = ui::Tone::amber});
    if (pen.state.setup && pen.state.setup->folder_was_open)
        pen.ui.icon_text("home.folder_was_open", ui::Icon::error_outline, pen.tr("home.folder_was_open"),
                         {.tone = ui::Tone::amber});
    if (pen.state.setup && pen.state.setup->key_open)
        pen.ui.icon_text("home.key_open", ui::Icon::vpn_key, pen.tr("home.key_open"), {.tone = ui::Tone::amber});
    if (pen.state.setup)
        for (const auto slot : pen.state.setup->keys_lost)
            pen.ui.icon_text("home.key_lost." + std::to_string(slot + 1), ui::Icon::vpn_key,
                             pen.tr("home.key_lost", {{"slot", slot + 1}}), {.tone = ui::Tone::amber});
}

/// With its word where there is room for it beside the others.
bool train(const Pen& pen) {
    constexpr float room_for_word = 30;  // ems
    const auto text = pen.tr("home.train");
    if (pen.ui.width_in_ems() < room_for_word) return pen.ui.icon_button("home.train", ui::Icon::school, text, true);
    return pen.ui.button("home.train", text, {.before = ui::Icon::school});
}

}  // namespace

void draw_home(const Pen& pen, const session::Home& home) {
    begin(pen, "home", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        // The one primary card: what is not finished comes before what is new.
        if (pen.state.resumable && pen.ui.card("home.continue", ui::CardStyle::primary, ui::Icon::refresh,
                                               pen.tr("home.continue"), pen.tr("home.continue_body")))
            pen.send(session::ContinueInterview{});
        const bool may_begin = !session::revoked(pen.state);
        if (!may_begin) revoked(pen);
        if (may_begin && pen.ui.card("home.new", pen.state.resumable ? ui::CardStyle::plain : ui::CardStyle::primary,
                                     ui::Icon::assignment_ind, pen.tr("home.new"), pen.tr("home.new_body")))
            pen.send(session::NewScreening{});
        if (session::offered(pen.state, session::Purpose::Observation) &&
            pen.ui.card("home.flag", ui::CardStyle::plain, ui::Icon::flag, pen.tr("home.flag"),
                        pen.tr("home.flag_body"), ui::Tone::amber))
            pen.send(session::QuickFlag{});
        notices(pen, home);
        pen.ui.push();
        const auto counts = pen.state.setup ? pen.state.setup->counts : model::Counts{};
        const auto stats = pen.ui.column(0);
        pen.ui.stat("home.waiting", ui::Icon::lock_outline, pen.tr("home.waiting"),
                    pen.context.texts.number(static_cast<std::int64_t>(counts.waiting)), ui::Tone::soft, true);
        pen.ui.stat("home.on_the_way", ui::Icon::send, pen.tr("home.on_the_way"),
                    pen.context.texts.number(static_cast<std::int64_t>(counts.batched)), ui::Tone::soft, true);
        pen.ui.stat("home.confirmed", ui::Icon::check, pen.tr("home.confirmed"),
                    pen.context.texts.number(static_cast<std::int64_t>(counts.confirmed())), ui::Tone::soft, true);
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("home.send", pen.tr("home.send"), {.before = ui::Icon::sync, .grow = true}))
        pen.send(session::OpenSend{});
    if (session::offered(pen.state, session::Purpose::Training) && train(pen)) pen.send(session::Train{});
    if (pen.ui.icon_button("home.settings", ui::Icon::settings, pen.tr("home.settings"), true))
        pen.send(session::OpenSettings{});
}

void draw_not_stored(const Pen& pen, const session::NotStored&) {
    begin(pen, "not_stored", {.cross = Cross::lock}, {.centered = true});
    const auto error = pen.state.unstored_error();
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("not_stored.badge", ui::Icon::error_outline, ui::Tone::amber);
        pen.ui.heading("not_stored.title", pen.tr("not_stored.title"));
        pen.ui.hint("not_stored.body", pen.tr("not_stored.body"));
        if (error)
            pen.ui.body("not_stored.why", pen.tr(session::catalogue_key(*error)));
        else
            pen.ui.body("not_stored.trying", pen.tr("not_stored.trying"));
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("not_stored.home", pen.tr("not_stored.later"))) pen.send(session::Next{});
    pen.ui.push();
    if (pen.ui.button("not_stored.retry", pen.tr("button.retry"),
                      {.style = ui::ButtonStyle::primary, .after = ui::Icon::refresh, .enabled = error.has_value()}))
        pen.send(session::Retry{});
}

void draw_wants_to_talk(const Pen& pen, const session::WantsToTalk& s) {
    begin(pen, "wants_to_talk", {.left = Left::only_you}, {.centered = true});
    say(pen, "wants_to_talk",
        {ui::Icon::record_voice_over, ui::Tone::amber, pen.tr(s.minor ? "notify.minor_title" : "notify.worker_title"),
         pen.tr(s.minor ? "notify.minor_body" : "notify.worker_body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "wants_to_talk.home", "button.continue")) pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
