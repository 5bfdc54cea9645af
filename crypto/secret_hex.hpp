#pragma once
// Internal: lower-case hexadecimal of secrets, without look-up tables or branches on their digits.

#include <span>

#include "crypto/bytes.hpp"

namespace crypto {

/// Writes two characters for each byte; `out` has exactly that room.
void encode_secret_hex(ByteView bytes, std::span<std::byte> out) noexcept;
/// Reads lower-case digits into all of `out`; false for anything else.
[[nodiscard]] bool decode_secret_hex(ByteView text, std::span<std::byte> out) noexcept;

}  // namespace crypto
