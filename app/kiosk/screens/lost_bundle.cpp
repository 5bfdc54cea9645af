// The questionnaires are lost or cannot be used: what is safe, sending it, and the stick that brings them again.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_bundle_lost(const Pen& pen, const session::BundleLost& s) {
    using session::DeviceError;
    begin(pen, "bundle_lost", {}, {.centered = true});
    const auto sealed = s.counts.waiting + s.counts.batched + s.counts.receipted;
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("bundle_lost.badge", ui::Icon::usb, ui::Tone::amber);
        pen.ui.heading("bundle_lost.title", pen.tr("bundle_lost.title"));
        // Before the rest: what a touch brought must not lie below what is seen.
        if (pen.state.waits())
            pen.ui.icon_text("bundle_lost.looking", ui::Icon::sync, pen.tr("bundle_lost.looking"), {.strong = true});
        else if (s.failed)
            pen.ui.icon_text(
                "bundle_lost.failed", ui::Icon::error_outline,
                pen.tr(*s.failed == DeviceError::NoBundle ? "bundle_lost.none" : session::catalogue_key(*s.failed)),
                {.tone = ui::Tone::danger, .strong = true});
        if (s.why != DeviceError::NoBundle) pen.ui.hint("bundle_lost.why", pen.tr(session::catalogue_key(s.why)));
        pen.ui.body("bundle_lost.safe", pen.tr("bundle_lost.safe", {{"count", sealed}}));
        if (s.sequence > 0)
            pen.ui.body("bundle_lost.what", pen.tr("bundle_lost.what", {{"number", s.sequence}}));
        else
            pen.ui.body("bundle_lost.what", pen.tr("bundle_lost.what_any"));
        if (!s.can_send) pen.ui.small("bundle_lost.cannot", pen.tr("bundle_lost.cannot"));
    }
    const auto footer = pen.ui.footer();
    if (s.can_send && sealed > 0 &&
        pen.ui.button("bundle_lost.send", pen.tr("bundle_lost.send"), {.enabled = !pen.state.waits()}))
        pen.send(session::OpenSend{});
    pen.ui.push();
    if (primary(pen, "bundle_lost.look", "send.look", ui::Icon::refresh)) pen.send(session::Retry{});
}

}  // namespace app::kiosk::screens
