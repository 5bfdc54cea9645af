// amparo import: takes batches into a casebook. One bad batch or record never stops the others.
#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/exchange/open/batch_open.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct ImportOptions {
    std::vector<std::string> batches;
    CasebookOptions casebook;
    bool as_json = false;
};

exchange::Day today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

std::string list(const std::vector<std::uint64_t>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

json json_of(const std::string& file, const casebook::ImportReport& report) {
    auto records = json::array();
    for (const auto& record : report.records)
        records.push_back({{"name", record.name},
                           {"outcome", casebook::outcome_word(record.outcome)},
                           {"detail", record.detail},
                           {"case_code", record.case_code},
                           {"interrupted", record.interrupted}});
    return {{"file", file},
            {"device", report.device},
            {"epoch", report.epoch},
            {"sequence", report.sequence},
            {"standing", casebook::standing_word(report.standing)},
            {"missing", report.missing},
            {"audit", casebook::audit_word(report.audit)},
            {"records", records}};
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
        case exchange::BatchReason::CertificateExpired:
            return "cli.import.reason.certificate_expired";
        case exchange::BatchReason::SignatureInvalid:
            return "cli.import.reason.signature_invalid";
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
    }
    return "cli.failed";
}

void say_refusal(const Context& context, const std::string& file, const exchange::BatchRefusal& refusal) {
    const auto reason = context.text(reason_key(refusal.reason), {{"detail", refusal.detail}});
    context.fail("cli.import.refused", {{"file", file}, {"reason", reason}});
}

void say_standing(const Context& context, const std::string& file, const casebook::ImportReport& report) {
    const auto sequence = std::to_string(report.sequence);
    switch (report.standing) {
        case casebook::Standing::InOrder:
        case casebook::Standing::Gap:  // said at the end: another file of this import may fill it
            break;
        case casebook::Standing::Again:
            context.note("cli.import.again", {{"file", file}, {"sequence", sequence}});
            break;
        case casebook::Standing::Forked:
            context.fail("cli.import.forked", {{"device", report.device}, {"sequence", sequence}});
            break;
        case casebook::Standing::Revoked:
            context.fail("cli.import.revoked", {{"device", report.device}, {"file", file}});
            break;
    }
}

/// Imports one batch after the other and remembers whether anything was refused.
class Importer {
  public:
    Importer(const Context& context, OpenCasebook& open, bool as_json)
        : context_(context), open_(open), as_json_(as_json) {}

    Outcome<void> one(const std::string& path) {
        const auto file = shown(std::filesystem::path(path).filename());
        const auto batch =
            exchange::open_batch(context_.ready(), path, open_.identities, open_.book.deployment(), today());
        if (!batch) return refused(path, file, batch.error());
        const auto report = open_.book.import_batch(*batch, open_.identities);
        if (!report) return stop_casebook(context_, report.error(), path);
        say_standing(context_, file, *report);
        devices_.insert(report->device);
        const bool changed = report->audit == casebook::AuditStanding::Broken;
        if (changed) context_.fail("cli.import.audit_broken", {{"device", report->device}});
        const bool alarm = changed || report->standing == casebook::Standing::Forked ||
                           report->standing == casebook::Standing::Revoked;
        failed_ = failed_ || alarm || report->refused() > 0;
        if (report->standing == casebook::Standing::Revoked)
            if (auto kept = open_.book.quarantine(path, "revoked", report->device); !kept)
                return stop_casebook(context_, kept.error(), path);
        if (as_json_) reports_.push_back(json_of(file, *report));
        if (!as_json_ && report->standing != casebook::Standing::Revoked) say_records(file, *report);
        return {};
    }

    /// Says which batches of the devices in this import have still not arrived.
    Outcome<void> say_missing() {
        const auto known = open_.book.devices();
        if (!known) return stop_casebook(context_, known.error(), {});
        for (const auto& device : *known)
            if (devices_.contains(device.device) && !device.missing.empty())
                context_.note("cli.import.gap", {{"device", device.device}, {"missing", list(device.missing)}});
        for (const auto& device : devices_) {
            const auto audit = open_.book.audit_standing(device);
            if (!audit) return stop_casebook(context_, audit.error(), {});
            if (*audit == casebook::AuditStanding::Missing)
                context_.note("cli.import.audit_missing", {{"device", device}});
        }
        return {};
    }

    [[nodiscard]] const json& reports() const { return reports_; }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    Outcome<void> refused(const std::string& path, const std::string& file, const exchange::BatchRefusal& refusal) {
        failed_ = true;
        say_refusal(context_, file, refusal);
        const bool keep = exchange::calls_for_quarantine(refusal.reason);
        if (keep)
            if (auto kept = open_.book.quarantine(path, exchange::reason_word(refusal.reason), refusal.detail); !kept)
                return stop_casebook(context_, kept.error(), path);
        if (as_json_)
            reports_.push_back({{"file", file},
                                {"refused", exchange::reason_word(refusal.reason)},
                                {"detail", refusal.detail},
                                {"quarantined", keep}});
        return {};
    }

    void say_records(const std::string& file, const casebook::ImportReport& report) {
        print(context_.counted("cli.import.taken", report.records.size(),
                               {{"file", file}, {"sequence", std::to_string(report.sequence)}}) +
              "\n");
        for (const auto& record : report.records)
            if (casebook::is_refusal(record.outcome))
                context_.note("cli.import.record", {{"name", record.name},
                                                    {"outcome", std::string(casebook::outcome_word(record.outcome))},
                                                    {"detail", record.detail}});
    }

    const Context& context_;
    OpenCasebook& open_;
    bool as_json_;
    bool failed_ = false;
    json reports_ = json::array();
    std::set<std::string> devices_;
};

Outcome<void> import(const Context& context, const ImportOptions& options) {
    if (options.batches.empty()) return stop(context, "cli.import.usage", {}, Exit::Usage);
    auto open = open_casebook(context, options.casebook);
    if (!open) return tl::make_unexpected(open.error());
    Importer importer(context, *open, options.as_json);
    for (const auto& batch : options.batches) {
        if (stop_requested()) return stop(context, "cli.stopped");
        if (auto done = importer.one(batch); !done) return done;
    }
    if (auto done = importer.say_missing(); !done) return done;
    if (options.as_json && !print_json(importer.reports().dump(2, ' ', false, json::error_handler_t::replace)))
        return stop(context, "cli.file.output_closed");
    if (importer.failed()) return tl::make_unexpected(Said{Exit::Failed});
    return {};
}

}  // namespace

void add_import(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ImportOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("import", context.text("cli.import.help"));
    command->add_option("BATCH", options->batches, context.text("cli.import.batch"));
    add_casebook_options(*command, context, options->casebook);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(import(run.context, *options)); });
}

}  // namespace app::cli
