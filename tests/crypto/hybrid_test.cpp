// Post-quantum recipients and identities (mlkem768x25519), from seal to open; what official vectors say is in
// age_vectors_test.cpp.
#include <set>

#include "crypto/age.hpp"
#include "crypto/age_header.hpp"
#include "crypto/xwing.hpp"
#include "support.hpp"
#include "tests/support/needs.hpp"

using namespace crypto;
using support::must;

namespace {

constexpr auto hybrid_kind = Recipient::Kind::MlKem768X25519;

void needs_hybrid() {
    if (hybrid_available) return;
    if (::support::nothing_may_be_missing())
        FAIL("this build's libsodium has no X-Wing; ./dev test builds one that has");
    SKIP("this build's libsodium has no X-Wing");
}

struct HybridRecord {
    support::People people = support::people(2, hybrid_kind);
    Sealed sealed = must(seal_record(support::ready(), as_bytes("{\"answers\":[]}"), people.recipients));
    std::size_t header = sealed.bytes.size() - 16384 - 16;  // with the nonce

    [[nodiscard]] bool verifies(ByteView file) const {
        return verify_sealed(support::ready(), file, sealed.file_key, sealed.stanzas).has_value();
    }
    [[nodiscard]] bool accepted(ByteView file) const {
        return open::open(support::ready(), file, people.identities).has_value() || verifies(file);
    }
};

bool flipped_is_accepted(Bytes& file, std::size_t bit, const std::function<bool(ByteView)>& accepted) {
    file[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    const bool taken = accepted(file);
    file[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    if (taken) UNSCOPED_INFO("bit " << bit);
    return taken;
}

}  // namespace

TEST_CASE("what is sealed to post-quantum recipients is opened by each of them and by nobody else") {
    needs_hybrid();
    const auto ready = support::ready();
    const auto people = support::people(3, hybrid_kind);
    const auto other = support::people(1, hybrid_kind);
    const auto classic = support::people(1);
    const Bytes plain = support::pattern(200000);
    const auto sealed = must(seal(ready, plain, people.recipients));
    must(verify_sealed(ready, sealed.bytes, sealed.file_key, 3));
    for (const auto& identity : people.identities)
        CHECK(must(open::open(ready, sealed.bytes, std::span(&identity, 1))).equals(plain));
    CHECK_FAILS(open::open(ready, sealed.bytes, other.identities), Error::NoMatch);
    CHECK_FAILS(open::open(ready, sealed.bytes, classic.identities), Error::NoMatch);
    CHECK_FAILS(open::open(ready, must(seal(ready, plain, classic.recipients)).bytes, people.identities),
                Error::NoMatch);
    // Both kinds at hand, as where a programme moves over: either file opens.
    std::vector<open::Identity> both;
    both.push_back(must(open::Identity::parse(ready, must(people.identities[0].to_text(ready)).view())));
    both.push_back(must(open::Identity::parse(ready, must(classic.identities[0].to_text(ready)).view())));
    CHECK(must(open::open(ready, sealed.bytes, both)).equals(plain));
    CHECK(must(open::open(ready, must(seal(ready, plain, classic.recipients)).bytes, both)).equals(plain));
}

TEST_CASE("what is sealed to post-quantum recipients in pieces is opened in pieces") {
    needs_hybrid();
    const auto ready = support::ready();
    const auto people = support::people(2, hybrid_kind);
    const Bytes plain = support::pattern(150000);
    auto stream = must(SealStream::start(ready, people.recipients, Stanzas::Filled));
    CHECK(stream.stanzas() == few_stanzas);
    Bytes file(stream.header().begin(), stream.header().end());
    must(stream.update(plain, file));
    must(stream.finish(file));
    VerifyStream verify(ready, stream.file_key(), few_stanzas);
    open::OpenStream opening(ready, open::Keys{people.identities});
    Bytes opened;
    for (ByteView rest = file; !rest.empty(); rest = rest.subspan(std::min<std::size_t>(777, rest.size()))) {
        must(verify.update(rest.first(std::min<std::size_t>(777, rest.size()))));
        must(opening.update(rest.first(std::min<std::size_t>(777, rest.size())), opened));
    }
    must(verify.finish());
    must(opening.finish(opened));
    CHECK(opened == plain);
}

TEST_CASE("a post-quantum identity is written and read as age writes it") {
    needs_hybrid();
    const auto ready = support::ready();
    const auto identity = must(open::Identity::generate(ready, hybrid_kind));
    CHECK(identity.kind() == hybrid_kind);
    CHECK(identity.recipient().to_string().substr(0, 7) == "age1pq1");
    const auto text = must(identity.to_text(ready));
    CHECK(text.size() == 77);
    CHECK(support::text_of(text).substr(0, 20) == "AGE-SECRET-KEY-PQ-1" + support::text_of(text).substr(19, 1));
    const auto read = must(open::parse_identity_file(ready, must(open::identity_file(ready, identity)).view()));
    REQUIRE(read.size() == 1);
    CHECK(read.front().recipient() == identity.recipient());
    CHECK(read.front().secret().equals(identity.secret().view()));
    // The secret bytes do not say of which kind they are: as another kind they are another identity.
    const auto same = [&](open::Identity::Kind kind) {
        return must(open::Identity::from_secret(must(SecretBytes::copy_of(ready, identity.secret().view())), kind));
    };
    CHECK(same(hybrid_kind).recipient() == identity.recipient());
    CHECK_FALSE(same(Recipient::Kind::X25519).recipient() == identity.recipient());
    std::string changed = support::text_of(text);
    changed[40] = changed[40] == 'Q' ? 'P' : 'Q';
    CHECK_FAILS(open::Identity::parse(ready, as_bytes(changed)), Error::Malformed);
    CHECK_FAILS(open::Identity::parse(ready, as_bytes(support::text_of(text).substr(0, 76))), Error::Malformed);
}

TEST_CASE("post-quantum records have five sizes for few recipients and five for many, and their stanzas look alike") {
    needs_hybrid();
    const auto ready = support::ready();
    const auto people = support::people(10, hybrid_kind);
    for (const std::size_t n : {std::size_t{1}, std::size_t{5}, std::size_t{6}, std::size_t{10}}) {
        const std::span recipients(people.recipients.data(), n);
        const std::size_t stanzas = n <= few_stanzas ? few_stanzas : many_stanzas;
        for (const std::size_t size : record_buckets) {
            const auto sealed = must(seal_record(ready, Bytes(size - 7, std::byte{'x'}), recipients));
            const std::size_t chunks = (size + age_chunk - 1) / age_chunk;
            CHECK(sealed.bytes.size() == 22 + stanzas * 1557 + 48 + 16 + size + chunks * 16);
        }
        const auto record = must(seal_record(ready, as_bytes("{}"), recipients));
        const auto header = must(age::parse_header(record.bytes));  // refers to the record
        std::set<std::string_view> shares;
        for (const auto& stanza : header.stanzas) {
            CHECK(stanza.arguments.front() == "mlkem768x25519");
            CHECK(stanza.arguments.at(1).size() == 1494);
            CHECK(stanza.body.size() == 32);
            shares.insert(stanza.arguments[1]);
        }
        CHECK(shares.size() == stanzas);
    }
}

TEST_CASE("every flipped bit of a post-quantum record is refused", "[long]") {
    needs_hybrid();
    const HybridRecord record;
    Bytes damaged = record.sealed.bytes;
    REQUIRE(record.accepted(damaged));
    std::size_t accepted = 0;
    // Identities are asked for a sample: they cost fifty times more. All bits of one stanza are the next case.
    for (std::size_t bit = 0; bit < damaged.size() * 8; ++bit)
        accepted += flipped_is_accepted(damaged, bit, [&](ByteView file) {
            return bit % 499 == 0 ? record.accepted(file) : record.verifies(file);
        });
    CHECK(accepted == 0);
    CHECK(damaged == record.sealed.bytes);
    std::printf("P3 flipped bits of a post-quantum record: %zu tried, %zu accepted\n", damaged.size() * 8, accepted);
}

TEST_CASE("every flipped bit of a post-quantum stanza is refused by who could open it", "[long]") {
    needs_hybrid();
    const auto one = support::people(1, hybrid_kind);
    const auto sealed = must(seal(support::ready(), as_bytes("{}"), one.recipients));
    Bytes damaged = sealed.bytes;
    std::size_t accepted = 0;
    for (std::size_t bit = 0; bit < damaged.size() * 8; ++bit)
        accepted += flipped_is_accepted(damaged, bit, [&](ByteView file) {
            return open::open(support::ready(), file, one.identities).has_value();
        });
    CHECK(accepted == 0);
    std::printf("P3 flipped bits of a post-quantum stanza: %zu tried, %zu accepted\n", damaged.size() * 8, accepted);
}

TEST_CASE("a file of both kinds, which nobody should write, is still opened by either") {
    needs_hybrid();
    const auto ready = support::ready();
    const auto hybrid = support::people(1, hybrid_kind);
    const auto classic = support::people(1);
    const Bytes file_key = support::pattern(16);
    Bytes header;
    append(header, age::version_line);
    must(age::wrap_for(ready, header, file_key, classic.recipients.front()));
    must(age::wrap_for(ready, header, file_key, hybrid.recipients.front()));
    age::append_end(ready, header, file_key, Bytes(16));
    CHECK(must(open::open_file_key(ready, header, open::Keys{hybrid.identities})).equals(file_key));
    CHECK(must(open::open_file_key(ready, header, open::Keys{classic.identities})).equals(file_key));
}

TEST_CASE("a build without post-quantum keys says so, whatever is asked of it") {
    if (hybrid_available) {
        SUCCEED("it has them");
        return;
    }
    const auto ready = support::ready();
    CHECK_FAILS(open::Identity::generate(ready, hybrid_kind), Error::Kind);
    CHECK_FAILS(open::Identity::parse(
                    ready, as_bytes("AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR")),
                Error::Kind);
}

#ifdef AMPARO_XWING
TEST_CASE("ML-KEM-768 gives C2SP's accumulated answers", "[long]") {  // CCTV, ML-KEM, accumulated: 10,000 keys
    crypto_xof_shake128_state stream;
    crypto_xof_shake128_state answers;
    crypto_xof_shake128_init(&stream);
    crypto_xof_shake128_init(&answers);
    std::array<unsigned char, crypto_kem_mlkem768_SEEDBYTES> seed{};
    std::array<unsigned char, crypto_kem_mlkem768_PUBLICKEYBYTES> key{};
    std::array<unsigned char, crypto_kem_mlkem768_SECRETKEYBYTES> secret_key{};
    std::array<unsigned char, crypto_kem_mlkem768_CIPHERTEXTBYTES> sealed{};
    std::array<unsigned char, 32> message{};
    std::array<unsigned char, 32> secret{};
    std::array<unsigned char, 32> opened{};
    const auto squeeze = [&](auto& out) { crypto_xof_shake128_squeeze(&stream, out.data(), out.size()); };
    const auto add = [&](const auto& in) { crypto_xof_shake128_update(&answers, in.data(), in.size()); };
    for (int i = 0; i < 10000; ++i) {
        squeeze(seed);
        crypto_kem_mlkem768_seed_keypair(key.data(), secret_key.data(), seed.data());
        add(key);
        squeeze(message);
        REQUIRE(crypto_kem_mlkem768_enc_deterministic(sealed.data(), secret.data(), key.data(), message.data()) == 0);
        add(sealed);
        add(secret);
        REQUIRE(crypto_kem_mlkem768_dec(opened.data(), sealed.data(), secret_key.data()) == 0);
        REQUIRE(opened == secret);
        squeeze(sealed);  // a ciphertext of nobody's: implicit rejection
        REQUIRE(crypto_kem_mlkem768_dec(opened.data(), sealed.data(), secret_key.data()) == 0);
        add(opened);
    }
    crypto_xof_shake128_squeeze(&answers, secret.data(), secret.size());
    CHECK(to_hex(std::as_bytes(std::span(secret))) ==
          "8a518cc63da366322a8e7a818c7a0d63483cb3528d34a4cf42f35d5ad73f22fc");
}

TEST_CASE("X-Wing refuses a key above the modulus, and points of low order on both sides") {
    const auto identity = must(open::Identity::generate(support::ready(), hybrid_kind));
    Bytes sealed(xwing::sealed_size);
    std::array<std::byte, 32> secret{};
    Bytes key(identity.recipient().key().begin(), identity.recipient().key().end());
    REQUIRE(xwing::seal(xwing::Sealed(sealed), secret, key));
    REQUIRE(xwing::open(secret, sealed, identity.secret().view()));
    std::fill(sealed.end() - 32, sealed.end(), std::byte{0});
    CHECK_FALSE(xwing::open(secret, sealed, identity.secret().view()));
    std::fill(key.end() - 32, key.end(), std::byte{0});
    CHECK_FALSE(xwing::seal(xwing::Sealed(sealed), secret, key));
    CHECK_FAILS(seal(support::ready(), as_bytes("x"), std::vector{must(Recipient::from_key(key))}), Error::Input);
    key[0] = key[1] = std::byte{0xff};
    CHECK_FALSE(xwing::seal(xwing::Sealed(sealed), secret, key));
}
#endif
