// amparo deployment new: keys, first bundle, casebook; with --demo also an enrolled kiosk whose keys protect nobody.
#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "app/casebook/casebook.hpp"
#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/demo_kiosk.hpp"
#include "app/cli/deployment_content.hpp"
#include "app/cli/failures.hpp"
#include "app/exchange/bundle.hpp"
#include "crypto/random.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::days bundle_life{365};
constexpr exchange::AppVersion minimum_app{{0, 1, 0}};

struct NewOptions {
    std::string folder;
    std::string name;
    std::string content;
    std::string passphrase_file;
    bool demo = false;
};

Outcome<crypto::Bytes> make_bundle(const Context& context, const NewOptions& options, const DeploymentKeys& keys) {
    const auto content = options.content.empty() ? std::nullopt : std::optional<fs::path>(options.content);
    auto files = bundle_files(context, content);
    if (!files) return tl::make_unexpected(files.error());
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const auto id = exchange::deployment_id(context.ready(), keys.deployment.public_key());
    exchange::BundleContents contents{
        {id, options.name, 1, minimum_app, today, today + bundle_life, options.demo},
        {{context.text("cli.deployment.coordinator"), keys.coordinator.recipient(), false},
         {context.text("cli.deployment.recovery"), keys.recovery.recipient(), true}},
        {{context.text("cli.deployment.coordinator"), keys.receipt.public_key()}},
        first_policy(*files, options.demo),
        std::move(*files)};
    auto bundle = exchange::build_bundle(context.ready(), contents, keys.deployment);
    if (!bundle) return stop_exchange(context, bundle.error(), exchange::bundle_file_name(1));
    return std::move(*bundle);
}

Outcome<void> make_casebook(const Context& context, const fs::path& root, const DeploymentKeys& keys) {
    if (auto done = make_folder(context, root / "casebook"); !done) return done;
    const auto file = root / "casebook" / "cases.db";
    const std::vector<crypto::Recipient> recipients{keys.coordinator.recipient(), keys.recovery.recipient()};
    const auto book = casebook::Casebook::create(context.ready(), file, recipients, keys.deployment.public_key());
    if (!book) return stop_casebook(context, book.error(), file.string());
    return {};
}

Outcome<void> fill(const Context& context, const NewOptions& options, const fs::path& root,
                   const crypto::SecretBytes* passphrase) {
    const auto keys = make_keys(context);
    if (!keys) return tl::make_unexpected(keys.error());
    const auto bundle = make_bundle(context, options, *keys);
    if (!bundle) return tl::make_unexpected(bundle.error());
    if (auto done = make_folder(context, root); !done) return done;
    if (auto done = write_keys(context, root / "keys", *keys, passphrase); !done) return done;
    if (auto done = write_file(context, root / exchange::bundle_file_name(1), *bundle); !done) return done;
    if (auto done = make_casebook(context, root, *keys); !done) return done;
    if (options.demo)
        if (auto done = make_demo_kiosk(context, root, *keys, *bundle); !done) return done;
    if (stop_requested()) return stop(context, "cli.stopped");
    return {};
}

Outcome<void> create(const Context& context, const NewOptions& options) {
    if (options.folder.empty() || options.name.empty())
        return stop(context, "cli.deployment.new.usage", {}, Exit::Usage);
    const auto destination = without_slash(options.folder);
    std::error_code error;
    if (fs::exists(destination, error)) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    std::optional<crypto::SecretBytes> passphrase;
    if (!options.demo) {
        const auto file =
            options.passphrase_file.empty() ? std::nullopt : std::optional<fs::path>(options.passphrase_file);
        auto chosen = new_passphrase(context, file, "cli.deployment.passphrase");
        if (!chosen) return tl::make_unexpected(chosen.error());
        passphrase = std::move(*chosen);
    }
    DraftFolder draft(context, destination);
    if (auto done = fill(context, options, draft.path(), passphrase ? &*passphrase : nullptr); !done) return done;
    if (!draft.publish()) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
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
    command->add_option("--content", options->content, context.text("cli.deployment.new.content"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_flag("--demo", options->demo, context.text("cli.deployment.new.demo"));
    command->callback([options, &run] { run.exit = exit_of(create(run.context, *options)); });
}

}  // namespace app::cli
