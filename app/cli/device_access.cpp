#include "app/cli/device_access.hpp"

#include <CLI/CLI.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/identities.hpp"
#include "app/deployment/anchor.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

Outcome<std::vector<crypto::open::Identity>> identities_of(const Context& context, const DeviceOptions& options) {
    return read_identities(context, {options.identities.begin(), options.identities.end()},
                           passphrase_file_of(options.passphrase_file));
}

/// What the coordinator brings: the programme's key or a casebook, and identities.
Outcome<deployment::Anchor> anchor_of(const Context& context, const DeviceOptions& options) {
    for (const auto& file : {options.deployment, options.casebook})
        if (auto apart = deployment::check_apart(file, options.state); !apart)
            return stop_deployment(context, apart.error());
    std::optional<crypto::DeploymentPublicKey> named;
    if (!options.deployment.empty()) {
        const auto key = deployment::read_programme_key(options.deployment);
        if (!key) return stop_deployment(context, key.error());
        named = *key;
    }
    if (options.casebook.empty()) {
        AMPARO_TRY(identities, identities_of(context, options));
        return deployment::Anchor{*named, std::nullopt, std::move(identities)};
    }
    AMPARO_TRY(open, open_casebook(context, {options.casebook, options.identities, options.passphrase_file}));
    auto anchor = deployment::anchor_of(std::move(open), named, options.casebook);
    if (!anchor) return stop_deployment(context, anchor.error());
    return std::move(*anchor);
}

Outcome<void> check_usage(const Context& context, const DeviceOptions& options) {
    const bool programme = !options.casebook.empty() || !options.deployment.empty();
    const bool identity = !options.casebook.empty() || !options.identities.empty();
    if (options.state.empty() || !programme || !identity) return stop(context, "cli.device.usage", {}, Exit::Usage);
    return {};
}

}  // namespace

void add_device_options(CLI::App& command, const Context& context, DeviceOptions& options) {
    command.add_option("--state", options.state, context.text("cli.device.recover.state"));
    command.add_option("--casebook", options.casebook, context.text("cli.device.casebook"));
    command.add_option("--deployment", options.deployment, context.text("cli.device.deployment"));
    command.add_option("--device", options.device, context.text("cli.device.device"))->transform(lower_case);
    command.add_option("-i,--identity", options.identities, context.text("cli.option.identity"))
        ->allow_extra_args(false);
    command.add_option("--passphrase-file", options.passphrase_file, context.text("cli.option.passphrase_file"));
    command.add_option("--bundle", options.bundle, context.text("cli.device.bundle"));
    command.add_flag("--repair", options.repair, context.text("cli.device.recover.repair"));
    command.add_flag("--yes", options.yes, context.text("cli.device.yes"));
}

std::function<void(const deployment::Notice&)> teller(const Context& context, const DeviceOptions& options) {
    return [&context, state = fs::path(options.state)](const deployment::Notice& notice) {
        say_notice(context, notice, state);
    };
}

Outcome<deployment::OpenDevice> open_device(const Context& context, const DeviceOptions& options) {
    AMPARO_DO(check_usage(context, options));
    AMPARO_TRY(const anchor, anchor_of(context, options));
    Outcome<void> said;
    const auto agrees = [&](const std::string& device) {
        const auto words = exchange::deployment_words(context.ready(), anchor.programme);
        context.note("cli.device.whose", {{"words", words}, {"device", device}});
        if (!options.yes) said = confirm(context, "cli.device.go_on");
        return said.has_value();
    };
    auto open = deployment::open_device(
        context.ready(), anchor, {options.state, options.device, options.bundle, options.casebook, options.repair},
        {teller(context, options), agrees});
    if (!said) return tl::unexpected(said.error());
    if (!open) return stop_deployment(context, open.error());
    return std::move(*open);
}

Outcome<std::pair<store::StateFolder, store::Unlocked>> open_any_device(const Context& context,
                                                                        const DeviceOptions& options) {
    if (options.state.empty() || options.identities.empty())
        return stop(context, "cli.device.usage_sealed", {}, Exit::Usage);
    AMPARO_TRY(const identities, identities_of(context, options));
    auto open = deployment::open_any_device(context.ready(), identities, options.state, options.repair,
                                            teller(context, options));
    if (!open) return stop_deployment(context, open.error());
    return std::move(*open);
}

}  // namespace app::cli
