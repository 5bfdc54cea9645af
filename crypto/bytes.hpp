#pragma once
// Byte sequences, their text forms, and the one bounded reader every binary format here is parsed with.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

/// The characters of `text` as bytes; the view lives as long as the text.
[[nodiscard]] ByteView as_bytes(std::string_view text) noexcept;
/// The bytes as characters, unchanged and unchecked; the view lives as long as the bytes.
[[nodiscard]] std::string_view as_text(ByteView bytes) noexcept;

/// Lower-case hexadecimal, two characters a byte. For public values only (not constant-time).
[[nodiscard]] std::string to_hex(ByteView bytes);
/// Inverse of to_hex: lower case, even length, nothing else; nullopt otherwise.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// Canonical base64 (RFC 4648 section 4) without and with padding. For public values only.
[[nodiscard]] std::string to_base64_unpadded(ByteView bytes);
[[nodiscard]] std::string to_base64(ByteView bytes);
/// Accept exactly what the matching encoder writes: no white space, no stray characters, zero trailing bits.
[[nodiscard]] std::optional<Bytes> from_base64_unpadded(std::string_view text);
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

void append(Bytes& out, ByteView more);
void append(Bytes& out, std::string_view more);

/// Reads a byte sequence from front to back and never beyond its end. After one failed read every further one fails
/// too, so that a parser may check once at the end. Integers as stated by the function name.
class Reader {
  public:
    explicit Reader(ByteView bytes) noexcept : rest_(bytes) {}

    /// Exactly n bytes, or nullopt and nothing consumed.
    [[nodiscard]] std::optional<ByteView> take(std::size_t n) noexcept;
    /// Characters up to the next LF, which is consumed and not returned; nullopt when there is none within `limit`.
    [[nodiscard]] std::optional<std::string_view> line(std::size_t limit) noexcept;
    /// Consumes `expected` if the rest starts with it.
    [[nodiscard]] bool skip(std::string_view expected) noexcept;
    [[nodiscard]] std::optional<std::uint8_t> u8() noexcept;
    [[nodiscard]] std::optional<std::uint32_t> u32_le() noexcept;
    [[nodiscard]] std::optional<std::uint64_t> u64_le() noexcept;

    [[nodiscard]] ByteView rest() const noexcept { return rest_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty() && !failed_; }
    [[nodiscard]] bool failed() const noexcept { return failed_; }

  private:
    ByteView rest_;
    bool failed_ = false;
};

void append_u32_le(Bytes& out, std::uint32_t value);
void append_u64_le(Bytes& out, std::uint64_t value);

}  // namespace crypto
