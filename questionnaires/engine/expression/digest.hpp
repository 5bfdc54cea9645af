// Checksums and base64 as XForms 1.1 digest() and ODK base64-decode() want them; not for keeping secrets: sealing has
// its own layer. Nothing of the input stays behind on the stack.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace questionnaires::engine {

/// XForms 1.1 section 7.8.4.
enum class DigestKind : std::uint8_t { Md5, Sha1, Sha256, Sha384, Sha512 };

/// "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", exactly.
[[nodiscard]] std::optional<DigestKind> digest_kind(std::string_view name) noexcept;

struct Digest {
    std::array<std::uint8_t, 64> bytes{};
    std::size_t size = 0;
};
/// RFC 1321 (MD5), FIPS 180-4 (the others).
[[nodiscard]] Digest digest(DigestKind kind, std::string_view text) noexcept;

/// Lower-case; writes twice the digest's size.
std::size_t write_hex(const Digest& digest, char* out) noexcept;
/// RFC 4648 section 4, padded; writes at most 88 bytes.
std::size_t write_base64(const Digest& digest, char* out) noexcept;
/// RFC 4648 section 4; padding may be left out, white space is skipped. Writes at most text.size() bytes; empty when
/// the text is not base64.
[[nodiscard]] std::optional<std::size_t> decode_base64(std::string_view text, char* out) noexcept;

}  // namespace questionnaires::engine
