#include "crypto/recovery.hpp"

#include <algorithm>

#include "crypto/secret_hex.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

constexpr std::string_view first_line = "amparo recovery 1\n";
constexpr std::string_view key_word = "key ";
constexpr std::size_t key_line = key_word.size() + 2 * database_key_size + 1;
constexpr std::string_view salt_word = "salt ";
constexpr std::size_t most_of_each = 2;  // the old one and the new one

/// 32 hexadecimal digits and the end of the line.
std::optional<std::array<std::byte, 16>> hex_line(Reader& reader) {
    std::array<std::byte, 16> bytes{};
    const auto line = reader.line(2 * bytes.size());
    const auto read = line ? from_hex(*line) : std::nullopt;
    if (!read || read->size() != bytes.size()) return std::nullopt;
    std::copy(read->begin(), read->end(), bytes.begin());
    return bytes;
}

}  // namespace

Result<Recovery> Recovery::parse(SodiumReady ready, ByteView text) {
    const auto malformed = tl::unexpected(Error::Malformed);
    while (!text.empty() && text.back() == std::byte{' '}) text = text.first(text.size() - 1);
    Reader reader(text);
    if (!reader.skip(first_line) || !reader.skip("device ")) return malformed;
    const auto device = hex_line(reader);
    if (!device) return malformed;
    Recovery out(*device);
    do {
        if (out.keys_.size() == most_of_each || !reader.skip(key_word)) return malformed;
        const auto digits = reader.take(2 * database_key_size);
        if (!digits || !reader.skip("\n")) return malformed;
        AMPARO_TRY(key, SecretBytes::make(ready, database_key_size));
        if (!decode_secret_hex(*digits, key.writable())) return malformed;
        out.keys_.push_back(std::move(key));
    } while (!reader.at_end() && !as_text(reader.rest()).starts_with(salt_word));
    while (!reader.at_end()) {
        if (out.salts_.size() == most_of_each || !reader.skip(salt_word)) return malformed;
        const auto salt = hex_line(reader);
        if (!salt) return malformed;
        out.salts_.push_back(*salt);
    }
    return out;
}

Result<SecretBytes> Recovery::to_text(SodiumReady ready) const {
    const std::string head = std::string(first_line) + "device " + to_hex(device_) + "\n";
    std::string tail;
    for (const auto& salt : salts_) tail += std::string(salt_word) + to_hex(salt) + "\n";
    auto text = SecretBytes::make(ready, head.size() + keys_.size() * key_line + tail.size());
    if (!text) return text;
    auto rest = text->writable();
    const auto put = [&rest](ByteView bytes) {
        std::copy(bytes.begin(), bytes.end(), rest.begin());
        rest = rest.subspan(bytes.size());
    };
    put(as_bytes(head));
    for (const SecretBytes& key : keys_) {
        put(as_bytes(key_word));
        encode_secret_hex(key.view(), rest.first(2 * key.size()));
        rest = rest.subspan(2 * key.size());
        put(as_bytes("\n"));
    }
    put(as_bytes(tail));
    return text;
}

Result<Sealed> seal_recovery(SodiumReady ready, const DeviceId& device, std::span<const SecretBytes* const> keys,
                             std::span<const Recipient> recipients, std::span<const DatabaseSalt> salts) {
    if (keys.empty() || keys.size() > most_of_each || salts.size() > most_of_each) return tl::unexpected(Error::Input);
    Recovery content(device);
    content.salts_.assign(salts.begin(), salts.end());
    for (const SecretBytes* key : keys) {
        if (key->size() != database_key_size) return tl::unexpected(Error::Input);
        AMPARO_TRY(copy, SecretBytes::copy_of(ready, key->view()));
        content.keys_.push_back(std::move(copy));
    }
    AMPARO_TRY(const text, content.to_text(ready));
    return seal_record(ready, text.view(), recipients);
}

}  // namespace crypto
