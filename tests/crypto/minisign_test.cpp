#include "crypto/minisign.hpp"

#include "crypto/random.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;

namespace {

constexpr ScryptCost light{32768, 16777216};
const Bytes message(1000, std::byte{0x42});

DeviceSecretKey key() {
    return must(DeviceSecretKey::generate(support::ready()));
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a signature verifies with its key and gives back the trusted comment") {
    const auto device = key();
    const auto signature = must(sign(support::ready(), message, device, "v=1 seq=3", "for people"));
    CHECK(must(verify(support::ready(), message, signature, device.public_key())) == "v=1 seq=3");
    CHECK(must(signer_of(signature)) == device.public_key().id());
    CHECK(signature.rfind("untrusted comment: for people\n", 0) == 0);
}

TEST_CASE("another key, another message and another comment are told apart and refused") {
    const auto device = key();
    const auto signature = must(sign(support::ready(), message, device, "seq=3"));
    CHECK_FAILS(verify(support::ready(), message, signature, key().public_key()), Error::OtherKey);
    CHECK_FAILS(verify(support::ready(), as_bytes("other"), signature, device.public_key()), Error::Signature);
    CHECK_FAILS(verify(support::ready(), message, changed(signature, "seq=3", "seq=4"), device.public_key()),
                Error::Signature);
    CHECK(
        verify(support::ready(), message, changed(signature, "signature from", "a signature of"), device.public_key()));
}

TEST_CASE("a key with the same id and another secret does not verify") {
    const auto device = key();
    minisign::Public impostor = key().public_key().raw();
    impostor.id = device.public_key().id();
    const auto signature = must(sign(support::ready(), message, device, ""));
    CHECK_FAILS(verify(support::ready(), message, signature, DevicePublicKey(impostor)), Error::Signature);
}

TEST_CASE("every bit flip behind the untrusted comment of a signature is refused") {
    const auto device = key();
    const auto signature = must(sign(support::ready(), message, device, "trusted words"));
    for (std::size_t i = signature.find('\n'); i < signature.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = signature;
            damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ (1U << bit));
            INFO(i << " " << bit);
            REQUIRE_FALSE(verify(support::ready(), message, damaged, device.public_key()));
        }
    }
    for (std::size_t n = 0; n < signature.size(); ++n)
        REQUIRE_FAILS(verify(support::ready(), message, signature.substr(0, n), device.public_key()), Error::Malformed);
    CHECK_FAILS(verify(support::ready(), message, signature + "\n", device.public_key()), Error::Malformed);
}

TEST_CASE("a signature in the old, not prehashed form is refused") {
    const auto device = key();
    const auto signature = must(sign(support::ready(), message, device, ""));
    CHECK_FAILS(verify(support::ready(), message, changed(signature, "\nRU", "\nRW"), device.public_key()),
                Error::Malformed);
}

TEST_CASE("comments have limits and one line") {
    const auto device = key();
    const std::string longest(trusted_comment_limit - 1 - 17, 'c');
    const auto signature = must(sign(support::ready(), message, device, longest));
    CHECK(must(verify(support::ready(), message, signature, device.public_key())) == longest);
    for (const auto& bad : {longest + "c", std::string("two\nlines"), std::string("bell\a"), std::string("cr\r")})
        CHECK_FAILS(sign(support::ready(), message, device, bad), Error::Input);
    CHECK_FAILS(sign(support::ready(), message, device, "", std::string(1100, 'u')), Error::Input);
}

TEST_CASE("public keys come back from their text and their line, and from nothing else") {
    const auto public_key = key().public_key();
    const auto text = public_key.to_text();
    CHECK(must(DevicePublicKey::parse(text)) == public_key);
    const auto line = text.substr(text.find('\n') + 1, 56);
    CHECK(must(DevicePublicKey::parse_line(line)) == public_key);
    CHECK(to_base64(public_key.bytes()) == line);
    for (const auto& bad : {text + "\n", text.substr(0, text.size() - 1), line, changed(text, "\nRW", "\nRU"),
                            changed(text, "untrusted", "trusted"), std::string()})
        CHECK_FAILS(DevicePublicKey::parse(bad), Error::Malformed);
    CHECK_FAILS(DevicePublicKey::parse_line(line + "A"), Error::Malformed);
}

TEST_CASE("an unprotected secret key comes back from its text") {
    const auto device = key();
    const auto text = must(device.to_text(support::ready()));
    CHECK_FALSE(must(is_protected(text.view())));
    const auto again = must(DeviceSecretKey::parse(support::ready(), text.view()));
    CHECK(again.public_key() == device.public_key());
    CHECK(again.secret().equals(device.secret().view()));
}

TEST_CASE("a protected secret key opens with its passphrase only") {
    const auto device = key();
    const auto passphrase = support::secret("ocho palabras");
    const auto text = must(device.to_text(support::ready(), passphrase, light));
    CHECK(must(is_protected(text.view())));
    CHECK(must(DeviceSecretKey::parse(support::ready(), text.view(), passphrase)).public_key() == device.public_key());
    CHECK_FAILS(DeviceSecretKey::parse(support::ready(), text.view(), support::secret("ocho palabra")),
                Error::WrongSecret);
    CHECK_FAILS(DeviceSecretKey::parse(support::ready(), text.view()), Error::Protected);
    CHECK_FAILS(device.to_text(support::ready(), SecretBytes(), light), Error::Input);
}

TEST_CASE("a secret key that asks for more than the cap is refused before any work") {
    const auto passphrase = support::secret("x");
    CHECK_FAILS(key().to_text(support::ready(), passphrase, {33554433, 1073741824}), Error::WorkFactor);
    CHECK_FAILS(key().to_text(support::ready(), passphrase, {33554432, 1073741825}), Error::WorkFactor);
    const auto text = support::text_of(must(key().to_text(support::ready(), passphrase, light)));
    const auto start = text.find('\n') + 1;
    auto blob = *from_base64(std::string_view(text).substr(start, 212));
    blob[6 + 32 + 7] = std::byte{1};  // the top byte of the operations
    CHECK_FAILS(
        DeviceSecretKey::parse(support::ready(), as_bytes(text.substr(0, start) + to_base64(blob) + "\n"), passphrase),
        Error::WorkFactor);
}

TEST_CASE("a secret key whose public half is not its own is refused") {
    const auto text = support::text_of(must(key().to_text(support::ready())));
    const auto start = text.find('\n') + 1;
    auto blob = *from_base64(std::string_view(text).substr(start, 212));
    for (const std::size_t at :
         {std::size_t{6 + 48 + 8}, std::size_t{6 + 48 + 8 + 32}, std::size_t{6}, std::size_t{157}}) {
        auto damaged = blob;
        damaged[at] ^= std::byte{1};
        CHECK_FAILS(
            DeviceSecretKey::parse(support::ready(), as_bytes(text.substr(0, start) + to_base64(damaged) + "\n")),
            Error::Malformed);
    }
}

TEST_CASE("every bit flip in the key of an unprotected secret key file is refused or another key") {
    const auto device = key();
    const auto text = support::text_of(must(device.to_text(support::ready())));
    for (std::size_t i = text.find('\n'); i < text.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = text;
            damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ (1U << bit));
            const auto parsed = DeviceSecretKey::parse(support::ready(), as_bytes(damaged));
            INFO(i << " " << bit);
            REQUIRE_FALSE((parsed && parsed->public_key() == device.public_key()));
        }
    }
}

TEST_CASE("every truncation of a secret key is refused") {
    const auto text = must(key().to_text(support::ready()));
    for (std::size_t n = 0; n < text.size(); ++n)
        REQUIRE_FAILS(DeviceSecretKey::parse(support::ready(), text.view().first(n)), Error::Malformed);
}

TEST_CASE("a large file is signed in pieces as it would be whole") {
    const auto device = key();
    Blake2b512 hash(support::ready());
    hash.update(ByteView(message).first(400));
    hash.update(ByteView(message).subspan(400));
    const auto signature = must(sign(support::ready(), hash.finish(), device, "c"));
    CHECK(verify(support::ready(), message, signature, device.public_key()));
}
