#include "crypto/age_hybrid.hpp"

#include "crypto/age_header.hpp"
#include "crypto/xwing.hpp"

namespace crypto {

const bool hybrid_available = xwing::available;

namespace age {
namespace {

// Version, then the suite: "HPKE", KEM X-Wing, KDF HKDF-SHA-256, AEAD ChaCha20-Poly1305.
constexpr std::string_view suite{"HPKE-v1HPKE\x64\x7a\x00\x01\x00\x03", 17};

using Key = std::span<std::byte, 32>;

// LabeledExtract of RFC 9180, 4. What is secret is only ever the key of an HMAC.
void extract(Key out, ByteView salt, std::string_view label, std::string_view material) {
    Bytes message;
    append(message, suite);
    append(message, label);
    hmac_into(out, salt, message, as_bytes(material));
}

// LabeledExpand, at most one block.
void expand(std::span<std::byte> out, ByteView key, std::string_view label, ByteView info) {
    Scratch<32> block;
    Bytes message{std::byte{0}, static_cast<std::byte>(out.size())};
    append(message, suite);
    append(message, label);
    append(message, info);
    message.push_back(std::byte{1});
    hmac_into(block.writable(), key, message, {});
    std::copy_n(block.view().begin(), out.size(), out.begin());
}

}  // namespace

void hpke_keys(HpkeKeys& out, ByteView shared_secret, std::string_view info) {
    std::array<std::byte, 65> context{};  // mode 0, then the hashes of no pre-shared key and of the info
    extract(std::span(context).subspan<1, 32>(), {}, "psk_id_hash", {});
    extract(std::span(context).subspan<33, 32>(), {}, "info_hash", info);
    Scratch<32> secret;
    extract(secret.writable(), shared_secret, "secret", {});
    expand(out.key, secret.view(), "key", context);
    expand(out.nonce, secret.view(), "base_nonce", context);
}

Result<void> wrap_hybrid(Bytes& out, ByteView file_key, const Recipient& recipient) {
    if (!hybrid_available) return tl::unexpected(Error::Kind);
    Bytes sealed(xwing::sealed_size);
    Scratch<32> secret;
    if (!xwing::seal(xwing::Sealed(sealed), secret.writable(), recipient.key())) return tl::unexpected(Error::Input);
    HpkeKeys keys;
    hpke_keys(keys, secret.view(), hybrid_info);
    std::array<std::byte, file_key_size + tag_size> body;
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(body), nullptr, raw(file_key), file_key.size(), nullptr, 0, nullptr,
                                              raw(keys.nonce), raw(keys.key));
    append_stanza(out, std::string(hybrid_type) + " " + to_base64_unpadded(sealed), body);
    return {};
}

Result<Recipient> throw_away_hybrid(SodiumReady) {
    Scratch<xwing::seed_size> seed;
    randombytes_buf(raw(seed.writable()), xwing::seed_size);
    Bytes key(xwing::public_size);
    if (!xwing::public_of(xwing::Public(key), seed.writable())) return tl::unexpected(Error::Kind);
    return Recipient::from_key(key);
}

}  // namespace age
}  // namespace crypto
