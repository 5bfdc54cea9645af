// amparo import: takes batches into a casebook. One bad batch or record never stops the others.
#include <CLI/CLI.hpp>
#include <memory>
#include <set>

#include "app/cli/casebook_access.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/import_report.hpp"
#include "app/cli/receipts.hpp"
#include "app/cli/stream.hpp"
#include "app/deployment/import.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct ImportOptions {
    std::vector<std::string> batches;
    CasebookOptions casebook;
    std::string receipt_key;
    bool plain_receipts = false;
    bool as_json = false;
};

/// What stands in the bar: which batch, and what is done with it.
class ImportBar {
  public:
    ImportBar(const Context& context, std::size_t batches) : context_(context), bar_(context), batches_(batches) {}

    void next() { ++batch_; }
    void hide() { bar_.hide(); }
    /// False when the person asked to stop. `key` says what is done.
    bool show(std::string_view key, std::uint64_t done, std::uint64_t total) {
        bar_.show(done, total,
                  context_.text(key, {{"number", std::to_string(batch_)}, {"batches", std::to_string(batches_)}}));
        return !stop_requested();
    }
    bool show(deployment::ImportStage stage, std::uint64_t done, std::uint64_t total) {
        using deployment::ImportStage;
        switch (stage) {
            case ImportStage::Checking:
                return show("cli.import.checking", done, total);
            case ImportStage::Storing:
                return show("cli.import.storing", done, total);
            case ImportStage::Opening:
                return show("cli.import.opening", done, total);
        }
        return true;
    }

  private:
    const Context& context_;
    Progress bar_;
    std::size_t batch_ = 0;
    std::size_t batches_;
};

/// Imports one batch after the other and remembers whether anything was refused.
class Importer {
  public:
    Importer(const Context& context, OpenCasebook& open, const ImportOptions& options, ReceiptDesk& receipts)
        : context_(context), open_(open), options_(options), receipts_(receipts) {}

    /// False when the person asked to stop.
    bool one(const std::string& path, ImportBar& bar) {
        const auto imported =
            deployment::import_batch(context_.ready(), open_, path, utc_today(),
                                     [&](deployment::ImportStage stage, std::uint64_t done, std::uint64_t total) {
                                         return bar.show(stage, done, total);
                                     });
        bar.hide();
        const auto file = shown(std::filesystem::path(path).filename());
        if (const auto* const batch = std::get_if<deployment::BatchTaken>(&imported)) taken(path, file, *batch);
        if (const auto* const batch = std::get_if<deployment::BatchRefused>(&imported)) refused(file, *batch);
        if (const auto* const batch = std::get_if<deployment::BatchNotNow>(&imported)) not_now(batch->why);
        return !std::holds_alternative<deployment::BatchStopped>(imported);
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

    /// A JSON array with one object for each batch.
    [[nodiscard]] std::string reports() const { return "[" + reports_ + "]"; }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    void add_report(const std::string& report) { reports_ += (reports_.empty() ? "" : ",\n") + report; }

    void taken(const std::string& path, const std::string& file, const deployment::BatchTaken& batch) {
        const auto& report = batch.report;
        say_standing(context_, file, report, utc_today());
        devices_.insert(report.device);
        failed_ = failed_ || is_alarm(report) || report.refused() > 0;
        const auto receipt = receipts_.issue(path, batch, open_);
        if (options_.as_json) add_report(report_json(file, report, receipt));
        if (batch.kept)
            revoked(file, report.device, *batch.kept);
        else if (!options_.as_json)
            say_records(context_, file, report);
    }

    /// The casebook could not take it: that is said of the casebook, and the next batch is tried all the same.
    void not_now(casebook::Error error) {
        failed_ = true;
        static_cast<void>(stop_casebook(context_, error, options_.casebook.file));
    }

    void refused(const std::string& file, const deployment::BatchRefused& batch) {
        failed_ = true;
        std::optional<bool> kept;
        if (batch.kept) {
            if (!*batch.kept) static_cast<void>(stop_casebook(context_, batch.kept->error(), options_.casebook.file));
            kept = batch.kept->value_or(false);
        }
        say_refusal(context_, file, batch.why, kept);
        if (options_.as_json) add_report(refusal_json(file, batch.why, kept.value_or(false)));
    }

    void revoked(const std::string& file, const std::string& device, const casebook::Result<bool>& kept) {
        if (!kept) return static_cast<void>(stop_casebook(context_, kept.error(), options_.casebook.file));
        context_.fail(*kept ? "cli.import.revoked" : "cli.import.revoked_noted", {{"device", device}, {"file", file}});
    }

    const Context& context_;
    OpenCasebook& open_;
    const ImportOptions& options_;
    ReceiptDesk& receipts_;
    bool failed_ = false;
    std::string reports_;
    std::set<std::string> devices_;
};

Outcome<void> import(const Context& context, const ImportOptions& options) {
    if (options.batches.empty()) return stop(context, "cli.import.usage", {}, Exit::Usage);
    std::optional<crypto::SecretBytes> typed;
    AMPARO_TRY(open, open_casebook(context, options.casebook, &typed));
    ReceiptDesk receipts(context, options.casebook.file, options.plain_receipts);
    AMPARO_DO(receipts.unlock(open, options.receipt_key, options.casebook.passphrase_file, typed ? &*typed : nullptr));
    typed.reset();
    Importer importer(context, open, options, receipts);
    bool stopped = false;
    {
        ImportBar bar(context, options.batches.size());
        for (const auto& batch : options.batches) {
            bar.next();
            stopped = stop_requested() || !importer.one(batch, bar);
            if (stopped) break;
        }
    }
    receipts.say(options.as_json);
    if (stopped) return stop(context, "cli.import.stopped");
    AMPARO_DO(importer.say_missing());
    if (options.as_json && !print_json(importer.reports())) return stop(context, "cli.file.output_closed");
    if (importer.failed()) return tl::make_unexpected(Failure{Exit::Failed});
    return {};
}

}  // namespace

void add_import(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ImportOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("import", context.text("cli.import.help"));
    command->add_option("BATCH", options->batches, context.text("cli.import.batch"));
    add_casebook_options(*command, context, options->casebook);
    command->add_option("--receipt-key", options->receipt_key, context.text("cli.import.receipt_key"));
    command->add_flag("--plain-receipts", options->plain_receipts, context.text("cli.import.plain_receipts"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(import(run.context, *options)); });
}

}  // namespace app::cli
