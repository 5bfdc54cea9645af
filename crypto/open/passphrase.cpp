// Sealing under a passphrase: the scrypt stanza, which stands alone (C2SP age.md, "The scrypt recipient type").
#include <sodium.h>

#include "crypto/age.hpp"
#include "crypto/age_payload.hpp"
#include "crypto/open/unwrap.hpp"
#include "crypto/random.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto::open {
namespace {

constexpr unsigned least_work_factor = 10;
constexpr std::size_t longest_passphrase = 1024;

Result<Bytes> header_for(SodiumReady ready, const SecretBytes& file_key, const SecretBytes& passphrase,
                         unsigned work_factor) {
    const Bytes salt = random_bytes(ready, 16);
    AMPARO_TRY(const wrap_key, scrypt_key(ready, passphrase, salt, work_factor));
    const std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> zero_nonce{};
    std::array<std::byte, age::file_key_size + age::tag_size> body;
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(body), nullptr, raw(file_key.view()), file_key.size(), nullptr, 0,
                                              nullptr, zero_nonce.data(), raw(wrap_key.view()));
    Bytes out;
    append(out, age::version_line);
    age::append_stanza(out, "scrypt " + to_base64_unpadded(salt) + " " + std::to_string(work_factor), body);
    return out;
}

}  // namespace

Result<Bytes> seal_with_passphrase(SodiumReady ready, ByteView plaintext, const SecretBytes& passphrase,
                                   unsigned work_factor) {
    if (passphrase.empty() || passphrase.size() > longest_passphrase || work_factor < least_work_factor ||
        work_factor > max_work_factor)
        return tl::unexpected(Error::Input);
    AMPARO_TRY(const file_key, SecretBytes::random(ready, age::file_key_size));
    auto out = header_for(ready, file_key, passphrase, work_factor);
    if (!out) return out;
    const Bytes nonce = random_bytes(ready, age::nonce_size);
    age::append_end(ready, *out, file_key.view(), nonce);
    Scratch<32> key;
    age::Payload payload(file_key.view(), nonce, key.writable());
    while (true) {
        const bool last = plaintext.size() <= age_chunk;
        const ByteView chunk = plaintext.first(std::min(plaintext.size(), age_chunk));
        const std::size_t before = out->size();
        out->resize(before + chunk.size() + age::tag_size);
        payload.seal(chunk, std::span(*out).subspan(before), last);
        if (last) return out;
        plaintext = plaintext.subspan(chunk.size());
    }
}

}  // namespace crypto::open
