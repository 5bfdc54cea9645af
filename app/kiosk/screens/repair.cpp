// A store that cannot be read: what happened, what is safe, what to do; saving what is whole; what became of it.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_damaged(const Pen& pen, const session::Damaged& s) {
    begin(pen, pen.state.waits() ? "damaged.working" : "damaged", {}, {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        if (pen.state.waits()) {
            pen.ui.badge("damaged.badge", ui::Icon::sync, ui::Tone::primary);
            pen.ui.heading("damaged.working", pen.tr("damaged.working"));
            pen.ui.progress_count("damaged.count", s.done, s.total,
                                  pen.tr("damaged.count", {{"done", s.done}, {"total", s.total}}));
            pen.ui.hint("damaged.leave_on", pen.tr("damaged.leave_on"));
            return;
        }
        pen.ui.badge("damaged.badge", ui::Icon::error_outline, ui::Tone::amber);
        pen.ui.heading("damaged.title", pen.tr("damaged.title"));
        pen.ui.hint("damaged.body", pen.tr("damaged.body"));
        if (s.failed)
            pen.ui.icon_text("damaged.failed", ui::Icon::error_outline,
                             pen.tr(s.failed == session::DeviceError::NoRoom ? "damaged.no_room"
                                                                             : session::catalogue_key(*s.failed)),
                             {.tone = ui::Tone::danger});
        else
            pen.ui.body("damaged.what", pen.tr("damaged.what"));
    }
    const auto footer = pen.ui.footer();
    pen.ui.push();
    if (primary(pen, "damaged.repair", s.failed ? "button.retry" : "damaged.repair", ui::Icon::refresh))
        pen.send(session::RepairNow{});
}

namespace {

/// Each thing that was lost besides records, and what becomes of it.
void say_what_else(const Pen& pen, const session::RepairedScreen& s) {
    const auto amber = [&pen](std::string_view key, ui::Icon icon) {
        pen.ui.icon_text(key, icon, pen.tr(key), {.tone = ui::Tone::amber});
    };
    if (s.error)
        pen.ui.icon_text("repaired.error", ui::Icon::error_outline, pen.tr(session::catalogue_key(*s.error)),
                         {.tone = ui::Tone::danger});
    if (!s.repaired.bundle_kept) amber("repaired.bundle", ui::Icon::usb);
    if (!s.repaired.people_kept) amber("repaired.people", ui::Icon::people);
    if (s.repaired.audit_lost > 0)
        pen.ui.icon_text("repaired.audit", ui::Icon::info_outline,
                         pen.tr("repaired.audit", {{"count", s.repaired.audit_lost}}), {.tone = ui::Tone::amber});
    if (!s.repaired.settings_kept) pen.ui.small("repaired.settings", pen.tr("repaired.settings"));
}

}  // namespace

void draw_repaired(const Pen& pen, const session::RepairedScreen& s) {
    begin(pen, "repaired", {}, {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        const bool whole = s.repaired.lost == 0 && !s.error && s.repaired.people_kept && s.repaired.bundle_kept &&
                           s.repaired.audit_lost == 0;
        pen.ui.badge("repaired.badge", whole ? ui::Icon::check : ui::Icon::error_outline,
                     whole ? ui::Tone::good : ui::Tone::amber);
        pen.ui.heading("repaired.title", pen.tr("repaired.title"));
        if (s.repaired.kept > 0 || s.repaired.lost == 0)
            pen.ui.body("repaired.kept", pen.tr("repaired.kept", {{"count", s.repaired.kept}}));
        if (s.repaired.lost > 0) pen.ui.body("repaired.lost", pen.tr("repaired.lost", {{"count", s.repaired.lost}}));
        say_what_else(pen, s);
        pen.ui.small("repaired.file", pen.tr("repaired.file", {{"file", s.repaired.damaged_file}}));
    }
    const auto footer = pen.ui.footer();
    pen.ui.push();
    if (primary(pen, "repaired.next", "button.continue")) pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
