// Recomputes the worked examples of crypto/FORMAT.md, so that the page cannot say anything but what the code does.
#include <sodium.h>

#include <map>

#include "crypto/age_payload.hpp"
#include "crypto/draft.hpp"
#include "crypto/minisign.hpp"
#include "crypto/pin.hpp"
#include "crypto/raw.hpp"
#include "crypto/recovery.hpp"
#include "crypto/reply.hpp"
#include "crypto/slots.hpp"
#include "crypto/words.hpp"
#include "crypto/xwing.hpp"
#include "support.hpp"

using namespace crypto;
using support::bytes;
using support::must;
using Example = std::map<std::string, std::string>;

namespace {

// The `key: value` lines of the block that begins with ```example NAME.
Example example(const std::string& name) {
    const Bytes content = support::read(std::string(AMPARO_SOURCE_DIR) + "/crypto/FORMAT.md");
    const std::string page(as_text(content));
    const auto head = "```example " + name + "\n";
    const auto start = page.find(head);
    REQUIRE(start != std::string::npos);
    Reader reader(as_bytes(page).subspan(start + head.size()));
    Example out;
    while (const auto line = reader.line(10000)) {
        if (*line == "```") return out;
        const auto colon = line->find(": ");
        out.emplace(line->substr(0, colon), line->substr(colon + 2));
    }
    FAIL("the block does not end");
    return out;
}

std::string hkdf(ByteView key, ByteView salt, std::string_view info) {
    return to_hex(must(hkdf_sha256(support::ready(), key, salt, info)).view());
}

Bytes joined(Bytes first, ByteView second) {
    append(first, second);
    return first;
}

}  // namespace

TEST_CASE("the example of a sealed file is what its keys give") {
    const auto e = example("age");
    const auto identity = must(open::Identity::parse(support::ready(), as_bytes(e.at("identity"))));
    CHECK(identity.recipient().to_string() == e.at("recipient"));
    Bytes shared(32);
    REQUIRE(crypto_scalarmult(raw(shared), raw(identity.secret().view()), raw(bytes(e.at("share")))) == 0);
    CHECK(to_hex(shared) == e.at("shared secret"));
    CHECK(hkdf(shared, joined(bytes(e.at("share")), identity.recipient().key()), "age-encryption.org/v1/X25519") ==
          e.at("wrap key"));
    const Bytes file_key = bytes(e.at("file key"));
    Bytes body(32);
    const Bytes zero(12);
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(body), nullptr, raw(file_key), 16, nullptr, 0, nullptr, raw(zero),
                                              raw(bytes(e.at("wrap key"))));
    CHECK(to_hex(body) == e.at("body"));
    CHECK(hkdf(file_key, {}, "header") == e.at("mac key"));
    CHECK(hkdf(file_key, bytes(e.at("nonce")), "payload") == e.at("payload key"));

    Bytes file;
    append(file, "age-encryption.org/v1\n-> X25519 " + to_base64_unpadded(bytes(e.at("share"))) + "\n" +
                     to_base64_unpadded(body) + "\n---");
    const auto mac = hmac_sha256(support::ready(), bytes(e.at("mac key")), file);
    CHECK(to_hex(mac) == e.at("mac"));
    append(file, " " + to_base64_unpadded(mac) + "\n");
    append(file, bytes(e.at("nonce")));
    Scratch<32> payload_key;
    age::Payload payload(file_key, bytes(e.at("nonce")), payload_key.writable());
    Bytes sealed(e.at("plaintext").size() + 16);
    payload.seal(as_bytes(e.at("plaintext")), sealed, true);
    CHECK(to_hex(sealed) == e.at("payload"));
    append(file, sealed);
    CHECK(to_hex(file) == e.at("file"));
    CHECK(must(open::open(support::ready(), file, std::span(&identity, 1))).equals(as_bytes(e.at("plaintext"))));
}

TEST_CASE("the example of a post-quantum file is what its keys give") {
    const auto e = example("hybrid");
    const auto info = as_bytes("age-encryption.org/mlkem768x25519");
    const Bytes secret = bytes(e.at("shared secret"));
    const Bytes file_key = bytes(e.at("file key"));
    const Bytes nonce = bytes(e.at("nonce"));
    // HPKE's labelled extract and expand, as the page writes them.
    Bytes suite;
    append(suite, "HPKE-v1HPKE");
    append(suite, bytes("647a00010003"));
    const auto labelled = [&](std::string_view label, ByteView rest) {
        Bytes message = joined(suite, as_bytes(label));
        append(message, rest);
        return message;
    };
    const auto hmac = [](ByteView key, const Bytes& message) { return hmac_sha256(support::ready(), key, message); };
    Bytes context(1);
    append(context, hmac({}, labelled("psk_id_hash", {})));
    append(context, hmac({}, labelled("info_hash", info)));
    context.push_back(std::byte{1});
    const auto prk = hmac(secret, labelled("secret", {}));
    const auto key = hmac(prk, joined(bytes("0020"), labelled("key", context)));
    const auto base = hmac(prk, joined(bytes("000c"), labelled("base_nonce", context)));
    CHECK(to_hex(key) == e.at("key"));
    CHECK(to_hex(ByteView(base).first(12)) == e.at("base nonce"));
    Bytes body(32);
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(body), nullptr, raw(file_key), 16, nullptr, 0, nullptr, raw(base),
                                              raw(key));
    CHECK(to_hex(body) == e.at("body"));

    Bytes file;
    append(file, "age-encryption.org/v1\n-> mlkem768x25519 " + to_base64_unpadded(bytes(e.at("share"))) + "\n" +
                     to_base64_unpadded(body) + "\n---");
    const auto mac = hmac(bytes(hkdf(file_key, {}, "header")), file);
    CHECK(to_hex(mac) == e.at("mac"));
    append(file, " " + to_base64_unpadded(mac) + "\n");
    append(file, nonce);
    Scratch<32> payload_key;
    age::Payload payload(file_key, nonce, payload_key.writable());
    Bytes sealed(e.at("plaintext").size() + 16);
    payload.seal(as_bytes(e.at("plaintext")), sealed, true);
    CHECK(to_hex(sealed) == e.at("payload"));
    append(file, sealed);
    CHECK(to_hex(sha256(support::ready(), file)) == e.at("sha256 of the file"));
    CHECK(must(Recipient::parse(e.at("recipient"))).to_string() == e.at("recipient"));
    if (!hybrid_available) return;
    const auto identity = must(open::Identity::parse(support::ready(), as_bytes(e.at("identity"))));
    CHECK(identity.recipient().to_string() == e.at("recipient"));
    CHECK(must(open::open(support::ready(), file, std::span(&identity, 1))).equals(as_bytes(e.at("plaintext"))));
    std::array<std::byte, 32> shared{};
    CHECK(xwing::open(shared, bytes(e.at("share")), identity.secret().view()));
    CHECK(to_hex(shared) == e.at("shared secret"));
}

TEST_CASE("the example of a signature is what its key gives") {
    const auto e = example("minisign");
    const auto key = must(DeviceSecretKey::parse(
        support::ready(), as_bytes("untrusted comment: example\n" + e.at("secret key line") + "\n")));
    CHECK(must(DevicePublicKey::parse_line(e.at("public key line"))) == key.public_key());
    CHECK(to_hex(key.public_key().id()) == e.at("key id"));
    Blake2b512 hash(support::ready());
    hash.update(as_bytes(e.at("message")));
    CHECK(to_hex(hash.finish()) == e.at("prehash"));
    const auto signature =
        must(sign(support::ready(), as_bytes(e.at("message")), key, e.at("trusted comment"), "example"));
    CHECK(signature == "untrusted comment: example\n" + e.at("signature line") +
                           "\ntrusted comment: " + e.at("trusted comment") + "\n" + e.at("global line") + "\n");
}

TEST_CASE("the example of key slots opens both ways and has the stated keys") {
    const auto e = example("slots");
    Bytes file = bytes(e.at("header"));
    append(file, bytes(e.at("slot 1")));
    append(file, bytes(e.at("slot 2")));
    file.resize(slots_file_size, std::byte{0x5a});
    const auto slots = must(Slots::parse(file));
    CHECK(slots.serialise() == file);
    const auto words = support::secret(e.at("words"));
    CHECK(to_hex(must(slots.unlock_words(support::ready(), 0, words)).view()) == e.at("database key"));
    const auto key_file =
        must(KeyFile::parse(support::ready(), as_bytes("amparo key file 1\ndevice " + to_hex(slots.device()) +
                                                       "\nslot 2\nkey " + e.at("key file key") + "\n")));
    CHECK(to_hex(must(slots.unlock_key_file(support::ready(), key_file)).view()) == e.at("database key"));
    const Bytes first_salt = bytes(e.at("slot 1").substr(0, 32));
    CHECK(to_hex(must(argon2id(support::ready(), words.view(), first_salt, slots.cost())).view()) == e.at("argon2id"));
    CHECK(hkdf(bytes(e.at("key file key")), bytes(e.at("slot 2").substr(0, 32)), "amparo slots 1 key file") ==
          e.at("hkdf"));

    Bytes bound;  // the additional data of slot 2, put together by hand
    append(bound, "AMPSLOTS");
    append(bound, bytes("0101"));
    append(bound, bytes("0000010003000000"));
    append(bound, slots.device());
    const Bytes slot = bytes(e.at("slot 2"));
    Bytes key(32);
    CHECK(crypto_aead_xchacha20poly1305_ietf_decrypt(raw(key), nullptr, nullptr, raw(slot) + 40, 48, raw(bound),
                                                     bound.size(), raw(slot) + 16, raw(bytes(e.at("hkdf")))) == 0);
    CHECK(to_hex(key) == e.at("database key"));
}

TEST_CASE("the example of a recovery text is what is sealed, and it opens with a coordinator's identity") {
    const auto e = example("recovery");
    const auto people = support::people(2);
    DeviceId device;
    const Bytes id = bytes(e.at("device"));
    REQUIRE(id.size() == device.size());
    std::copy(id.begin(), id.end(), device.begin());
    const auto key = must(SecretBytes::copy_of(support::ready(), bytes(e.at("database key"))));
    const SecretBytes* const keys[] = {&key};
    const auto sealed = must(seal_recovery(support::ready(), device, keys, people.recipients));
    const auto opened = must(open::open(support::ready(), sealed.bytes, std::span(&people.identities.back(), 1)));
    const Bytes text = bytes(e.at("text"));
    CHECK(to_hex(opened.view().first(text.size())) == e.at("text"));
    const auto parsed = must(Recovery::parse(support::ready(), text));
    CHECK(parsed.device() == device);
    REQUIRE(parsed.keys().size() == 1);
    CHECK(parsed.keys().front().equals(key.view()));
}

TEST_CASE("the example of a PIN verifier fits its PIN") {
    const auto e = example("pin");
    must(check_pin(support::ready(), bytes(e.at("verifier")), support::secret(e.at("pin"))));
}

TEST_CASE("the example of a fingerprint has the words of its digest") {
    const auto e = example("words");
    Digest digest{};
    const Bytes given = bytes(e.at("digest"));
    REQUIRE(given.size() == digest.size());
    std::copy(given.begin(), given.end(), digest.begin());
    CHECK(fingerprint_words(digest) == e.at("fingerprint"));
}

TEST_CASE("the example of a draft opens with its key, record and revision") {
    const auto e = example("draft");
    const auto key = must(SecretBytes::copy_of(support::ready(), bytes(e.at("key"))));
    const auto revision = static_cast<std::uint32_t>(std::stoul(e.at("revision")));
    const auto content = must(open_draft(support::ready(), key, e.at("record"), revision, bytes(e.at("sealed"))));
    CHECK(to_hex(content.view()) == e.at("content"));
}

TEST_CASE("the example of a reply is what its secret names, seals and opens") {
    const auto e = example("reply");
    const auto secret = bytes(e.at("secret"));
    const auto content = bytes(e.at("content"));
    CHECK(must(reply_name(support::ready(), secret)) == e.at("name"));
    CHECK(to_hex(must(seal_reply(support::ready(), secret, content))) == e.at("sealed"));
    CHECK(must(open_reply(support::ready(), secret, bytes(e.at("sealed")))) == content);
}
