#pragma once
// What was said so far, encrypted so that an interview may go on after a crash: under a key that is never on a disk.

#include <cstdint>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/secret.hpp"

namespace crypto {

inline constexpr std::size_t draft_key_size = 32;
/// Bytes that sealing adds: magic, version, nonce, tag.
inline constexpr std::size_t draft_overhead = 8 + 1 + 24 + 16;

/// XChaCha20-Poly1305 with a random nonce, bound to the record and the revision it belongs to (FORMAT.md section 6).
/// `record` is public. Errors: Input (the key's length).
[[nodiscard]] Result<Bytes> seal_draft(SodiumReady ready, const SecretBytes& key, std::string_view record,
                                       std::uint32_t revision, ByteView content);

/// Errors: Malformed (not such a draft), WrongSecret (another key, record or revision, or changed), LockedMemory,
/// Input.
[[nodiscard]] Result<SecretBytes> open_draft(SodiumReady ready, const SecretBytes& key, std::string_view record,
                                             std::uint32_t revision, ByteView sealed);

}  // namespace crypto
