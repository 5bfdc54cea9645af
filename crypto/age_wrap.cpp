// What gives a file key to one recipient; here the X25519 stanza (C2SP age.md, "The X25519 recipient type").
#include <sodium.h>

#include "crypto/age_header.hpp"
#include "crypto/age_hybrid.hpp"
#include "crypto/raw.hpp"

namespace crypto::age {

namespace {

Result<void> wrap_x25519(Bytes& out, ByteView file_key, const Recipient& recipient) {
    Scratch<32> ephemeral;
    Scratch<32> shared;
    Scratch<32> wrap_key;
    std::array<std::byte, 64> salt;  // the ephemeral share, then the recipient
    randombytes_buf(raw(ephemeral.writable()), 32);
    const std::span<std::byte> share = std::span(salt).first(32);
    std::copy(recipient.key().begin(), recipient.key().end(), salt.begin() + 32);
    if (crypto_scalarmult_base(raw(share), raw(ephemeral.view())) != 0 ||
        crypto_scalarmult(raw(shared.writable()), raw(ephemeral.view()), raw(recipient.key())) != 0)
        return tl::unexpected(Error::Input);  // the shared secret would be all zero
    hkdf_into(wrap_key.writable(), shared.view(), salt, x25519_info);

    const std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> zero_nonce{};  // the key is used once
    std::array<std::byte, file_key_size + tag_size> body;
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(body), nullptr, raw(file_key), file_key.size(), nullptr, 0, nullptr,
                                              zero_nonce.data(), raw(wrap_key.view()));
    append_stanza(out, "X25519 " + to_base64_unpadded(share), body);
    return {};
}

}  // namespace

Result<void> wrap_for(SodiumReady, Bytes& out, ByteView file_key, const Recipient& recipient) {
    switch (recipient.kind()) {
        case Recipient::Kind::X25519:
            return wrap_x25519(out, file_key, recipient);
        case Recipient::Kind::MlKem768X25519:
            return wrap_hybrid(out, file_key, recipient);
    }
    return tl::unexpected(Error::Kind);
}

}  // namespace crypto::age
