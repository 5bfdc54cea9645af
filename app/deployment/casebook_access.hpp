#pragma once
// Opening a casebook, and the identity that lies where it belongs. Must not know how a passphrase is asked for.

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "app/deployment/failure.hpp"
#include "crypto/open/identity.hpp"

namespace app::deployment {

/// A casebook with the identities that opened it.
struct OpenCasebook {
    casebook::Casebook book;
    std::vector<crypto::open::Identity> identities;
};

/// Where make_programme() puts the coordinator's identity: the folder `keys` beside the casebook's folder. The path
/// also when nothing is there.
[[nodiscard]] std::filesystem::path identity_beside(const std::filesystem::path& casebook);

/// The casebook in the folder of a programme or of a coordinator.
[[nodiscard]] std::filesystem::path casebook_of(const std::filesystem::path& root);

/// A new, empty one there, with its folder; it heeds the bundle that is there. Errors: exchange::Failure,
/// casebook::Error.
[[nodiscard]] Result<void> make_casebook(crypto::SodiumReady ready, const std::filesystem::path& root,
                                         std::span<const crypto::Recipient> recipients,
                                         const crypto::DeploymentPublicKey& programme);

/// It heeds the newest bundle beside it that is newer than the last one and has the signatures that this one asks for:
/// whom the programme revokes. Errors: casebook::Error, as casebook::sqlcipher::open() and Casebook::heed().
[[nodiscard]] Result<OpenCasebook> open_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                                 std::vector<crypto::open::Identity> identities);

}  // namespace app::deployment
