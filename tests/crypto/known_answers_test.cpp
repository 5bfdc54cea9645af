// Published answers of the primitives, as they are reached through this layer. Those that have no function of their own
// here (X25519, Ed25519, the ciphers) are called directly: the library itself is under test.
#include <sodium.h>

#include "crypto/argon.hpp"
#include "crypto/bech32.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "support.hpp"

using namespace crypto;
using support::bytes;
using support::must;

namespace {

const unsigned char* raw(const Bytes& data) {
    return reinterpret_cast<const unsigned char*>(data.data());
}
unsigned char* raw(Bytes& data) {
    return reinterpret_cast<unsigned char*>(data.data());
}

}  // namespace

TEST_CASE("SHA-256 gives the answers of FIPS 180-4, whole and in pieces") {
    const auto ready = support::ready();
    CHECK(to_hex(sha256(ready, {})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256(ready, as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 hash(ready);
    for (int i = 0; i < 1000; ++i) hash.update(Bytes(1000, std::byte{'a'}));
    CHECK(to_hex(hash.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(hash.finish() == sha256(ready, {}));  // begins anew
}

TEST_CASE("HMAC-SHA-256 gives the answers of RFC 4231") {
    const auto ready = support::ready();
    CHECK(to_hex(hmac_sha256(ready, Bytes(20, std::byte{0x0b}), as_bytes("Hi There"))) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(to_hex(hmac_sha256(ready, as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(hmac_sha256(ready, Bytes(131, std::byte{0xaa}),
                             as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HKDF-SHA-256 gives the first 32 bytes of RFC 5869's answers") {
    const auto ready = support::ready();
    const auto hkdf = [&](const Bytes& key, const Bytes& salt, const Bytes& info) {
        return to_hex(must(hkdf_sha256(ready, key, salt, as_text(info))).view());
    };
    CHECK(hkdf(Bytes(22, std::byte{0x0b}), bytes("000102030405060708090a0b0c"), bytes("f0f1f2f3f4f5f6f7f8f9")) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    Bytes key;
    Bytes salt;
    Bytes info;
    for (unsigned i = 0; i < 80; ++i) {
        key.push_back(static_cast<std::byte>(i));
        salt.push_back(static_cast<std::byte>(0x60U + i));
        info.push_back(static_cast<std::byte>(0xb0U + i));
    }
    CHECK(hkdf(key, salt, info) == "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c");
    CHECK(hkdf(Bytes(22, std::byte{0x0b}), {}, {}) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST_CASE("BLAKE2b gives the answers of RFC 7693 and of the reference keyed test") {
    const auto ready = support::ready();
    Blake2b512 hash(ready);
    hash.update(as_bytes("a"));
    hash.update(as_bytes("bc"));
    CHECK(to_hex(hash.finish()) ==
          "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
          "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    CHECK(to_hex(blake2b_256(ready, as_bytes("abc"))) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK_FAILS(blake2b_256_keyed(ready, {}, Bytes(15)), Error::Input);
    CHECK_FAILS(blake2b_256_keyed(ready, {}, Bytes(65)), Error::Input);
    CHECK(must(blake2b_256_keyed(ready, as_bytes("abc"), Bytes(32))) != blake2b_256(ready, as_bytes("abc")));
}

TEST_CASE("Argon2id gives the answers of the reference implementation") {
    const auto salt = as_bytes("somesaltsomesalt");
    CHECK(to_hex(must(argon2id(support::ready(), as_bytes("password"), salt, {8, 1})).view()) ==
          "05b6ca8f8038b683887ad4916533858b49cb52040126c134f4c6e9d8711b8c09");
    CHECK(to_hex(must(argon2id(support::ready(), as_bytes("password"), salt, {65536, 3})).view()) ==
          "7664ad4ba1a3c999fcdd0991ffc2270f78302d2383233db5e7befc85d1bb1819");
    CHECK_FAILS(argon2id(support::ready(), {}, Bytes(15), {8, 1}), Error::Input);
}

TEST_CASE("scrypt gives the answers of RFC 7914") {
    const auto scrypt = [](std::string_view password, std::string_view salt, std::uint64_t n, std::uint32_t r,
                           std::uint32_t p) {
        Bytes out(64);
        REQUIRE(crypto_pwhash_scryptsalsa208sha256_ll(reinterpret_cast<const std::uint8_t*>(password.data()),
                                                      password.size(),
                                                      reinterpret_cast<const std::uint8_t*>(salt.data()), salt.size(),
                                                      n, r, p, raw(out), out.size()) == 0);
        return to_hex(out);
    };
    CHECK(scrypt("password", "NaCl", 1024, 8, 16) ==
          "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
          "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    CHECK(scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1) ==
          "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
          "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST_CASE("X25519 gives the answers of RFC 7748, also after a thousand rounds") {
    const auto multiply = [](const Bytes& scalar, const Bytes& point) {
        Bytes out(32);
        REQUIRE(crypto_scalarmult(raw(out), raw(scalar), raw(point)) == 0);
        return out;
    };
    CHECK(to_hex(multiply(bytes("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
                          bytes("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"))) ==
          "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
    Bytes k = bytes("0900000000000000000000000000000000000000000000000000000000000000");
    Bytes u = k;
    for (int i = 0; i < 1000; ++i) {
        Bytes next = multiply(k, u);
        u = std::exchange(k, std::move(next));
    }
    CHECK(to_hex(k) == "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

TEST_CASE("Ed25519 gives the answers of RFC 8032") {
    const Bytes seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    Bytes public_key(32);
    Bytes secret_key(64);
    Bytes signature(64);
    crypto_sign_seed_keypair(raw(public_key), raw(secret_key), raw(seed));
    crypto_sign_detached(raw(signature), nullptr, raw(seed), 0, raw(secret_key));
    CHECK(to_hex(public_key) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    CHECK(to_hex(signature) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
          "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST_CASE("ChaCha20-Poly1305 gives the answer of RFC 8439 and its null message only verifies") {
    const Bytes key = bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const Bytes nonce = bytes("070000004041424344454647");
    const Bytes data = bytes("50515253c0c1c2c3c4c5c6c7");
    const std::string_view text =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        "be "
        "it.";
    Bytes sealed(text.size() + 16);
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(sealed), nullptr, reinterpret_cast<const unsigned char*>(text.data()),
                                              text.size(), raw(data), data.size(), nullptr, raw(nonce), raw(key));
    CHECK(to_hex(ByteView(sealed).first(16)) == "d31a8d34648e60db7b86afbc53ef7ec2");
    CHECK(to_hex(ByteView(sealed).last(16)) == "1ae10b594f09e26a7e902ecbd0600691");
    const auto verifies = [&] {
        return crypto_aead_chacha20poly1305_ietf_decrypt_detached(nullptr, nullptr, raw(sealed), text.size(),
                                                                  raw(sealed) + text.size(), raw(data), data.size(),
                                                                  raw(nonce), raw(key)) == 0;
    };
    CHECK(verifies());
    sealed[3] ^= std::byte{1};
    CHECK_FALSE(verifies());
}

TEST_CASE("Bech32 takes BIP-173's valid strings and refuses its invalid ones") {
    const auto valid = [](std::string_view text, std::string_view prefix, std::size_t n, bech32::Case letters) {
        Bytes data(n);
        if (!bech32::decode(prefix, as_bytes(text), letters, data)) return false;
        Bytes again(bech32::encoded_size(prefix.size(), n));
        bech32::encode(prefix, data, letters, again);
        return as_text(again) == text;
    };
    using bech32::Case;
    CHECK(valid("A12UEL5L", "a", 0, Case::Upper));
    CHECK(valid("a12uel5l", "a", 0, Case::Lower));
    CHECK(valid("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
                "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", 0, Case::Lower));
    CHECK(valid("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", 20, Case::Lower));
    CHECK(valid("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "split", 30, Case::Lower));
    CHECK_FALSE(valid("A12UEL5l", "a", 0, Case::Upper));  // mixed case
    CHECK_FALSE(valid("a12uel5l", "a", 0, Case::Upper));  // the other case
    CHECK_FALSE(valid("A1G7SGD8", "a", 0, Case::Upper));  // checksum over the upper-case prefix
    CHECK_FALSE(valid("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxx", "abcdef", 20, Case::Lower));
    CHECK_FALSE(valid("abcdeg1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", 20, Case::Lower));
    CHECK_FALSE(valid("x1b4n0q5v", "x", 0, Case::Lower));  // a character outside the alphabet
}

TEST_CASE("random numbers below a bound take every value and stay below it") {
    std::array<int, 7> seen{};
    for (int i = 0; i < 7000; ++i) ++seen.at(random_below(support::ready(), 7));
    CHECK(std::all_of(seen.begin(), seen.end(), [](int n) { return n > 700 && n < 1300; }));
    CHECK(random_below(support::ready(), 1) == 0);
    CHECK(random_hex(support::ready(), 16).size() == 32);
}
