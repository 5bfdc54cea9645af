#include "app/cli/import_report.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/device_words.hpp"
#include "app/cli/reasons.hpp"
#include "app/exchange/open/batch_open.hpp"

namespace app::cli {
namespace {

using casebook::ImportReport;
using nlohmann::json;

/// Text, for a batch has thousands of records and each would be a tree of its own.
std::string json_of_records(const std::vector<casebook::RecordOutcome>& list) {
    std::string records = "[";
    for (const auto& record : list) {
        const json one{{"name", record.name},
                       {"outcome", casebook::to_word(record.outcome)},
                       {"detail", record.detail},
                       {"case_code", record.case_code},
                       {"interrupted", record.interrupted}};
        records += (records.size() > 1 ? ",\n" : "\n") + one.dump(-1, ' ', false, json::error_handler_t::replace);
    }
    return records + "]";
}

json codes_of(const ImportReport& report, casebook::Outcome outcome) {
    auto codes = json::array();
    for (const auto* record : report.with(outcome)) codes.push_back(record->case_code);
    return codes;
}

/// Each code once: the forms of a visit share it.
std::string codes_text(const std::vector<const casebook::RecordOutcome*>& records) {
    std::string text;
    std::set<std::string_view> said;
    for (const auto* record : records)
        if (said.insert(record->case_code).second) text += (text.empty() ? "" : ", ") + record->case_code;
    return text;
}

std::string_view reason_key(exchange::BatchReason reason) {
    switch (reason) {
        case exchange::BatchReason::Unreadable:
            return "cli.import.reason.unreadable";
        case exchange::BatchReason::NoIdentity:
            return "cli.import.reason.no_identity";
        case exchange::BatchReason::OuterDamaged:
            return "cli.import.reason.outer_damaged";
        case exchange::BatchReason::TooLarge:
            return "cli.import.reason.too_large";
        case exchange::BatchReason::Archive:
            return "cli.import.reason.archive";
        case exchange::BatchReason::MemberOrder:
            return "cli.import.reason.member_order";
        case exchange::BatchReason::CertificateInvalid:
            return "cli.import.reason.certificate_invalid";
        case exchange::BatchReason::SignatureInvalid:
            return "cli.import.reason.signature_invalid";
        case exchange::BatchReason::NewerFormat:
            return "cli.import.reason.newer_format";
        case exchange::BatchReason::CommentInvalid:
            return "cli.import.reason.comment_invalid";
        case exchange::BatchReason::ManifestInvalid:
            return "cli.import.reason.manifest_invalid";
        case exchange::BatchReason::MemberSet:
            return "cli.import.reason.member_set";
        case exchange::BatchReason::RecordChanged:
            return "cli.import.reason.record_changed";
        case exchange::BatchReason::FillInvalid:
            return "cli.import.reason.fill_invalid";
        case exchange::BatchReason::Stopped:
            return "cli.stopped";
    }
    return "cli.failed";
}

void say_place(const Context& context, const std::string& file, const ImportReport& report) {
    const auto sequence = std::to_string(report.sequence);
    switch (report.standing) {
        case casebook::Standing::InOrder:
        case casebook::Standing::Gap:  // said at the end: another file of this import may fill it
            break;
        case casebook::Standing::Again:
            if (report.opened_late > 0)
                context.note_counted("cli.import.again_opened", report.opened_late,
                                     {{"file", file}, {"sequence", sequence}});
            else
                context.note("cli.import.again", {{"file", file}, {"sequence", sequence}});
            if (!report.forked) break;
            [[fallthrough]];
        case casebook::Standing::ForkedBefore:
            context.fail("cli.import.forked_before", {{"device", report.device}, {"sequence", sequence}});
            break;
        case casebook::Standing::Forked:
            context.fail("cli.import.forked", {{"device", report.device}, {"sequence", sequence}});
            break;
        case casebook::Standing::EpochDoubt:
            context.fail("cli.import.epoch_doubt",
                         {{"device", report.device}, {"epoch", std::to_string(report.epoch)}});
            break;
        case casebook::Standing::Revoked:
            break;  // said when it is known what became of the file
    }
}

void say_audit(const Context& context, const ImportReport& report) {
    switch (report.audit) {
        case casebook::AuditStanding::Whole:
        case casebook::AuditStanding::Missing:  // said at the end
            break;
        case casebook::AuditStanding::Repaired:
            if (report.repair_noted) context.note("cli.import.repaired", {{"device", report.device}});
            break;
        case casebook::AuditStanding::Broken:
            context.fail("cli.import.audit_broken", {{"device", report.device}});
            break;
    }
}

}  // namespace

std::string report_json(const std::string& file, const ImportReport& report, const ReceiptOutcome& receipt) {
    const json all{{"file", file},
                   {"device", report.device},
                   {"epoch", report.epoch},
                   {"sequence", report.sequence},
                   {"standing", casebook::to_word(report.standing)},
                   {"forked", report.forked},
                   {"missing", json::parse(gaps_json(report.missing))},
                   {"audit", casebook::to_word(report.audit)},
                   {"certificate_end", exchange::day_text(report.certificate_end)},
                   {"certificate_ended", report.certificate_ended},
                   {"withdrawn", codes_of(report, casebook::Outcome::Withdrawn)},
                   {"erased", codes_of(report, casebook::Outcome::Erased)},
                   {"held_withdrawals", codes_of(report, casebook::Outcome::WithdrawalHeld)},
                   {"held_revisions", codes_of(report, casebook::Outcome::RevisionHeld)},
                   {"opened_late", report.opened_late},
                   {"receipt", receipt ? json(*receipt) : json()},
                   {"no_receipt", receipt ? json() : json(to_word(receipt.error()))}};
    auto text = all.dump(-1, ' ', false, json::error_handler_t::replace);
    text.pop_back();
    return text + ",\"settled\":" + json_of_records(report.settled) +
           ",\"records\":" + json_of_records(report.records) + "}";
}

std::string refusal_json(const std::string& file, const exchange::BatchRefusal& refusal, bool kept) {
    const json all{{"file", file},
                   {"refused", exchange::reason_word(refusal.reason)},
                   {"detail", refusal.why.text()},
                   {"quarantined", kept}};
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool is_alarm(const ImportReport& report) {
    return report.forked || report.certificate_ended || report.audit == casebook::AuditStanding::Broken ||
           report.standing == casebook::Standing::Forked || report.standing == casebook::Standing::EpochDoubt ||
           report.standing == casebook::Standing::Revoked;
}

void say_standing(const Context& context, const std::string& file, const ImportReport& report, exchange::Day today) {
    say_place(context, file, report);
    if (report.standing == casebook::Standing::Revoked) return;
    say_audit(context, report);
    const auto end = exchange::day_text(report.certificate_end);
    if (report.certificate_ended)
        context.fail("cli.import.certificate_ended", {{"device", report.device}, {"day", end}, {"file", file}});
    else if (report.certificate_end < today + certificate_warning)
        context.note("cli.import.certificate_ends", {{"device", report.device}, {"day", end}});
    const auto held = [&](casebook::Outcome outcome, std::string_view key) {
        const auto records = report.with(outcome);
        if (!records.empty()) context.note_counted(key, records.size(), {{"codes", codes_text(records)}});
    };
    held(casebook::Outcome::WithdrawalHeld, "cli.import.held_withdrawals");
    held(casebook::Outcome::RevisionHeld, "cli.import.held_revisions");
}

void say_records(const Context& context, const std::string& file, const ImportReport& report) {
    if (report.standing != casebook::Standing::Again)  // of such a one it was said that it was here
        print(context.counted("cli.import.taken", report.records.size(),
                              {{"file", file}, {"sequence", std::to_string(report.sequence)}}) +
              "\n");
    if (const auto withdrawn = report.with(casebook::Outcome::Withdrawn); !withdrawn.empty())
        print(context.counted("cli.import.withdrawn", withdrawn.size(), {{"codes", codes_text(withdrawn)}}) + "\n");
    if (const auto late = report.with(casebook::Outcome::WasWithdrawn); !late.empty())
        print(context.counted("cli.import.was_withdrawn", late.size()) + "\n");
    if (const auto erased = report.with(casebook::Outcome::Erased); !erased.empty())
        print(context.counted("cli.import.erased", erased.size(), {{"codes", codes_text(erased)}}) + "\n");
    for (const auto* list : {&report.records, &report.settled})
        for (const auto& record : *list)
            if (casebook::is_refusal(record.outcome))
                context.note("cli.import.record",
                             {{"name", record.name}, {"reason", record_words(context, record.outcome, record.detail)}});
}

void say_refusal(const Context& context, const std::string& file, const exchange::BatchRefusal& refusal,
                 std::optional<bool> kept) {
    const auto reason = context.text(reason_key(refusal.reason), {{"detail", reason_words(context, refusal.why)}});
    const auto* const key = !kept   ? "cli.import.refused"
                            : *kept ? "cli.import.refused_kept"
                                    : "cli.import.refused_noted";
    context.fail(key, {{"file", file}, {"reason", reason}});
}

}  // namespace app::cli
