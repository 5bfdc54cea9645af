#include "tests/bench/crypto_floor.hpp"

#include <sodium.h>

#include <algorithm>

namespace bench {
namespace {

constexpr unsigned char no_nonce[12] = {};
constexpr char label[] = "age-encryption.org/v1/X25519";

void hmac(unsigned char* out, const unsigned char* key, std::size_t key_size, const void* text, std::size_t size) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_size);
    crypto_auth_hmacsha256_update(&state, static_cast<const unsigned char*>(text), size);
    crypto_auth_hmacsha256_final(&state, out);
}

Key hkdf(const unsigned char* key, std::size_t key_size, const unsigned char* salt, std::size_t salt_size,
         const char* info, std::size_t info_size) {
    Key extracted;
    Key out;
    hmac(extracted.data(), salt, salt_size, key, key_size);
    std::array<unsigned char, 64> text{};
    std::copy_n(info, info_size, text.begin());
    text[info_size] = 1;
    hmac(out.data(), extracted.data(), extracted.size(), text.data(), info_size + 1);
    return out;
}

Key wrap_key(const Key& shared, const Key& share, const Key& recipient) {
    std::array<unsigned char, 64> salt;
    std::copy(share.begin(), share.end(), salt.begin());
    std::copy(recipient.begin(), recipient.end(), salt.begin() + 32);
    return hkdf(shared.data(), shared.size(), salt.data(), salt.size(), label, sizeof label - 1);
}

Key header_mac(const unsigned char* file_key, const std::vector<unsigned char>& maced) {
    const Key key = hkdf(file_key, 16, no_nonce, 0, "header", 6);
    Key mac;
    hmac(mac.data(), key.data(), key.size(), maced.data(), maced.size());
    return mac;
}

constexpr unsigned char last_chunk[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};  // a record is one chunk

}  // namespace

Bare bare_seal(const std::vector<unsigned char>& plain, const std::vector<Key>& recipients) {
    Bare out;
    unsigned char file_key[16];
    randombytes_buf(file_key, sizeof file_key);
    for (const Key& recipient : recipients) {
        Bare::Stanza stanza;
        Key ephemeral;
        Key shared;
        randombytes_buf(ephemeral.data(), ephemeral.size());
        crypto_scalarmult_base(stanza.share.data(), ephemeral.data());
        if (crypto_scalarmult(shared.data(), ephemeral.data(), recipient.data()) != 0) return {};
        const Key key = wrap_key(shared, stanza.share, recipient);
        crypto_aead_chacha20poly1305_ietf_encrypt(stanza.body.data(), nullptr, file_key, sizeof file_key, nullptr, 0,
                                                  nullptr, no_nonce, key.data());
        out.stanzas.push_back(stanza);
    }
    out.maced.resize(25 + 98 * recipients.size());
    out.mac = header_mac(file_key, out.maced);
    randombytes_buf(out.nonce.data(), out.nonce.size());
    const Key key = hkdf(file_key, sizeof file_key, out.nonce.data(), out.nonce.size(), "payload", 7);
    out.payload.resize(plain.size() + 16);
    crypto_aead_chacha20poly1305_ietf_encrypt(out.payload.data(), nullptr, plain.data(), plain.size(), nullptr, 0,
                                              nullptr, last_chunk, key.data());
    return out;
}

std::optional<Key> bare_payload_key(const Bare& sealed, const Key& secret, const Key& own) {
    unsigned char file_key[16];
    bool found = false;
    for (const auto& stanza : sealed.stanzas) {
        Key shared;
        if (crypto_scalarmult(shared.data(), secret.data(), stanza.share.data()) != 0) return std::nullopt;
        const Key key = wrap_key(shared, stanza.share, own);
        found = crypto_aead_chacha20poly1305_ietf_decrypt(file_key, nullptr, nullptr, stanza.body.data(),
                                                          stanza.body.size(), nullptr, 0, no_nonce, key.data()) == 0;
        if (found) break;
    }
    if (!found || sodium_memcmp(header_mac(file_key, sealed.maced).data(), sealed.mac.data(), 32) != 0)
        return std::nullopt;
    return hkdf(file_key, sizeof file_key, sealed.nonce.data(), sealed.nonce.size(), "payload", 7);
}

bool bare_open(const Bare& sealed, const Key& secret, const Key& own, std::vector<unsigned char>& plain) {
    const auto key = bare_payload_key(sealed, secret, own);
    if (!key) return false;
    plain.resize(sealed.payload.size() - 16);
    return crypto_aead_chacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.payload.data(),
                                                     sealed.payload.size(), nullptr, 0, last_chunk, key->data()) == 0;
}

}  // namespace bench
