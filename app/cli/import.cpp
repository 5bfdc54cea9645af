// amparo import: takes batches into a casebook. One bad batch or record never stops the others.
#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/import_report.hpp"
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

/// Imports one batch after the other and remembers whether anything was refused.
class Importer {
  public:
    Importer(const Context& context, OpenCasebook& open, const ImportOptions& options)
        : context_(context), open_(open), options_(options) {}

    void one(const std::string& path) {
        const auto file = shown(std::filesystem::path(path).filename());
        const auto batch =
            exchange::open_batch(context_.ready(), path, open_.identities, open_.book.deployment(), today());
        if (!batch) return refused(path, file, batch.error());
        const auto report = open_.book.import_batch(*batch, open_.identities);
        if (!report) return not_now(report.error());
        say_standing(context_, file, *report, today());
        devices_.insert(report->device);
        failed_ = failed_ || is_alarm(*report) || report->refused() > 0;
        if (options_.as_json) reports_.push_back(json::parse(report_json(file, *report)));
        if (report->standing == casebook::Standing::Revoked) return revoked(path, file, report->device);
        if (!options_.as_json) say_records(context_, file, *report);
    }

    /// Says which batches of the devices in this import have still not arrived.
    Outcome<void> say_missing() {
        const auto known = open_.book.devices();
        if (!known) return stop_casebook(context_, known.error(), options_.casebook.file);
        for (const auto& device : *known) {
            if (!devices_.contains(device.device)) continue;
            for (const auto& sentence : gap_sentences(context_, device.device, device.missing)) context_.show(sentence);
            if (device.audit == casebook::AuditStanding::Missing)
                context_.note("cli.import.audit_missing", {{"device", device.device}});
        }
        return {};
    }

    [[nodiscard]] const json& reports() const { return reports_; }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    /// The casebook could not take it: that is said of the casebook, and the next batch is tried all the same.
    void not_now(casebook::Error error) {
        failed_ = true;
        static_cast<void>(stop_casebook(context_, error, options_.casebook.file));
    }

    void refused(const std::string& path, const std::string& file, const exchange::BatchRefusal& refusal) {
        failed_ = true;
        std::optional<bool> kept;
        if (exchange::calls_for_quarantine(refusal.reason)) {
            const auto done = open_.book.quarantine(path, exchange::reason_word(refusal.reason), refusal.detail);
            if (!done) not_now(done.error());
            kept = done.value_or(false);
        }
        say_refusal(context_, file, refusal, kept);
        if (options_.as_json)
            reports_.push_back({{"file", file},
                                {"refused", exchange::reason_word(refusal.reason)},
                                {"detail", refusal.detail},
                                {"quarantined", kept.value_or(false)}});
    }

    void revoked(const std::string& path, const std::string& file, const std::string& device) {
        const auto kept = open_.book.quarantine(path, "revoked", device);
        if (!kept) return not_now(kept.error());
        context_.fail(*kept ? "cli.import.revoked" : "cli.import.revoked_noted", {{"device", device}, {"file", file}});
    }

    const Context& context_;
    OpenCasebook& open_;
    const ImportOptions& options_;
    bool failed_ = false;
    json reports_ = json::array();
    std::set<std::string> devices_;
};

Outcome<void> import(const Context& context, const ImportOptions& options) {
    if (options.batches.empty()) return stop(context, "cli.import.usage", {}, Exit::Usage);
    auto open = open_casebook(context, options.casebook);
    if (!open) return tl::make_unexpected(open.error());
    Importer importer(context, *open, options);
    for (const auto& batch : options.batches) {
        if (stop_requested()) return stop(context, "cli.stopped");
        importer.one(batch);
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
