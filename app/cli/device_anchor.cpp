#include "app/cli/device_anchor.hpp"

#include "app/cli/bundles_beside.hpp"
#include "app/cli/casebook_access.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"
#include "app/files/inside.hpp"
#include "app/files/replaceable.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_key_bytes = 4096;

Outcome<crypto::DeploymentPublicKey> read_programme(const Context& context, const std::string& file) {
    const auto text = read_plain_file(context, file, most_key_bytes);
    if (!text) return tl::make_unexpected(text.error());
    if (files::replaceable(file, false)) return stop(context, "cli.device.programme_open", {{"file", shown(file)}});
    const auto key = crypto::DeploymentPublicKey::parse(crypto::as_text(*text));
    if (!key) return stop(context, "cli.device.no_programme", {{"file", shown(file)}});
    return *key;
}

/// What is to vouch for the folder must not come out of it.
Outcome<void> check_apart(const Context& context, const DeviceOptions& options) {
    for (const auto& file : {options.deployment, options.casebook})
        if (!file.empty() && files::lies_in(file, options.state))
            return stop(context, "cli.device.anchor_inside", {{"file", shown(file)}});
    return {};
}

}  // namespace

std::optional<fs::path> passphrase_file_of(const DeviceOptions& options) {
    return options.passphrase_file.empty() ? std::nullopt : std::optional<fs::path>(options.passphrase_file);
}

Outcome<Anchor> anchor_of(const Context& context, const DeviceOptions& options) {
    if (auto apart = check_apart(context, options); !apart) return tl::make_unexpected(apart.error());
    std::optional<crypto::DeploymentPublicKey> named;
    if (!options.deployment.empty()) {
        const auto key = read_programme(context, options.deployment);
        if (!key) return tl::make_unexpected(key.error());
        named = *key;
    }
    if (options.casebook.empty()) {
        auto identities = read_identities(context, {options.identities.begin(), options.identities.end()},
                                          passphrase_file_of(options));
        if (!identities) return tl::make_unexpected(identities.error());
        return Anchor{*named, std::nullopt, std::move(*identities)};
    }
    auto open = open_casebook(context, {options.casebook, options.identities, options.passphrase_file});
    if (!open) return tl::make_unexpected(open.error());
    const auto programme = open->book.deployment();
    if (named && !(*named == programme)) return stop(context, "cli.device.programmes_differ");
    auto known = open->book.devices();
    if (!known) return stop_casebook(context, known.error(), options.casebook);
    return Anchor{programme, std::move(*known), std::move(open->identities)};
}

Outcome<std::optional<exchange::Bundle>> own_bundle(const Context& context, const DeviceOptions& options,
                                                    const crypto::DeploymentPublicKey& programme) {
    if (options.bundle.empty())
        return options.casebook.empty() ? std::nullopt : bundle_beside(context, options.casebook, programme);
    const auto bytes = read_plain_file(context, options.bundle, exchange::bundle_most_bytes);
    if (!bytes) return tl::make_unexpected(bytes.error());
    auto bundle = exchange::load_bundle(context.ready(), *bytes, {programme});
    if (!bundle) return stop_exchange(context, bundle.error(), shown(options.bundle));
    return std::move(*bundle);
}

}  // namespace app::cli
