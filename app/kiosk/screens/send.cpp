// Where the next batch goes, how far it is, and what became of it.
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/news_lines.hpp"
#include "app/kiosk/screens/places.hpp"
#include "app/session/update.hpp"
#include "locales/visible.hpp"

namespace app::kiosk::screens {
namespace {

void place(const Pen& pen, const session::Place& place, std::size_t index, bool nothing_waits) {
    if (!place_row(pen, "send.to." + std::to_string(index), place)) return;
    if (nothing_waits)
        pen.send(session::SendAgain{index});
    else
        pen.send(session::SendTo{index});
}

/// The certificate has ended, or the device is revoked: what is sealed stays until a newer certificate or bundle is
/// brought.
void waiting(const Pen& pen) {
    if (session::revoked(pen.state)) {
        pen.ui.icon_text("send.revoked", ui::Icon::error_outline, pen.tr("send.revoked"),
                         {.tone = ui::Tone::danger, .strong = true});
        pen.ui.body("send.revoked_body", pen.tr("send.revoked_body"));
        return;
    }
    const auto date = pen.context.texts.full_date(*pen.state.setup->certificate_end);
    const auto today = pen.context.texts.full_date(pen.state.now.local_day);
    pen.ui.icon_text("send.ended", ui::Icon::schedule, pen.tr("send.ended", {{"date", date}}),
                     {.tone = ui::Tone::amber, .strong = true});
    pen.ui.body("send.ended_body", pen.tr("send.ended_body", {{"date", today}}));
}

/// What the coordinators sent back: for whoever is signed in.
void receive(const Pen& pen) {
    if (!pen.state.worker || !pen.state.setup) return;
    const auto second = pen.tr("send.receive_body");
    if (pen.ui.list_row("send.receive", pen.tr("send.receive"),
                        {.icon = ui::Icon::sync, .tone = ui::Tone::primary, .second = second}))
        pen.send(session::OpenReceive{});
}

void choose(const Pen& pen, const session::Send& s) {
    const auto counts = pen.state.counts();
    const bool nothing = !session::something_goes(pen.state);
    pen.ui.heading("send.title", pen.tr("send.title"));
    if (counts.waiting == 0)
        pen.ui.hint("send.waiting", pen.tr(nothing ? "send.none" : "send.empty"));
    else
        pen.ui.hint("send.waiting", pen.tr("send.waiting", {{"count", counts.waiting}}));
    if (counts.batched > 0) pen.ui.small("send.on_the_way", pen.tr("send.on_the_way", {{"count", counts.batched}}));
    if (counts.confirmed() > 0)
        pen.ui.small("send.confirmed", pen.tr("send.confirmed", {{"count", counts.confirmed()}}));
    if (s.failed == session::SendError::Cancelled)
        pen.ui.icon_text("send.failed", ui::Icon::info_outline, pen.tr(send_error_key(*s.failed)), {.strong = true});
    else if (s.failed)
        pen.ui.icon_text("send.failed", ui::Icon::error_outline, pen.tr(send_error_key(*s.failed)),
                         {.tone = ui::Tone::danger, .strong = true});
    if (session::sending_waits(pen.state)) return waiting(pen);
    if (nothing && counts.batches == 0) return;
    pen.ui.title("send.where", pen.tr(nothing ? "send.again" : "send.where"));
    if (s.places.empty() && !pen.state.waits(session::Pending::FindPlaces))
        pen.ui.icon_text("send.no_place", ui::Icon::usb, pen.tr("send.no_place"));
    for (std::size_t i = 0; i < s.places.size(); ++i) place(pen, s.places[i], i, nothing);
}

locales::Text done_text(const Pen& pen, const session::Sent& sent) {
    const auto size = pen.context.texts.bytes(sent.bytes);
    // Before anybody works with the device, what goes is its test, which is no screening.
    if (pen.state.setup && !pen.state.worker)
        return pen.tr("test_record.written", {{"file", sent.file}, {"size", size}});
    if (sent.records == 0) return pen.tr("send.done_empty", {{"file", sent.file}, {"size", size}});
    if (sent.files > 1)
        return pen.tr("send.done_several", {{"records", sent.records}, {"files", sent.files}, {"size", size}});
    return pen.tr("send.done_body", {{"count", sent.records}, {"file", sent.file}, {"size", size}});
}

}  // namespace

void draw_send(const Pen& pen, const session::Send& s) {
    if (s.sent) {
        begin(pen, "send.done", {}, {.centered = true});
        {
            const auto middle = pen.ui.middle();
            const auto narrow = pen.ui.narrow(440);
            pen.ui.badge("send.badge", ui::Icon::check, ui::Tone::good);
            pen.ui.heading("send.done", pen.tr("send.done"));
            pen.ui.hint("send.done_body", done_text(pen, *s.sent));
            receipt_lines(pen, s.sent->receipts);
            if (s.sent->records > 0) pen.ui.small("send.kept", pen.tr("send.kept"));
        }
        const auto footer = pen.ui.footer();
        if (pen.state.lost_bundle || !pen.state.worker) {
            if (primary(pen, "send.home", "button.continue")) pen.send(session::Back{});
        } else if (primary(pen, "send.home", "sealed.home", ui::Icon::home)) {
            pen.send(session::Back{});
        }
        return;
    }
    if (pen.state.exporting()) {
        begin(pen, "send.working", {}, {.centered = true});
        {
            const auto middle = pen.ui.middle();
            const auto narrow = pen.ui.narrow(440);
            pen.ui.badge("send.badge", ui::Icon::sync, ui::Tone::primary);
            pen.ui.heading("send.working",
                           pen.tr(pen.state.waits(session::Pending::StopExport) ? "send.stopping" : "send.working"));
            const auto done = pen.context.texts.bytes(s.done);
            const auto total = pen.context.texts.bytes(s.total);
            pen.ui.progress_count("send.count", s.done, s.total,
                                  pen.tr("send.count", {{"done", done}, {"total", total}}));
        }
        const auto footer = pen.ui.footer();
        if (pen.ui.button("send.cancel", pen.tr("send.cancel"),
                          {.before = ui::Icon::close, .enabled = pen.state.waits(session::Pending::Export)}))
            pen.send(session::CancelSending{});
        return;
    }
    begin(pen, "send", {.cross = pen.state.worker ? Cross::lock : Cross::none});
    {
        const auto middle = pen.ui.middle();
        choose(pen, s);
        receive(pen);
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "send.back")) pen.send(session::Back{});
    if (primary(pen, "send.look", "send.look", ui::Icon::refresh)) pen.send(session::LookForPlaces{});
}

}  // namespace app::kiosk::screens
