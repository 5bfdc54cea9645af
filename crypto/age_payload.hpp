#pragma once
// Internal: the STREAM payload of age v1, chunk by chunk, with a file key that is already known.

#include <array>

#include "crypto/age_header.hpp"
#include "crypto/secret.hpp"

namespace crypto::age {

/// One key, one counter; seals or opens chunks strictly in order. After the last chunk nothing follows.
class Payload {
  public:
    /// Derives the payload key from the file key and the nonce into `room`, which the owner keeps until the last chunk
    /// and wipes: on the stack within one function, in locked memory where a stream lives longer.
    Payload(ByteView file_key, ByteView nonce, std::span<std::byte, 32> room) noexcept;

    /// `sealed` has 16 bytes more than `plain`, at most a chunk.
    void seal(ByteView plain, std::span<std::byte> sealed, bool last) noexcept;
    /// Opens into `plain` (16 bytes less than `sealed`), or only verifies when `plain` is null.
    /// Error: Payload, also for an empty last chunk after others.
    [[nodiscard]] Result<void> open(ByteView sealed, std::byte* plain, bool last) noexcept;

  private:
    void advance() noexcept;
    ByteView key_;
    std::array<std::byte, 12> nonce_{};  // 11 bytes of big-endian counter, then the final flag
    bool first_ = true;
};

/// Plaintext size of a whole sealed payload. Error: Payload when no payload has that size.
[[nodiscard]] Result<std::size_t> plain_size(std::size_t sealed) noexcept;
/// Opens or (plain null) verifies a whole payload.
[[nodiscard]] Result<void> open_all(Payload& payload, ByteView sealed, std::byte* plain) noexcept;

/// A payload that comes in pieces: holds back what may still be the last chunk.
class PayloadReader {
  public:
    /// Releases the plaintext, or only verifies. Error: LockedMemory.
    [[nodiscard]] static Result<PayloadReader> start(SodiumReady ready, ByteView file_key, ByteView nonce,
                                                     bool release);
    [[nodiscard]] Result<void> update(ByteView piece, Bytes& out);
    [[nodiscard]] Result<void> finish(Bytes& out);

  private:
    PayloadReader(SecretBytes key, Payload payload, bool release) noexcept
        : key_(std::move(key)), payload_(payload), release_(release) {}
    [[nodiscard]] Result<void> open(ByteView sealed, Bytes& out, bool last);
    SecretBytes key_;
    Payload payload_;
    Bytes held_;
    bool release_;
};

}  // namespace crypto::age
