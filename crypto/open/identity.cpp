#include "crypto/open/identity.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/bech32.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"
#include "crypto/xwing.hpp"

namespace crypto::open {
namespace {

constexpr std::size_t secret_size = 32;
constexpr std::size_t file_limit = std::size_t{1} << 20U;

constexpr std::string_view prefix_of(Identity::Kind kind) noexcept {
    return kind == Identity::Kind::X25519 ? "age-secret-key-" : "age-secret-key-pq-";
}

constexpr std::size_t text_size(Identity::Kind kind) noexcept {
    return bech32::encoded_size(prefix_of(kind).size(), secret_size);
}

Result<Recipient> recipient_of(const SecretBytes& secret, Identity::Kind kind) {
    if (kind == Identity::Kind::MlKem768X25519) {
        Bytes key(xwing::public_size);
        if (!xwing::public_of(xwing::Public(key), secret.view().first<secret_size>()))
            return tl::unexpected(Error::Kind);
        return Recipient::from_key(key);
    }
    std::array<std::byte, 32> key;
    crypto_scalarmult_base(raw(key), raw(secret.view()));
    return Recipient::from_key(key);
}

}  // namespace

Result<Identity> Identity::generate(SodiumReady ready, Kind kind) {
    AMPARO_TRY(secret, SecretBytes::random(ready, secret_size));
    return from_secret(std::move(secret), kind);
}

Result<Identity> Identity::parse(SodiumReady ready, ByteView text) {
    AMPARO_TRY(secret, SecretBytes::make(ready, secret_size));
    const Kind kind = text.size() == text_size(Kind::X25519) ? Kind::X25519 : Kind::MlKem768X25519;
    if (!bech32::decode(prefix_of(kind), text, bech32::Case::Upper, secret.writable()))
        return tl::unexpected(Error::Malformed);
    return from_secret(std::move(secret), kind);
}

Result<Identity> Identity::from_secret(SecretBytes secret, Kind kind) {
    if (secret.size() != secret_size) return tl::unexpected(Error::Input);
    AMPARO_TRY(const recipient, recipient_of(secret, kind));
    return Identity(std::move(secret), recipient);
}

Result<SecretBytes> Identity::to_text(SodiumReady ready) const {
    auto text = SecretBytes::make(ready, text_size(kind()));
    if (text) bech32::encode(prefix_of(kind()), secret_.view(), bech32::Case::Upper, text->writable());
    return text;
}

Result<std::vector<Identity>> parse_identity_file(SodiumReady ready, ByteView text) {
    if (text.size() > file_limit) return tl::unexpected(Error::Malformed);
    std::vector<Identity> found;
    std::string_view rest = as_text(text);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        AMPARO_TRY(identity, Identity::parse(ready, as_bytes(line)));
        found.push_back(std::move(identity));
    }
    if (found.empty()) return tl::unexpected(Error::Malformed);
    return found;
}

Result<SecretBytes> identity_file(SodiumReady ready, const Identity& identity) {
    const std::string comment = "# public key: " + identity.recipient().to_string() + "\n";
    AMPARO_TRY(const key, identity.to_text(ready));
    auto text = SecretBytes::make(ready, comment.size() + key.size() + 1);
    if (!text) return text;
    auto at = std::copy(as_bytes(comment).begin(), as_bytes(comment).end(), text->writable().begin());
    at = std::copy(key.view().begin(), key.view().end(), at);
    *at = std::byte{'\n'};
    return text;
}

}  // namespace crypto::open
