// amparo deployment join: a new coordinator makes their own keys, and the request that the programme answers.
#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <memory>

#include "app/cli/asking.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/new_passphrase.hpp"
#include "app/deployment/anchor.hpp"
#include "app/deployment/joining.hpp"
#include "app/exchange/certificate.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct JoinOptions {
    std::string folder;
    std::string label;
    std::string programme;
    std::string passphrase_file;
};

tl::unexpected<Failure> stop_join(const Context& context, const JoinOptions& options,
                                  const deployment::Failure& failure) {
    const auto* const of_request = std::get_if<exchange::Failure>(&failure.cause);
    if (of_request != nullptr && of_request->error == exchange::Error::Content)
        return stop(context, "cli.join.label_wrong", {{"label", options.label}});
    return stop_deployment(context, failure);
}

Outcome<void> join(const Context& context, const JoinOptions& given) {
    if (given.folder.empty() || given.programme.empty()) return stop(context, "cli.join.usage", {}, Exit::Usage);
    const auto destination = without_slash(given.folder);
    if (files::is_there(destination)) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    const auto programme = deployment::read_programme_key(given.programme);
    if (!programme) return stop_deployment(context, programme.error());
    context.note("cli.join.programme", {{"words", exchange::deployment_words(context.ready(), *programme)}});
    auto options = given;
    AMPARO_TRY(label, given_or_asked(context, given.label, "cli.join.ask_name", "cli.join.usage"));
    options.label = std::move(label);
    AMPARO_TRY(const passphrase, new_passphrase(context, passphrase_file_of(options.passphrase_file),
                                                "cli.deployment.passphrase", std::array{options.label}));
    AMPARO_TRY(draft, draft_folder(context, destination));
    const auto request =
        deployment::join_programme(context.ready(), draft.path(), options.label, *programme, passphrase);
    if (!request) return stop_join(context, options, request.error());
    AMPARO_DO(publish(context, draft));
    context.say("cli.words.are", {{"words", exchange::coordinator_words(context.ready(), *programme, *request)}});
    context.say("cli.join.done", {{"file", shown(destination / deployment::coordinator_request_file)}});
    return {};
}

}  // namespace

void add_deployment_join(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<JoinOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("join", context.text("cli.join.help"));
    command->add_option("DIR", options->folder, context.text("cli.deployment.new.folder"));
    command->add_option("--name", options->label, context.text("cli.join.name"));
    command->add_option("--deployment", options->programme, context.text("cli.join.deployment"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->callback([options, &run] { run.exit = exit_of(join(run.context, *options)); });
}

}  // namespace app::cli
