#pragma once
// Internal: the mlkem768x25519 stanza (C2SP age.md, "The MLKEM768-X25519 hybrid post-quantum recipient type") as its
// sender makes it, and the keys that HPKE gives both sides. It opens nothing: that is crypto/open.

#include <array>

#include "crypto/recipient.hpp"
#include "crypto/secret.hpp"

namespace crypto::age {

inline constexpr std::string_view hybrid_type = "mlkem768x25519";
inline constexpr std::string_view hybrid_info = "age-encryption.org/mlkem768x25519";

/// What one stanza's body is sealed with (RFC 9180, base mode, KEM 0x647a, HKDF-SHA-256, ChaCha20-Poly1305).
struct HpkeKeys {
    std::array<std::byte, 32> key{};
    std::array<std::byte, 12> nonce{};
    HpkeKeys() noexcept = default;
    HpkeKeys(const HpkeKeys&) = delete;
    HpkeKeys& operator=(const HpkeKeys&) = delete;
    ~HpkeKeys() { wipe(key); }
};
void hpke_keys(HpkeKeys& out, ByteView shared_secret, std::string_view info);

/// Appends the stanza that gives `file_key` to that key. Errors: Input (no secret can be shared with it), Kind.
[[nodiscard]] Result<void> wrap_hybrid(Bytes& out, ByteView file_key, const Recipient& recipient);

/// A recipient whose secret nobody has: made as every other is, because what is sealed to it must look like the rest.
/// Error: Kind.
[[nodiscard]] Result<Recipient> throw_away_hybrid(SodiumReady ready);

}  // namespace crypto::age
