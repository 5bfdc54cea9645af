#pragma once
// Hashes and key derivation, streaming and at once; they know nothing of what they hash.

#include <array>
#include <cstddef>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace crypto {

using Digest = std::array<std::byte, 32>;
using Digest512 = std::array<std::byte, 64>;

/// SHA-256 (FIPS 180-4).
[[nodiscard]] Digest sha256(SodiumReady ready, ByteView data) noexcept;

/// SHA-256 of data that comes in pieces. After finish() the object starts anew. Wiped at the end.
class Sha256 {
  public:
    explicit Sha256(SodiumReady ready) noexcept;
    Sha256(const Sha256&) = default;
    Sha256& operator=(const Sha256&) = default;
    ~Sha256();
    void update(ByteView data) noexcept;
    [[nodiscard]] Digest finish() noexcept;

  private:
    alignas(16) std::array<std::byte, 112> state_;
};

/// BLAKE2b-256 (RFC 7693), unkeyed.
[[nodiscard]] Digest blake2b_256(SodiumReady ready, ByteView data) noexcept;
/// BLAKE2b-256 with a key of 16 to 64 bytes: a MAC. Error: Input for another key length.
[[nodiscard]] Result<Digest> blake2b_256_keyed(SodiumReady ready, ByteView data, ByteView key) noexcept;

/// BLAKE2b-512 of data that comes in pieces: the prehash of a signature.
class Blake2b512 {
  public:
    explicit Blake2b512(SodiumReady ready) noexcept;
    Blake2b512(const Blake2b512&) = default;
    Blake2b512& operator=(const Blake2b512&) = default;
    ~Blake2b512();
    void update(ByteView data) noexcept;
    [[nodiscard]] Digest512 finish() noexcept;

  private:
    alignas(64) std::array<std::byte, 384> state_;
};

/// HMAC-SHA-256 (RFC 2104), key of any length.
[[nodiscard]] Digest hmac_sha256(SodiumReady ready, ByteView key, ByteView data) noexcept;

/// HKDF-SHA-256 (RFC 5869), 32 bytes of output, into locked memory. Error: LockedMemory.
[[nodiscard]] Result<SecretBytes> hkdf_sha256(SodiumReady ready, ByteView key_material, ByteView salt,
                                              std::string_view info) noexcept;

/// Constant-time comparison for equal lengths; different lengths are unequal.
[[nodiscard]] bool equal_constant_time(ByteView a, ByteView b) noexcept;

}  // namespace crypto
