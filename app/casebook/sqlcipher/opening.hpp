#pragma once
// Making and opening a casebook that an SQLCipher database keeps, with its key in a file beside it.

#include <filesystem>
#include <span>

#include "app/casebook/casebook.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/recipient.hpp"

namespace app::casebook::sqlcipher {

/// A new casebook: random key sealed to the recipients beside it, both mode 0600. `deployment` is the key whose
/// devices it accepts, from now on. Errors: Exists, ReadOnly, NoSpace, Io, Memory, Library.
[[nodiscard]] Result<Casebook> create(crypto::SodiumReady ready, const std::filesystem::path& file,
                                      std::span<const crypto::Recipient> recipients,
                                      const crypto::DeploymentPublicKey& deployment);
/// Errors: Missing, NoIdentity, KeyDamaged, InUse, Damaged, ReadOnly, NoSpace, Io, Newer, Memory, Library.
[[nodiscard]] Result<Casebook> open(crypto::SodiumReady ready, const std::filesystem::path& file,
                                    std::span<const crypto::open::Identity> identities);

}  // namespace app::casebook::sqlcipher
