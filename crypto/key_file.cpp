// The text of a key file: four lines, LF ends.
#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "crypto/raw.hpp"
#include "crypto/slots.hpp"

namespace crypto {
namespace {

constexpr std::string_view first_line = "amparo key file 1\n";
constexpr std::size_t key_size = 32;

// Hexadecimal without look-up tables or branches on the secret digits.
std::byte nibble_character(unsigned value) noexcept {
    const unsigned letter = (9U - value) >> 8U & 1U;
    return static_cast<std::byte>(value + '0' + letter * ('a' - '0' - 10U));
}

// Lower-case hexadecimal only; false for anything else.
bool decode_key(ByteView text, std::span<std::byte> out) noexcept {
    for (const std::byte b : text)
        if (b >= std::byte{'A'} && b <= std::byte{'F'}) return false;
    std::size_t size = 0;
    return sodium_hex2bin(raw(out), out.size(), chars(text), text.size(), nullptr, &size, nullptr) == 0 &&
           size == out.size();
}

}  // namespace

Result<KeyFile> KeyFile::parse(SodiumReady ready, ByteView text) {
    const auto malformed = tl::unexpected(Error::Malformed);
    Reader reader(text);
    if (!reader.skip(first_line) || !reader.skip("device ")) return malformed;
    const auto device_line = reader.line(32);
    const auto device = device_line ? from_hex(*device_line) : std::nullopt;
    if (!device || device->size() != 16 || !reader.skip("slot ")) return malformed;
    const auto slot = reader.u8();
    if (!slot || *slot < '1' || *slot > '8' || !reader.skip("\nkey ")) return malformed;
    const auto digits = reader.take(2 * key_size);
    if (!digits || !reader.skip("\n") || !reader.at_end()) return malformed;
    auto key = SecretBytes::make(ready, key_size);
    if (!key) return tl::unexpected(key.error());
    if (!decode_key(*digits, key->writable())) return malformed;
    DeviceId id;
    std::copy(device->begin(), device->end(), id.begin());
    return KeyFile(id, *slot - std::size_t{'1'}, std::move(*key));
}

Result<SecretBytes> KeyFile::to_text(SodiumReady ready) const {
    const std::string head =
        std::string(first_line) + "device " + to_hex(device_) + "\nslot " + std::to_string(slot_ + 1) + "\nkey ";
    auto text = SecretBytes::make(ready, head.size() + 2 * key_size + 1);
    if (!text) return text;
    auto out = std::copy(as_bytes(head).begin(), as_bytes(head).end(), text->writable().begin());
    for (const std::byte b : key_.view()) {
        *out++ = nibble_character(std::to_integer<unsigned>(b) >> 4U);
        *out++ = nibble_character(std::to_integer<unsigned>(b) & 15U);
    }
    *out = std::byte{'\n'};
    return text;
}

}  // namespace crypto
