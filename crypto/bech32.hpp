#pragma once
// Internal: Bech32 (BIP-173) without its length limit, as age uses it for keys; secrets stay in the given memory.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto::bech32 {

enum class Case : std::uint8_t { Lower, Upper };

/// Characters that encode() writes for a prefix of that many characters and n bytes.
[[nodiscard]] constexpr std::size_t encoded_size(std::size_t prefix, std::size_t n) noexcept {
    return prefix + 1 + (n * 8 + 4) / 5 + 6;
}

/// Writes exactly encoded_size() characters to `out`. `prefix` is lower case.
void encode(std::string_view prefix, ByteView data, Case letters, std::span<std::byte> out) noexcept;

/// Decodes text of the one given case with the one given prefix (lower case here) into all of `out`. False for
/// anything else: other length, characters, checksum, or non-zero padding bits.
[[nodiscard]] bool decode(std::string_view prefix, ByteView text, Case letters, std::span<std::byte> out) noexcept;

}  // namespace crypto::bech32
