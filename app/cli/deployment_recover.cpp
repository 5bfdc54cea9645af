// amparo deployment recover: the sheets of the recovery key give back its identity, and with it the deployment key.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/new_passphrase.hpp"
#include "app/cli/share_reading.hpp"
#include "app/deployment/keys.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct SheetsRecoverOptions {
    std::string programme;
    std::string folder;
    std::vector<std::string> files;
    std::string key;
    std::string passphrase_file;
};

/// What the identity opens besides: the sealed deployment key, or why there is none.
deployment::Result<crypto::DeploymentSecretKey> sealed_key(const Context& context, const SheetsRecoverOptions& options,
                                                           const SharesProgramme& programme,
                                                           const crypto::open::Identity& recovery) {
    const auto& [root, key] = programme.folder;
    const auto file = options.key.empty() ? deployment::sealed_key_of(root) : std::filesystem::path(options.key);
    return deployment::open_deployment_key(context.ready(), file, recovery, key);
}

/// What a passphrase for its keys is not made of.
std::vector<std::string> names_in(const exchange::Bundle& bundle) {
    std::vector<std::string> names{bundle.version.name};
    for (const auto& one : bundle.recipients) names.push_back(one.label);
    for (const auto& one : bundle.signers) names.push_back(one.label);
    return names;
}

Outcome<void> recover_from_sheets(const Context& context, const SheetsRecoverOptions& options) {
    if (options.programme.empty() || options.folder.empty()) return stop(context, "cli.recover.usage", {}, Exit::Usage);
    const auto destination = without_slash(options.folder);
    if (files::is_there(destination)) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    AMPARO_TRY(const programme, shares_programme(context, options.programme));
    // Asked for first: nobody types sheets for half an hour to be told that a passphrase is too short.
    AMPARO_TRY(const passphrase, new_passphrase(context, passphrase_file_of(options.passphrase_file),
                                                "cli.recover.passphrase", names_in(programme.bundle)));
    AMPARO_TRY(const read, read_sheets(context, programme, options.files));
    const auto& recovery = read.joined.identity;
    const auto key = sealed_key(context, options, programme, recovery);
    AMPARO_TRY(draft, draft_folder(context, destination));
    const auto written =
        deployment::write_recovered(context.ready(), draft.path(), recovery, key ? &*key : nullptr, passphrase);
    if (!written) return stop_deployment(context, written.error());
    AMPARO_DO(publish(context, draft));
    if (!read.joined.wrong.empty()) context.note("cli.recover.wrong", {{"numbers", numbers_text(read.joined.wrong)}});
    context.say("cli.recover.done", {{"file", shown(destination / deployment::recovery_file)}});
    if (key) {
        context.say("cli.recover.key_done", {{"file", shown(destination / "deployment.key")}});
        return {};
    }
    static_cast<void>(stop_deployment(context, key.error()));
    return stop(context, "cli.recover.no_key");
}

}  // namespace

void add_deployment_recover(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<SheetsRecoverOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("recover", context.text("cli.recover.help"));
    command->add_option("DIR", options->programme, context.text("cli.recover.programme"));
    command->add_option("OUT", options->folder, context.text("cli.recover.folder"));
    command->add_option("FILE", options->files, context.text("cli.shares.files"));
    command->add_option("--sealed-key", options->key, context.text("cli.recover.key"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->callback([options, &run] { run.exit = exit_of(recover_from_sheets(run.context, *options)); });
}

}  // namespace app::cli
