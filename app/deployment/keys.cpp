#include "app/deployment/keys.hpp"

#include "app/deployment/files.hpp"
#include "app/deployment/identities.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

// As much work as age's own default (256 MiB), so that every protected file of a programme asks for the same effort.
constexpr crypto::ScryptCost key_cost{8'388'608, 268'435'456};

template <crypto::Purpose P>
Result<void> write_pair(crypto::SodiumReady ready, const std::filesystem::path& folder, const std::string& name,
                        const crypto::SecretKey<P>& key, const crypto::SecretBytes* passphrase) {
    const auto file = folder / (name + ".key");
    AMPARO_TRY(const secret, about(file.string(), passphrase == nullptr ? key.to_text(ready)
                                                                        : key.to_text(ready, *passphrase, key_cost)));
    AMPARO_DO(write_new(file, secret.view()));
    return write_new(folder / (name + ".pub"), crypto::as_bytes(key.public_key().to_text()));
}

}  // namespace

std::vector<crypto::Recipient> Keys::recipients() const {
    return {coordinator.recipient(), recovery.recipient()};
}

Result<Keys> make_keys(crypto::SodiumReady ready) {
    AMPARO_TRY(deployment, about({}, crypto::DeploymentSecretKey::generate(ready)));
    AMPARO_TRY(receipt, about({}, crypto::ReceiptSecretKey::generate(ready)));
    AMPARO_TRY(coordinator, about({}, crypto::open::Identity::generate(ready)));
    AMPARO_TRY(recovery, about({}, crypto::open::Identity::generate(ready)));
    return Keys{std::move(deployment), std::move(receipt), std::move(coordinator), std::move(recovery)};
}

Result<void> write_deployment_key(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                  const crypto::DeploymentSecretKey& key, const crypto::SecretBytes* passphrase) {
    return write_pair(ready, folder, "deployment", key, passphrase);
}

Result<void> write_own_keys(crypto::SodiumReady ready, const std::filesystem::path& folder,
                            const crypto::ReceiptSecretKey& receipt, const crypto::open::Identity& coordinator,
                            const crypto::SecretBytes* passphrase) {
    AMPARO_DO(write_pair(ready, folder, "receipt", receipt, passphrase));
    return write_identity(ready, folder / coordinator_file, coordinator, passphrase);
}

Result<void> write_keys(crypto::SodiumReady ready, const std::filesystem::path& folder, const Keys& keys,
                        const crypto::SecretBytes* passphrase) {
    AMPARO_DO(make_folder(folder));
    AMPARO_DO(write_deployment_key(ready, folder, keys.deployment, passphrase));
    AMPARO_DO(write_own_keys(ready, folder, keys.receipt, keys.coordinator, passphrase));
    AMPARO_DO(write_identity(ready, folder / recovery_file, keys.recovery, passphrase));
    return seal_deployment_key(ready, sealed_key_of(folder.parent_path()), keys.deployment, keys.recovery.recipient());
}

}  // namespace app::deployment
