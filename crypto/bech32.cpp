#include "crypto/bech32.hpp"

#include <array>

namespace crypto::bech32 {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

constexpr std::uint32_t step(std::uint32_t checksum, std::uint32_t value) noexcept {
    constexpr std::array<std::uint32_t, 5> generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    const std::uint32_t top = checksum >> 25U;
    checksum = (checksum & 0x1ffffffU) << 5U ^ value;
    for (std::size_t i = 0; i < generator.size(); ++i)
        if ((top >> i & 1U) != 0) checksum ^= generator[i];
    return checksum;
}

std::uint32_t start(std::string_view prefix) noexcept {
    std::uint32_t checksum = 1;
    for (const char c : prefix) checksum = step(checksum, static_cast<unsigned char>(c) >> 5U);
    checksum = step(checksum, 0);
    for (const char c : prefix) checksum = step(checksum, static_cast<unsigned char>(c) & 31U);
    return checksum;
}

char cased(char c, Case letters) noexcept {
    return letters == Case::Upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// The value of a character, or 32. The whole alphabet is looked at, so that time does not tell a secret's characters.
std::uint32_t value_of(char wanted, Case letters) noexcept {
    std::uint32_t value = 32;
    for (std::uint32_t i = 0; i < alphabet.size(); ++i) {
        const auto equal = static_cast<std::uint32_t>(cased(alphabet[i], letters) == wanted);
        value = equal * i + (1U - equal) * value;
    }
    return value;
}

char character_of(std::uint32_t wanted, Case letters) noexcept {
    unsigned found = 0;
    for (std::uint32_t i = 0; i < alphabet.size(); ++i)
        found |= static_cast<unsigned>(i == wanted) * static_cast<unsigned char>(alphabet[i]);
    return cased(static_cast<char>(found), letters);
}

}  // namespace

void encode(std::string_view prefix, ByteView data, Case letters, std::span<std::byte> out) noexcept {
    std::size_t at = 0;
    const auto put = [&](char c) { out[at++] = static_cast<std::byte>(c); };
    for (const char c : prefix) put(cased(c, letters));
    put('1');
    std::uint32_t checksum = start(prefix);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    const auto put_value = [&](std::uint32_t value) {
        checksum = step(checksum, value);
        put(character_of(value, letters));
    };
    for (const std::byte b : data) {
        pending = (pending << 8U | std::to_integer<std::uint32_t>(b)) & 0xfffU;
        for (bits += 8; bits >= 5; bits -= 5) put_value(pending >> (bits - 5) & 31U);
    }
    if (bits > 0) put_value(pending << (5 - bits) & 31U);
    for (int i = 0; i < 6; ++i) checksum = step(checksum, 0);
    checksum ^= 1U;
    for (unsigned i = 0; i < 6; ++i) put(character_of(checksum >> 5U * (5U - i) & 31U, letters));
}

bool decode(std::string_view prefix, ByteView text, Case letters, std::span<std::byte> out) noexcept {
    if (text.size() != encoded_size(prefix.size(), out.size())) return false;
    std::size_t at = 0;
    const auto next = [&] { return std::to_integer<char>(text[at++]); };
    for (const char c : prefix)
        if (next() != cased(c, letters)) return false;
    if (next() != '1') return false;
    std::uint32_t checksum = start(prefix);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    std::size_t written = 0;
    while (at < text.size()) {
        const std::uint32_t value = value_of(next(), letters);
        if (value == 32) return false;
        checksum = step(checksum, value);
        if (text.size() - at < 6) continue;  // the checksum's own six characters
        pending = (pending << 5U | value) & 0xfffU;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out[written++] = static_cast<std::byte>(pending >> bits & 255U);
    }
    return checksum == 1 && bits < 5 && (pending & ((1U << bits) - 1U)) == 0;
}

}  // namespace crypto::bech32
