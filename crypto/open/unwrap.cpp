#include "crypto/open/unwrap.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/age_hybrid.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"
#include "crypto/xwing.hpp"

namespace crypto::open {
namespace {

constexpr std::size_t body_size = age::file_key_size + age::tag_size;

struct X25519Stanza {
    std::array<std::byte, 32> share{};
    ByteView body;
};

struct HybridStanza {
    std::array<std::byte, xwing::sealed_size> sealed{};
    ByteView body;
};

struct ScryptStanza {
    std::array<std::byte, 16> salt{};
    unsigned work_factor = 0;
    ByteView body;
};

struct Known {
    std::vector<X25519Stanza> x25519;
    std::vector<HybridStanza> hybrid;
    std::optional<ScryptStanza> scrypt;
};

template <std::size_t N>
bool decode_exactly(std::string_view text, std::array<std::byte, N>& out) {
    const auto bytes = from_base64_unpadded(text);
    if (!bytes || bytes->size() != N) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

// Decimal, no sign, no leading zero; anything above 64 is as good as 64: beyond every cap.
std::optional<unsigned> read_work_factor(std::string_view text) noexcept {
    if (text.empty() || text.front() == '0') return std::nullopt;
    unsigned value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = std::min(value * 10 + static_cast<unsigned>(c - '0'), 64U);
    }
    return value;
}

// Unknown types are skipped; a known type in any form but its own makes the whole header malformed. The body's length
// is fixed before anything is decrypted.
std::optional<Known> read_known(const age::Header& header) {
    Known known;
    for (const age::Stanza& stanza : header.stanzas) {
        const std::string_view type = stanza.arguments.front();
        if (type == "X25519") {
            X25519Stanza one;
            if (stanza.arguments.size() != 2 || stanza.body.size() != body_size ||
                !decode_exactly(stanza.arguments[1], one.share))
                return std::nullopt;
            one.body = stanza.body;
            known.x25519.push_back(one);
        } else if (type == age::hybrid_type) {
            HybridStanza one;
            if (stanza.arguments.size() != 2 || stanza.body.size() != body_size ||
                !decode_exactly(stanza.arguments[1], one.sealed))
                return std::nullopt;
            one.body = stanza.body;
            known.hybrid.push_back(one);
        } else if (type == "scrypt") {
            ScryptStanza one;
            if (header.stanzas.size() != 1 || stanza.arguments.size() != 3 || stanza.body.size() != body_size ||
                !decode_exactly(stanza.arguments[1], one.salt))
                return std::nullopt;
            const auto work_factor = read_work_factor(stanza.arguments[2]);
            if (!work_factor) return std::nullopt;
            one.work_factor = *work_factor;
            one.body = stanza.body;
            known.scrypt = one;
        }
    }
    return known;
}

// NoMatch when the wrapping key is not the one.
Result<void> open_body(ByteView body, ByteView wrap_key, FileKey file_key) {
    const std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> zero_nonce{};
    if (crypto_aead_chacha20poly1305_ietf_decrypt(raw(file_key), nullptr, nullptr, raw(body), body.size(), nullptr, 0,
                                                  zero_nonce.data(), raw(wrap_key)) != 0)
        return tl::unexpected(Error::NoMatch);
    return {};
}

Result<void> unwrap_x25519(const X25519Stanza& stanza, const Identity& identity, FileKey file_key) {
    Scratch<32> shared;
    Scratch<32> wrap_key;
    // A share of low order gives an all-zero secret: a hard error, not a missing match.
    if (crypto_scalarmult(raw(shared.writable()), raw(identity.secret().view()), raw(stanza.share)) != 0)
        return tl::unexpected(Error::Header);
    std::array<std::byte, 64> salt;
    auto at = std::copy(stanza.share.begin(), stanza.share.end(), salt.begin());
    const ByteView own = identity.recipient().key();
    std::copy(own.begin(), own.end(), at);
    hkdf_into(wrap_key.writable(), shared.view(), salt, age::x25519_info);
    return open_body(stanza.body, wrap_key.view(), file_key);
}

// Every stanza of a kind with every identity of that kind.
template <typename Stanza, typename Unwrap>
Result<void> try_all(const std::vector<Stanza>& stanzas, const Keys& keys, Recipient::Kind kind, const Unwrap& unwrap) {
    for (const Stanza& stanza : stanzas) {
        for (const Identity& identity : keys.identities) {
            if (identity.kind() != kind) continue;
            auto found = unwrap(stanza, identity);
            if (found || found.error() != Error::NoMatch) return found;
        }
    }
    return tl::unexpected(Error::NoMatch);
}

Result<void> find_file_key(SodiumReady ready, const Known& known, const Keys& keys, FileKey file_key) {
    auto found = try_all(
        known.x25519, keys, Recipient::Kind::X25519,
        [&](const auto& stanza, const Identity& identity) { return unwrap_x25519(stanza, identity, file_key); });
    if (found || found.error() != Error::NoMatch) return found;
    found =
        try_all(known.hybrid, keys, Recipient::Kind::MlKem768X25519, [&](const auto& stanza, const Identity& identity) {
            return unwrap_hybrid(stanza.sealed, stanza.body, identity, file_key);
        });
    if (found || found.error() != Error::NoMatch) return found;
    if (known.scrypt && !keys.passphrases.empty()) {
        if (known.scrypt->work_factor > std::min(keys.work_cap, max_work_factor))
            return tl::unexpected(Error::WorkFactor);
        for (const SecretBytes& passphrase : keys.passphrases) {
            AMPARO_TRY(const wrap_key, scrypt_key(ready, passphrase, known.scrypt->salt, known.scrypt->work_factor));
            found = open_body(known.scrypt->body, wrap_key.view(), file_key);
            if (found || found.error() != Error::NoMatch) return found;
        }
    }
    return tl::unexpected(Error::NoMatch);
}

}  // namespace

Result<SecretBytes> scrypt_key(SodiumReady ready, const SecretBytes& passphrase, ByteView salt, unsigned work_factor) {
    Bytes labelled;
    append(labelled, age::scrypt_label);
    append(labelled, salt);
    auto key = SecretBytes::make(ready, 32);
    if (!key) return key;
    if (crypto_pwhash_scryptsalsa208sha256_ll(raw(passphrase.view()), passphrase.size(), raw(labelled), labelled.size(),
                                              std::uint64_t{1} << work_factor, 8, 1, raw(key->writable()),
                                              key->size()) != 0)
        return tl::unexpected(Error::Memory);
    return key;
}

Result<void> unwrap(SodiumReady ready, const age::Header& header, const Keys& keys, FileKey file_key) {
    const auto known = read_known(header);
    if (!known) return tl::unexpected(Error::Header);
    AMPARO_DO(find_file_key(ready, *known, keys, file_key));
    if (!age::mac_fits(ready, header, file_key)) return tl::unexpected(Error::Mac);
    return {};
}

}  // namespace crypto::open
