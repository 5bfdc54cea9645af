// amparo bundle sign: one signature more on a draft, after what it changes was shown.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/bundle_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/programme_folder.hpp"
#include "app/cli/signing.hpp"
#include "app/deployment/bundle_diff.hpp"
#include "app/deployment/bundle_signing.hpp"
#include "app/files/folder.hpp"

namespace app::cli {
namespace {

struct BundleSignOptions {
    std::string folder;
    std::string draft;
    std::string key;
    std::string passphrase_file;
    bool yes = false;
    bool as_json = false;
};

/// That of the programme where it is; else the coordinator's own.
std::string signing_key_of(const BundleSignOptions& options, const std::filesystem::path& root) {
    if (!options.key.empty()) return options.key;
    const auto deployment = root / "keys" / "deployment.key";
    return (files::is_there(deployment) ? deployment : root / "keys" / "receipt.key").string();
}

Outcome<void> report_signed(const Context& context, const BundleSignOptions& options,
                            const deployment::SignedDraft& done, std::uint32_t needed) {
    if (options.as_json) {
        const nlohmann::json all{{"signatures", done.signatures},
                                 {"signatures_required", needed},
                                 {"file", done.bundle ? nlohmann::json(shown(*done.bundle)) : nlohmann::json()}};
        if (!print_json(all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)))
            return stop(context, "cli.file.output_closed");
        return {};
    }
    if (done.bundle)
        context.say("cli.bundle.build.done", {{"file", shown(*done.bundle)}});
    else
        context.say("cli.bundle.sign.more", {{"file", shown(options.draft)},
                                             {"number", std::to_string(done.signatures)},
                                             {"needed", std::to_string(needed)}});
    return {};
}

Outcome<void> sign_one(const Context& context, const BundleSignOptions& options) {
    if (options.folder.empty() || options.draft.empty()) return stop(context, "cli.bundle.sign.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    const auto look = deployment::look_at_draft(context.ready(), programme.root, options.draft, programme.key);
    if (!look) return stop_deployment(context, look.error());
    const auto lines = look->previous ? difference_lines(context, deployment::differences(*look->previous, look->next))
                                      : one_line(context.text("cli.bundle.build.first"));
    if (options.as_json)
        context.show(lines);
    else if (!print(lines))
        return stop(context, "cli.file.output_closed");
    if (!options.yes) AMPARO_DO(confirm(context, "cli.bundle.build.question"));
    const auto key_file = signing_key_of(options, programme.root);
    AMPARO_TRY(const key, read_signing_key<crypto::Purpose::Plain>(context, key_file, options.passphrase_file));
    if (stop_requested()) return stop(context, "cli.stopped");
    const auto done = deployment::sign_bundle_draft(context.ready(), programme.root, options.draft, *look, key);
    if (done) return report_signed(context, options, *done, look->trust.signatures);
    const auto* const why = std::get_if<exchange::Failure>(&done.error().cause);
    if (why != nullptr && why->error == exchange::Error::Deployment)
        return stop(context, "cli.bundle.sign.not_a_signer", {{"file", shown(key_file)}});
    if (why != nullptr && why->error == exchange::Error::Exists && done.error().subject == options.draft)
        return stop(context, "cli.bundle.sign.already", {{"file", shown(key_file)}});
    return stop_deployment(context, done.error());
}

}  // namespace

void add_bundle_sign(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<BundleSignOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("sign", context.text("cli.bundle.sign.help"));
    command->add_option("DIR", options->folder, context.text("cli.bundle.sign.folder"));
    command->add_option("DRAFT", options->draft, context.text("cli.bundle.sign.draft"));
    command->add_option("--secret-key", options->key, context.text("cli.bundle.sign.key"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_flag("--yes", options->yes, context.text("cli.bundle.build.yes"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(sign_one(run.context, *options)); });
}

}  // namespace app::cli
