#pragma once
// The key of a casebook's database, in its age file beside it.

#include <filesystem>
#include <span>

#include "app/casebook/error.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/recipient.hpp"
#include "crypto/secret.hpp"

namespace app::casebook::sqlcipher {

/// Where a casebook's key lies: `<file>.key.age`.
[[nodiscard]] std::filesystem::path key_file_of(const std::filesystem::path& casebook);

/// Draws a key, seals its 64 hexadecimal digits (what SQLCipher's own tool takes as a raw key) to the recipients, and
/// writes the file durably; never over an existing one. Errors: Exists, ReadOnly, NoSpace, Io, Memory, Internal.
[[nodiscard]] Result<crypto::SecretBytes> make_key_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                        std::span<const crypto::Recipient> recipients);
/// What such a file holds, of a key that is there already, for these recipients. Errors: Memory, Internal.
[[nodiscard]] Result<crypto::Bytes> seal_key(crypto::SodiumReady ready, const crypto::SecretBytes& key,
                                             std::span<const crypto::Recipient> recipients);
/// Errors: Missing, NoIdentity, KeyDamaged, Io, Memory.
[[nodiscard]] Result<crypto::SecretBytes> read_key_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                        std::span<const crypto::open::Identity> identities);

}  // namespace app::casebook::sqlcipher
