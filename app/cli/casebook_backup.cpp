// amparo casebook backup: the whole casebook as one file that coordinators and the recovery key open.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/signing.hpp"
#include "app/cli/stream.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/casebook_backup.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct BackupOptions {
    OwnCasebook own;
    std::string output;
    std::string key;
    bool as_json = false;
};

Outcome<void> report_backup(const Context& context, const BackupOptions& options, const deployment::BackupOrder& order,
                            const deployment::BackedUp& done) {
    const auto& bundle = order.bundle;
    const auto signer = deployment::signer_in(bundle, order.key.public_key())->label;
    if (options.as_json) {
        auto opened_by = json::array();
        for (const auto& one : bundle.recipients) opened_by.push_back(one.label);
        const json all{{"file", shown(order.out)},          {"bytes", done.bytes},
                       {"refused_files", done.refused},     {"made", exchange::day_text(order.today)},
                       {"bundle", bundle.version.sequence}, {"signer", signer},
                       {"recipients", std::move(opened_by)}};
        if (!print_json(all.dump(2, ' ', false, json::error_handler_t::replace)))
            return stop(context, "cli.file.output_closed");
        return {};
    }
    auto said = one_line(context.text(
        "cli.backup.done",
        {{"file", shown(order.out)}, {"signer", signer}, {"number", std::to_string(bundle.version.sequence)}}));
    for (const auto& one : bundle.recipients) said += one_line("  " + one.label);
    if (!print(said + one_line(context.text("cli.backup.elsewhere")))) return stop(context, "cli.file.output_closed");
    return {};
}

Outcome<void> back_up_casebook(const Context& context, const BackupOptions& options) {
    if (options.own.folder.empty() || options.output.empty()) return stop(context, "cli.backup.usage", {}, Exit::Usage);
    AMPARO_TRY(open, open_own_casebook(context, options.own));
    const auto root = without_slash(options.own.folder);
    const auto file = options.own.file();
    const auto bundle = deployment::bundle_beside(context.ready(), file, open.book.deployment());
    if (!bundle) return stop(context, "cli.backup.no_bundle", {{"file", shown(root)}});
    const auto key_file = options.key.empty() ? (root / "keys" / "receipt.key").string() : options.key;
    AMPARO_TRY(const key, read_signing_key<crypto::Purpose::Receipt>(context, key_file, options.own.passphrase_file));
    if (deployment::signer_in(*bundle, key.public_key()) == nullptr)
        return stop(context, "cli.backup.not_a_signer", {{"file", shown(key_file)}});
    const deployment::BackupOrder order{file, *bundle, key, utc_today(), options.output};
    const auto done = [&] {
        Progress bar(context, 0);
        return deployment::back_up(context.ready(), order, open, [&](std::uint64_t so_far, std::uint64_t total) {
            bar.show(so_far, total, context.text("cli.backup.writing"));
            return !stop_requested();
        });
    }();
    if (!done) return stop_deployment(context, done.error());
    return report_backup(context, options, order, *done);
}

}  // namespace

void add_casebook_backup(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<BackupOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("backup", context.text("cli.backup.help"));
    add_own_casebook_options(*command, context, options->own);
    command->add_option("-o,--output", options->output, context.text("cli.backup.output"));
    command->add_option("--secret-key", options->key, context.text("cli.backup.key"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(back_up_casebook(run.context, *options)); });
}

}  // namespace app::cli
