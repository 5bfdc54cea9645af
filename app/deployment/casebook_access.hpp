#pragma once
// Opening a casebook, and the identity that lies where it belongs. Must not know how a passphrase is asked for.

#include <filesystem>
#include <optional>
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

/// Errors: casebook::Error, as casebook::sqlcipher::open().
[[nodiscard]] Result<OpenCasebook> open_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                                 std::vector<crypto::open::Identity> identities);

}  // namespace app::deployment
