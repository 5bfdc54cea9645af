#include "app/cli/deployment_keys.hpp"

#include "app/cli/casebook_access.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"

namespace app::cli {
namespace {

// As much work as age's own default (256 MiB), so that every protected file of a deployment asks for the same effort.
constexpr crypto::ScryptCost key_cost{8'388'608, 268'435'456};

template <crypto::Purpose P>
Outcome<void> write_pair(const Context& context, const std::filesystem::path& folder, const std::string& name,
                         const crypto::SecretKey<P>& key, const crypto::SecretBytes* passphrase) {
    const auto secret =
        passphrase == nullptr ? key.to_text(context.ready()) : key.to_text(context.ready(), *passphrase, key_cost);
    if (!secret) return stop_crypto(context, secret.error());
    if (auto done = write_file(context, folder / (name + ".key"), secret->view()); !done) return done;
    return write_file(context, folder / (name + ".pub"), crypto::as_bytes(key.public_key().to_text()));
}

}  // namespace

Outcome<DeploymentKeys> make_keys(const Context& context) {
    auto deployment = crypto::DeploymentSecretKey::generate(context.ready());
    if (!deployment) return stop_crypto(context, deployment.error());
    auto receipt = crypto::ReceiptSecretKey::generate(context.ready());
    if (!receipt) return stop_crypto(context, receipt.error());
    auto coordinator = crypto::open::Identity::generate(context.ready());
    if (!coordinator) return stop_crypto(context, coordinator.error());
    auto recovery = crypto::open::Identity::generate(context.ready());
    if (!recovery) return stop_crypto(context, recovery.error());
    return DeploymentKeys{std::move(*deployment), std::move(*receipt), std::move(*coordinator), std::move(*recovery)};
}

Outcome<void> write_keys(const Context& context, const std::filesystem::path& folder, const DeploymentKeys& keys,
                         const crypto::SecretBytes* passphrase) {
    if (auto done = make_folder(context, folder); !done) return done;
    if (auto done = write_pair(context, folder, "deployment", keys.deployment, passphrase); !done) return done;
    if (auto done = write_pair(context, folder, "receipt", keys.receipt, passphrase); !done) return done;
    if (auto done = write_identity(context, folder / coordinator_file, keys.coordinator, passphrase); !done)
        return done;
    return write_identity(context, folder / "recovery.identity", keys.recovery, passphrase);
}

}  // namespace app::cli
