#include "app/casebook/sqlcipher/key_file.hpp"

#include "app/casebook/passed_on.hpp"
#include "app/database/database.hpp"
#include "app/files/durable_file.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/age.hpp"
#include "crypto/open/open.hpp"

namespace app::casebook::sqlcipher {

using detail::passed_on;

namespace {

constexpr std::size_t key_bytes = app::database::database_key_bytes;
constexpr std::size_t most_key_file = 16384;

int digit_value(std::byte digit) noexcept {
    const auto c = std::to_integer<int>(digit);
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

Result<crypto::SecretBytes> hex_of(crypto::SodiumReady ready, const crypto::SecretBytes& key) {
    auto text = crypto::SecretBytes::make(ready, 2 * key_bytes);
    if (!text) return passed_on(text.error());
    constexpr std::string_view digits = "0123456789abcdef";
    for (std::size_t i = 0; i < key_bytes; ++i) {
        const auto value = std::to_integer<std::size_t>(key.view()[i]);
        text->writable()[2 * i] = static_cast<std::byte>(digits[value >> 4U]);
        text->writable()[2 * i + 1] = static_cast<std::byte>(digits[value & 15U]);
    }
    return std::move(*text);
}

Result<crypto::SecretBytes> key_of(crypto::SodiumReady ready, const crypto::SecretBytes& text) {
    if (text.size() != 2 * key_bytes) return tl::unexpected(Error::KeyDamaged);
    auto key = crypto::SecretBytes::make(ready, key_bytes);
    if (!key) return passed_on(key.error());
    for (std::size_t i = 0; i < key_bytes; ++i) {
        const int high = digit_value(text.view()[2 * i]);
        const int low = digit_value(text.view()[2 * i + 1]);
        if (high < 0 || low < 0) return tl::unexpected(Error::KeyDamaged);
        key->writable()[i] = static_cast<std::byte>(high * 16 + low);
    }
    return std::move(*key);
}

}  // namespace

std::filesystem::path key_file_of(const std::filesystem::path& casebook) {
    return casebook.string() + ".key.age";
}

Result<crypto::Bytes> seal_key(crypto::SodiumReady ready, const crypto::SecretBytes& key,
                               std::span<const crypto::Recipient> recipients) {
    const auto text = hex_of(ready, key);
    if (!text) return tl::unexpected(text.error());
    auto sealed = crypto::seal(ready, text->view(), recipients);
    if (!sealed) return passed_on(sealed.error());
    return std::move(sealed->bytes);
}

Result<crypto::SecretBytes> make_key_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                          std::span<const crypto::Recipient> recipients) {
    auto key = crypto::SecretBytes::random(ready, key_bytes);
    if (!key) return passed_on(key.error());
    const auto sealed = seal_key(ready, *key, recipients);
    if (!sealed) return tl::unexpected(sealed.error());
    if (auto written = files::write_new_file(file, *sealed); !written) return passed_on(written.error().error);
    return std::move(*key);
}

Result<crypto::SecretBytes> read_key_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                          std::span<const crypto::open::Identity> identities) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) return tl::unexpected(failure ? Error::Io : Error::Missing);
    const auto sealed = files::read_plain(file, most_key_file);
    if (!sealed) return tl::unexpected(sealed.error() == files::Error::TooLarge ? Error::KeyDamaged : Error::Io);
    const auto text = crypto::open::open(ready, *sealed, identities);
    if (!text) {
        if (text.error() == crypto::Error::NoMatch) return tl::unexpected(Error::NoIdentity);
        const Error memory = detail::error_of(text.error());
        return tl::unexpected(memory == Error::Memory ? memory : Error::KeyDamaged);
    }
    return key_of(ready, *text);
}

}  // namespace app::casebook::sqlcipher
