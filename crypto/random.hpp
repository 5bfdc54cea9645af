#pragma once
// Unpredictable numbers from the operating system.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "crypto/bytes.hpp"
#include "crypto/ready.hpp"

namespace crypto {

void random_fill(SodiumReady ready, std::span<std::byte> out) noexcept;
[[nodiscard]] Bytes random_bytes(SodiumReady ready, std::size_t n);
/// `bytes` random bytes as 2 * bytes lower-case hexadecimal characters: record ids are random_hex(ready, 16).
[[nodiscard]] std::string random_hex(SodiumReady ready, std::size_t bytes);
/// Every value in [0, upper) equally likely; 0 when upper is 0 or 1.
[[nodiscard]] std::uint32_t random_below(SodiumReady ready, std::uint32_t upper) noexcept;

}  // namespace crypto
