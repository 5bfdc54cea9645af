#pragma once
// The token that proves libsodium is initialised and every primitive gave its known answer.

#include "crypto/error.hpp"

namespace crypto {

/// Empty and freely copied; everything that needs the library takes one. Only init() makes it.
class SodiumReady {
  public:
    /// Initialises libsodium and compares one published answer of each primitive used (SHA-256, HMAC, HKDF RFC 5869,
    /// ChaCha20-Poly1305 RFC 8439, XChaCha20-Poly1305, X25519 RFC 7748, Ed25519 RFC 8032, BLAKE2b RFC 7693, scrypt,
    /// Argon2id, random source; SHA-3, ML-KEM-768 and X-Wing where libsodium has them). A few milliseconds; may be
    /// called again. Errors: SelfTest, LockedMemory.
    [[nodiscard]] static Result<SodiumReady> init() noexcept;

  private:
    SodiumReady() noexcept = default;
};

}  // namespace crypto
