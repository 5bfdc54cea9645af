#include "crypto/secret_hex.hpp"

#include <sodium.h>

#include "crypto/raw.hpp"

namespace crypto {
namespace {

std::byte nibble_character(unsigned value) noexcept {
    const unsigned letter = (9U - value) >> 8U & 1U;
    return static_cast<std::byte>(value + '0' + letter * ('a' - '0' - 10U));
}

}  // namespace

void encode_secret_hex(ByteView bytes, std::span<std::byte> out) noexcept {
    std::size_t at = 0;
    for (const std::byte b : bytes) {
        out[at++] = nibble_character(std::to_integer<unsigned>(b) >> 4U);
        out[at++] = nibble_character(std::to_integer<unsigned>(b) & 15U);
    }
}

bool decode_secret_hex(ByteView text, std::span<std::byte> out) noexcept {
    for (const std::byte b : text)
        if (b >= std::byte{'A'} && b <= std::byte{'F'}) return false;
    std::size_t size = 0;
    return text.size() == 2 * out.size() &&
           sodium_hex2bin(raw(out), out.size(), chars(text), text.size(), nullptr, &size, nullptr) == 0 &&
           size == out.size();
}

}  // namespace crypto
