// amparo deployment new: keys, first bundle, casebook; with --demo also an enrolled kiosk whose keys protect nobody.
#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>

#include "app/cli/asking.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/new_passphrase.hpp"
#include "app/deployment/programme.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

struct NewOptions {
    std::string folder;
    std::string name;
    std::string coordinator;
    std::string content;
    std::string passphrase_file;
    bool demo = false;
};

/// A store that fails is that of the demonstration's kiosk.
tl::unexpected<Failure> stop_new(const Context& context, const deployment::Failure& failure) {
    const auto* const of_store = std::get_if<store::Error>(&failure.cause);
    if (of_store == nullptr) return stop_deployment(context, failure);
    return stop(context, "cli.deployment.kiosk",
                {{"file", shown(failure.subject)}, {"reason", std::string(store::describe(*of_store))}});
}

Outcome<void> fill(const Context& context, const NewOptions& options, const fs::path& root,
                   const crypto::SecretBytes* passphrase) {
    auto content = options.content.empty() ? deployment::Result<deployment::Content>(deployment::shipped_content())
                                           : deployment::content_of(options.content);
    if (!content) return stop_deployment(context, content.error());
    const auto done = deployment::make_programme(
        context.ready(), root,
        {options.name, options.coordinator, context.text("cli.deployment.recovery"), std::move(*content), options.demo},
        passphrase, utc_today(), [] { return std::chrono::steady_clock::now().time_since_epoch(); });
    if (!done) return stop_new(context, done.error());
    return {};
}

/// What no option says is asked for. A demonstration has no people.
Outcome<NewOptions> complete(const Context& context, NewOptions options) {
    AMPARO_TRY(name, given_or_asked(context, options.name, "cli.deployment.new.ask_name", "cli.deployment.new.usage"));
    options.name = std::move(name);
    const auto usual = context.text("cli.deployment.coordinator");
    if (options.demo && options.coordinator.empty()) options.coordinator = usual;
    AMPARO_TRY(coordinator,
               given_or_asked_or(context, options.coordinator, "cli.deployment.new.ask_coordinator", usual));
    options.coordinator = std::move(coordinator);
    return options;
}

Outcome<void> create(const Context& context, const NewOptions& given) {
    if (given.folder.empty()) return stop(context, "cli.deployment.new.usage", {}, Exit::Usage);
    const auto destination = without_slash(given.folder);
    std::error_code error;
    if (fs::exists(destination, error)) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    AMPARO_TRY(const options, complete(context, given));
    std::optional<crypto::SecretBytes> passphrase;
    if (!options.demo) {
        AMPARO_TRY(chosen, new_passphrase(context, passphrase_file_of(options.passphrase_file),
                                          "cli.deployment.passphrase", std::array{options.name, options.coordinator}));
        passphrase = std::move(chosen);
    }
    AMPARO_TRY(draft, draft_folder(context, destination));
    AMPARO_DO(fill(context, options, draft.path(), passphrase ? &*passphrase : nullptr));
    AMPARO_DO(publish(context, draft));
    context.say(options.demo ? "cli.deployment.new.demo_done" : "cli.deployment.new.done",
                {{"folder", shown(destination)}});
    return {};
}

}  // namespace

void add_deployment_new(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<NewOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("new", context.text("cli.deployment.new.help"));
    command->add_option("DIR", options->folder, context.text("cli.deployment.new.folder"));
    command->add_option("--name", options->name, context.text("cli.deployment.new.name"));
    command->add_option("--coordinator", options->coordinator, context.text("cli.deployment.new.coordinator"));
    command->add_option("--content", options->content, context.text("cli.deployment.new.content"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_flag("--demo", options->demo, context.text("cli.deployment.new.demo"));
    command->callback([options, &run] { run.exit = exit_of(create(run.context, *options)); });
}

}  // namespace app::cli
