#pragma once
// The casebook's database key in its age file beside the casebook. Inside app/casebook only.

#include <filesystem>
#include <span>

#include "app/casebook/casebook.hpp"

namespace app::casebook::detail {

/// Draws a key, seals its 64 hexadecimal digits (what SQLCipher's own tool takes as a raw key) to the recipients, and
/// writes the file durably; never over an existing one. Errors: Exists, ReadOnly, NoSpace, Io, Memory, Internal.
[[nodiscard]] Result<crypto::SecretBytes> make_key_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                        std::span<const crypto::Recipient> recipients);
/// Errors: Missing, NoIdentity, KeyDamaged, Io, Memory.
[[nodiscard]] Result<crypto::SecretBytes> read_key_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                        std::span<const crypto::open::Identity> identities);

}  // namespace app::casebook::detail
