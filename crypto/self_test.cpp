// One published answer of each primitive, computed before anything else is.
#include <sodium.h>

#include <array>

#include "crypto/argon.hpp"
#include "crypto/raw.hpp"
#include "crypto/ready.hpp"
#include "crypto/try.hpp"
#include "crypto/xwing.hpp"

namespace crypto {
namespace {

template <std::size_t N>
bool is(const std::array<unsigned char, N>& got, std::string_view expected) {
    return to_hex(std::as_bytes(std::span(got))) == expected;
}

Bytes hex(std::string_view text) {
    return from_hex(text).value_or(Bytes{});
}

constexpr std::string_view sunscreen =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
    "it.";

bool hashes(SodiumReady ready) {
    Blake2b512 blake(ready);
    blake.update(as_bytes("abc"));
    Bytes key(64);  // of the reference implementation's keyed answers: 00 01 02 ...
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i);
    std::array<unsigned char, 64> keyed{};
    crypto_generichash(keyed.data(), keyed.size(), nullptr, 0, raw(key), key.size());
    if (!is(keyed,
            "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
            "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568"))
        return false;
    return to_hex(sha256(ready, as_bytes("abc"))) ==  // FIPS 180-4
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" &&
           to_hex(hmac_sha256(ready, as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))) ==  // RFC 4231, 2
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" &&
           to_hex(blake.finish()) ==  // RFC 7693, appendix A
               "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
               "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923";
}

bool hkdf() {  // RFC 5869, A.1: the first 32 of its 42 bytes
    Scratch<32> out;
    const Bytes info = hex("f0f1f2f3f4f5f6f7f8f9");
    hkdf_into(out.writable(), Bytes(22, std::byte{0x0b}), hex("000102030405060708090a0b0c"), as_text(info));
    return to_hex(out.view()) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
}

bool ciphers() {  // RFC 8439, 2.8.2; draft-irtf-cfrg-xchacha, A.3.1
    const Bytes key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const Bytes data = hex("50515253c0c1c2c3c4c5c6c7");
    const Bytes nonce = hex("070000004041424344454647");
    const Bytes long_nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    std::array<unsigned char, sunscreen.size()> sealed{};
    std::array<unsigned char, 16> tag{};
    const auto* text = raw(as_bytes(sunscreen));
    crypto_aead_chacha20poly1305_ietf_encrypt_detached(sealed.data(), tag.data(), nullptr, text, sealed.size(),
                                                       raw(data), data.size(), nullptr, raw(nonce), raw(key));
    if (!is(tag, "1ae10b594f09e26a7e902ecbd0600691")) return false;
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(sealed.data(), tag.data(), nullptr, text, sealed.size(),
                                                        raw(data), data.size(), nullptr, raw(long_nonce), raw(key));
    if (!is(tag, "c0875924c1c7987947deafd8780acf49")) return false;
    // The way back, and a changed tag: what lets a forgery through must not start either.
    std::array<unsigned char, sunscreen.size()> opened{};
    const auto opens = [&] {
        return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(opened.data(), nullptr, sealed.data(), sealed.size(),
                                                                   tag.data(), raw(data), data.size(), raw(long_nonce),
                                                                   raw(key)) == 0;
    };
    if (!opens() || as_text(std::as_bytes(std::span(opened))) != sunscreen) return false;
    tag[0] = static_cast<unsigned char>(tag[0] ^ 1U);
    return !opens();
}

bool curves() {  // RFC 7748, 5.2; RFC 8032, 7.1 test 2
    const Bytes scalar = hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    const Bytes point = hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    std::array<unsigned char, 32> product{};
    if (crypto_scalarmult(product.data(), raw(scalar), raw(point)) != 0 ||
        !is(product, "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"))
        return false;
    const Bytes seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    std::array<unsigned char, 32> public_key{};
    std::array<unsigned char, 64> secret_key{};
    std::array<unsigned char, 64> signature{};
    const unsigned char message = 0x72;
    crypto_sign_seed_keypair(public_key.data(), secret_key.data(), raw(seed));
    crypto_sign_detached(signature.data(), nullptr, &message, 1, secret_key.data());
    if (!is(public_key, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c") ||
        !is(signature,
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00") ||
        crypto_sign_verify_detached(signature.data(), &message, 1, public_key.data()) != 0)
        return false;
    signature[0] = static_cast<unsigned char>(signature[0] ^ 1U);
    return crypto_sign_verify_detached(signature.data(), &message, 1, public_key.data()) != 0;
}

bool password_hashes(SodiumReady ready) {  // RFC 7914, 12; the Argon2 reference implementation
    std::array<unsigned char, 64> out{};
    const unsigned char nothing = 0;
    if (crypto_pwhash_scryptsalsa208sha256_ll(&nothing, 0, &nothing, 0, 16, 1, 1, out.data(), out.size()) != 0 ||
        !is(out,
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"))
        return false;
    const auto hash = argon2id(ready, as_bytes("password"), as_bytes("somesaltsomesalt"), {8, 1});
    return hash && hash->equals(hex("05b6ca8f8038b683887ad4916533858b49cb52040126c134f4c6e9d8711b8c09"));
}

bool random_source() {
    std::array<unsigned char, 32> one{};
    std::array<unsigned char, 32> other{};
    randombytes_buf(one.data(), one.size());
    randombytes_buf(other.data(), other.size());
    return one != other && !sodium_is_zero(one.data(), one.size());
}

}  // namespace

Result<SodiumReady> SodiumReady::init() noexcept {
    try {
        if (sodium_init() < 0) return tl::unexpected(Error::SelfTest);
        const SodiumReady ready;
        // Locking is asked for first: without it nothing below could hold a key, and the message should say so.
        AMPARO_DO(SecretBytes::make(ready, 32));
        if (hashes(ready) && hkdf() && ciphers() && curves() && password_hashes(ready) && random_source() &&
            xwing::gives_known_answers())
            return ready;
    } catch (...) {  // no memory for a few bytes: nothing can be used
    }
    return tl::unexpected(Error::SelfTest);
}

}  // namespace crypto
