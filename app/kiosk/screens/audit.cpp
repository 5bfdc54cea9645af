// What the device has noted: kinds and days, newest first. Who and which is only for the coordinators.
#include <algorithm>
#include <string>

#include "app/exchange/audit.hpp"
#include "app/kiosk/screens/all.hpp"
#include "app/model/kept.hpp"

namespace app::kiosk::screens {
namespace {

using exchange::AuditType;

ui::Icon icon_of(AuditType type) noexcept {
    switch (type) {
        case AuditType::DeviceUnlocked:
            return ui::Icon::lock_open;
        case AuditType::SignedIn:
            return ui::Icon::person_outline;
        case AuditType::PinWaits:
            return ui::Icon::schedule;
        case AuditType::DeviceLocked:
            return ui::Icon::lock;
        case AuditType::WorkerAdded:
        case AuditType::WorkerRemoved:
        case AuditType::LeadMade:
            return ui::Icon::people;
        case AuditType::PinChanged:
            return ui::Icon::lock_outline;
        case AuditType::WordsChanged:
        case AuditType::KeyAdded:
            return ui::Icon::vpn_key;
        case AuditType::RecordErased:
        case AuditType::RecordWithdrawn:
        case AuditType::ConfirmedErased:
            return ui::Icon::remove;
        case AuditType::ReceiptsTaken:
            return ui::Icon::check;
        case AuditType::BatchMade:
        case AuditType::BatchAgain:
            return ui::Icon::send;
        case AuditType::InterviewResumed:
            return ui::Icon::refresh;
        case AuditType::BundleReplaced:
        case AuditType::CertificateRenewed:
        case AuditType::Enrolled:
            return ui::Icon::usb;
        case AuditType::DatabaseRepaired:
        case AuditType::ClockBefore:
        case AuditType::ClockSet:
            return ui::Icon::warning;
    }
    return ui::Icon::list;
}

/// "audit.worker_added"
std::string key_of(AuditType type) {
    std::string key = "audit.";
    for (const char c : exchange::audit_word(type)) key += c == '-' ? '_' : c;
    return key;
}

/// One line for each kind on each day, with how often, in the order of their newest.
void day_lines(const Pen& pen, const std::vector<model::AuditRow>& rows, std::size_t begin, std::size_t end) {
    std::vector<std::pair<AuditType, std::int64_t>> kinds;
    for (std::size_t i = begin; i < end; ++i) {
        const auto type = exchange::audit_type(rows[i].type);
        if (!type) continue;
        const auto known =
            std::find_if(kinds.begin(), kinds.end(), [&](const auto& one) { return one.first == *type; });
        if (known == kinds.end())
            kinds.emplace_back(*type, 1);
        else
            ++known->second;
    }
    for (const auto& [type, times] : kinds)
        pen.ui.stat(key_of(type) + "." + std::to_string(begin), icon_of(type), pen.tr(key_of(type)),
                    pen.context.texts.number(times), ui::Tone::soft, true);
}

void days(const Pen& pen, const std::vector<model::AuditRow>& rows) {
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin;
        while (end < rows.size() && rows[end].day == rows[begin].day) ++end;
        pen.ui.strong("audit.day." + std::to_string(begin),
                      pen.context.texts.full_date(std::chrono::year_month_day(rows[begin].day)));
        const auto lines = pen.ui.column(0);
        day_lines(pen, rows, begin, end);
        begin = end;
    }
}

}  // namespace

void draw_audit_list(const Pen& pen, const session::AuditList& s) {
    begin(pen, "audit", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("audit.title", pen.tr("audit.title"));
        pen.ui.hint("audit.body", pen.tr("audit.body"));
        if (pen.state.waits())
            pen.ui.body("audit.reading", pen.tr("audit.reading"));
        else if (s.failed)
            pen.ui.icon_text("audit.failed", ui::Icon::error_outline, pen.tr("audit.failed"),
                             {.tone = ui::Tone::danger});
        else if (s.rows.empty())
            pen.ui.body("audit.empty", pen.tr("audit.empty"));
        else
            days(pen, s.rows);
        if (s.rows.size() == session::audit_most_shown) pen.ui.small("audit.more", pen.tr("audit.more"));
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "audit.back")) pen.send(session::Back{});
}

}  // namespace app::kiosk::screens
