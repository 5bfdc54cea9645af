#pragma once
// The keys of a new programme: made here, written into a folder, held until the programme is complete.

#include <filesystem>

#include "app/deployment/failure.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"

namespace app::deployment {

struct Keys {
    crypto::DeploymentSecretKey deployment;  ///< signs bundles and certificates
    crypto::ReceiptSecretKey receipt;        ///< signs receipts
    crypto::open::Identity coordinator;      ///< opens records
    crypto::open::Identity recovery;         ///< opens records when all coordinators' identities are lost

    /// Coordinator and recovery: whom everything is sealed to.
    [[nodiscard]] std::vector<crypto::Recipient> recipients() const;
};

/// Errors: crypto::Error.
[[nodiscard]] Result<Keys> make_keys(crypto::SodiumReady ready);

/// "recovery.identity": what the recovery identity's file is called.
inline constexpr const char* recovery_file = "recovery.identity";

/// deployment.key and .pub, receipt.key and .pub, coordinator.identity, recovery.identity, in the new folder, and the
/// deployment key once more, sealed to the recovery identity. With a passphrase every secret one is protected by it.
/// Errors: exchange::Failure, crypto::Error.
[[nodiscard]] Result<void> write_keys(crypto::SodiumReady ready, const std::filesystem::path& folder, const Keys& keys,
                                      const crypto::SecretBytes* passphrase);

/// deployment.key and .pub. Errors: as write_keys().
[[nodiscard]] Result<void> write_deployment_key(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                                const crypto::DeploymentSecretKey& key,
                                                const crypto::SecretBytes* passphrase);

/// What a coordinator has of their own: receipt.key and .pub, coordinator.identity, in a folder that is there. Errors:
/// as write_keys().
[[nodiscard]] Result<void> write_own_keys(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                          const crypto::ReceiptSecretKey& receipt,
                                          const crypto::open::Identity& coordinator,
                                          const crypto::SecretBytes* passphrase);

}  // namespace app::deployment
