#pragma once
// Internal: from a header's stanzas to the file key.

#include "crypto/age_header.hpp"
#include "crypto/open/open.hpp"

namespace crypto::open {

/// Validates every stanza of a known type, finds the first that one of the keys opens, and checks the header MAC.
/// The file key goes into memory that the caller wipes. Errors: NoMatch, Header, Mac, WorkFactor, Memory, LockedMemory.
using FileKey = std::span<std::byte, age::file_key_size>;
[[nodiscard]] Result<void> unwrap(SodiumReady ready, const age::Header& header, const Keys& keys, FileKey file_key);

/// The file key that a stanza of the post-quantum kind holds for an identity of that kind; `sealed` has 1,120 bytes,
/// `body`
/// 32. Errors: NoMatch, Header (a share of low order).
[[nodiscard]] Result<void> unwrap_hybrid(ByteView sealed, ByteView body, const Identity& identity, FileKey file_key);

/// scrypt's 32-byte wrapping key for a passphrase (C2SP age.md, "The scrypt recipient type"): r = 8, p = 1.
[[nodiscard]] Result<SecretBytes> scrypt_key(SodiumReady ready, const SecretBytes& passphrase, ByteView salt,
                                             unsigned work_factor);

}  // namespace crypto::open
