#pragma once
// Internal: X-Wing (ML-KEM-768 with X25519; draft-connolly-cfrg-xwing-kem) of libsodium 1.0.22. Where the library is
// older there is none, and every function here says no.

#include <sodium.h>

#include "crypto/raw.hpp"

#if __has_include(<sodium/crypto_kem_xwing.h>)
#define AMPARO_XWING
#endif

namespace crypto::xwing {

inline constexpr std::size_t public_size = 1216;  ///< ML-KEM-768's key, then X25519's
inline constexpr std::size_t sealed_size = 1120;  ///< ML-KEM-768's ciphertext, then X25519's share
inline constexpr std::size_t seed_size = 32;      ///< all that is secret

using Public = std::span<std::byte, public_size>;
using Sealed = std::span<std::byte, sealed_size>;
using Shared = std::span<std::byte, 32>;

#ifdef AMPARO_XWING
static_assert(public_size == crypto_kem_xwing_PUBLICKEYBYTES && sealed_size == crypto_kem_xwing_CIPHERTEXTBYTES &&
              seed_size == crypto_kem_xwing_SECRETKEYBYTES && seed_size == crypto_kem_xwing_SEEDBYTES);
inline constexpr bool available = true;

/// The public key of a seed.
[[nodiscard]] inline bool public_of(Public key, std::span<const std::byte, seed_size> seed) noexcept {
    Scratch<seed_size> same;  // the library's secret key is the seed
    return crypto_kem_xwing_seed_keypair(raw(key), raw(same.writable()), raw(seed)) == 0;
}
/// A new secret and what gives it to whoever has the key's seed. No for a key that nothing can be shared with.
[[nodiscard]] inline bool seal(Sealed sealed, Shared secret, ByteView key) noexcept {
    return key.size() == public_size && crypto_kem_xwing_enc(raw(sealed), raw(secret), raw(key)) == 0;
}
/// The secret, which is another one where `sealed` is not for this seed. No for a share of low order.
[[nodiscard]] inline bool open(Shared secret, ByteView sealed, ByteView seed) noexcept {
    return sealed.size() == sealed_size && seed.size() == seed_size &&
           crypto_kem_xwing_dec(raw(secret), raw(sealed), raw(seed)) == 0;
}
#else
inline constexpr bool available = false;
[[nodiscard]] inline bool public_of(Public, std::span<const std::byte, seed_size>) noexcept {
    return false;
}
[[nodiscard]] inline bool seal(Sealed, Shared, ByteView) noexcept {
    return false;
}
[[nodiscard]] inline bool open(Shared, ByteView, ByteView) noexcept {
    return false;
}
#endif

/// One published answer of SHA-3, SHAKE, ML-KEM-768 and X-Wing, the way back, and a changed ciphertext. True where
/// there is no X-Wing.
[[nodiscard]] bool gives_known_answers();

}  // namespace crypto::xwing
