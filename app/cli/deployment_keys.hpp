// The keys of a new deployment: made here, written below `keys`, held until the deployment is complete.
#pragma once

#include <filesystem>

#include "app/cli/files.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"

namespace app::cli {

struct DeploymentKeys {
    crypto::DeploymentSecretKey deployment;  ///< signs bundles and certificates
    crypto::ReceiptSecretKey receipt;        ///< signs receipts
    crypto::open::Identity coordinator;      ///< opens records
    crypto::open::Identity recovery;         ///< opens records when all coordinators' identities are lost
};

[[nodiscard]] Outcome<DeploymentKeys> make_keys(const Context& context);

/// deployment.key and .pub, receipt.key and .pub, coordinator.identity, recovery.identity, below `folder`. With a
/// passphrase every secret one is protected by it.
[[nodiscard]] Outcome<void> write_keys(const Context& context, const std::filesystem::path& folder,
                                       const DeploymentKeys& keys, const crypto::SecretBytes* passphrase);

}  // namespace app::cli
