// The text of a key file: four lines, LF ends.
#include <algorithm>

#include "crypto/secret_hex.hpp"
#include "crypto/slots.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

constexpr std::string_view first_line = "amparo key file 1\n";
constexpr std::size_t key_size = 32;

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
    AMPARO_TRY(key, SecretBytes::make(ready, key_size));
    if (!decode_secret_hex(*digits, key.writable())) return malformed;
    DeviceId id;
    std::copy(device->begin(), device->end(), id.begin());
    return KeyFile(id, *slot - std::size_t{'1'}, std::move(key));
}

Result<SecretBytes> KeyFile::to_text(SodiumReady ready) const {
    const std::string head =
        std::string(first_line) + "device " + to_hex(device_) + "\nslot " + std::to_string(slot_ + 1) + "\nkey ";
    auto text = SecretBytes::make(ready, head.size() + 2 * key_size + 1);
    if (!text) return text;
    std::copy(as_bytes(head).begin(), as_bytes(head).end(), text->writable().begin());
    encode_secret_hex(key_.view(), text->writable().subspan(head.size(), 2 * key_size));
    text->writable().back() = std::byte{'\n'};
    return text;
}

}  // namespace crypto
