#pragma once
// The answer to a batch, under the secret that travelled sealed inside that batch: only who sent it and who opened it
// can name, write or read the answer. Knows nothing of what an answer says.

#include <string>

#include "crypto/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/ready.hpp"

namespace crypto {

inline constexpr std::size_t return_secret_size = 32;
/// Bytes that sealing adds: nonce and tag.
inline constexpr std::size_t reply_overhead = 24 + 16;

/// What the answer is called: 16 lower-case hexadecimal digits, which say nothing to whoever lacks the secret.
/// Error: Input (the secret's length).
[[nodiscard]] Result<std::string> reply_name(SodiumReady ready, ByteView secret);

/// XChaCha20-Poly1305 under a key that the secret gives (FORMAT.md section 9). The same content gives the same bytes.
/// Errors: Input (the secret's length).
[[nodiscard]] Result<Bytes> seal_reply(SodiumReady ready, ByteView secret, ByteView content);

/// Errors: Malformed (too short), WrongSecret (another secret, or changed), Input.
[[nodiscard]] Result<Bytes> open_reply(SodiumReady ready, ByteView secret, ByteView sealed);

}  // namespace crypto
