// Recipients and their kinds: a file is never sealed to a mixture.
#include "crypto/recipient.hpp"
#include "crypto/age.hpp"
#include "crypto/bech32.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;

namespace {

std::string post_quantum_text() {
    Bytes key = support::pattern(1216);
    for (auto& b : key) b &= std::byte{0x77};  // numbers below the modulus
    std::string text(bech32::encoded_size(6, key.size()), ' ');
    bech32::encode("age1pq", key, bech32::Case::Lower, std::as_writable_bytes(std::span(text)));
    return text;
}

}  // namespace

TEST_CASE("a post-quantum recipient is read, told apart, and written back as the same text") {
    const auto text = post_quantum_text();
    CHECK(text.size() == 1959);
    const auto recipient = must(Recipient::parse(text));
    CHECK(recipient.kind() == Recipient::Kind::MlKem768X25519);
    CHECK(recipient.key().size() == 1216);
    CHECK(recipient.to_string() == text);
    CHECK(support::people(1).recipients.front().kind() == Recipient::Kind::X25519);
}

TEST_CASE("kinds never meet in one file, whichever comes first") {
    const auto classic = support::people(1).recipients.front();
    const auto hybrid = must(Recipient::parse(post_quantum_text()));
    for (const auto& mixed : {std::vector{classic, hybrid}, std::vector{hybrid, classic}}) {
        CHECK_FAILS(check_kinds(mixed), Error::Mixed);
        CHECK_FAILS(crypto::seal(support::ready(), as_bytes("x"), mixed), Error::Mixed);
        CHECK_FAILS(seal_record(support::ready(), as_bytes("{}"), mixed), Error::Mixed);
        CHECK_FAILS(SealStream::start(support::ready(), mixed, Stanzas::Exact), Error::Mixed);
        CHECK_FAILS(SealStream::start(support::ready(), mixed, Stanzas::Filled), Error::Mixed);
    }
}

TEST_CASE("a build without post-quantum keys refuses to seal to them, by name") {
    CHECK_FAILS(check_kinds({}), Error::Input);
    const std::vector hybrid{must(Recipient::parse(post_quantum_text()))};
    if (hybrid_available) {
        must(crypto::seal(support::ready(), as_bytes("x"), hybrid));
        return;
    }
    CHECK_FAILS(crypto::seal(support::ready(), as_bytes("x"), hybrid), Error::Kind);
    CHECK_FAILS(seal_record(support::ready(), as_bytes("{}"), hybrid), Error::Kind);
    CHECK_FAILS(SealStream::start(support::ready(), hybrid, Stanzas::Filled), Error::Kind);
}

TEST_CASE("a post-quantum recipient that nothing can be sealed to is refused where it is read") {
    const auto good = must(Recipient::parse(post_quantum_text()));
    const auto with = [&](std::size_t at, Bytes three) {
        Bytes key(good.key().begin(), good.key().end());
        std::copy(three.begin(), three.end(), key.begin() + static_cast<std::ptrdiff_t>(at));
        return key;
    };
    const auto text_of_key = [](const Bytes& key) {
        std::string text(bech32::encoded_size(6, key.size()), ' ');
        bech32::encode("age1pq", key, bech32::Case::Lower, std::as_writable_bytes(std::span(text)));
        return text;
    };
    for (const std::size_t at : {std::size_t{0}, std::size_t{600}, std::size_t{1149}}) {
        INFO(at);
        const auto largest = with(at, support::bytes("000dd0"));  // 3,328 both times
        CHECK(must(Recipient::from_key(largest)).to_string() == text_of_key(largest));
        for (const auto* above : {"010d00", "0010d0", "ffffff"}) {
            INFO(above);
            CHECK_FAILS(Recipient::from_key(with(at, support::bytes(above))), Error::Input);
            CHECK_FAILS(Recipient::parse(text_of_key(with(at, support::bytes(above)))), Error::Malformed);
        }
    }
    must(Recipient::from_key(with(1152, support::bytes("ffffff"))));  // the seed and the other key are any bytes
}

TEST_CASE("a recipient is read in one form only, of either kind") {
    for (const auto& good : {support::people(1).recipients.front().to_string(), post_quantum_text()}) {
        REQUIRE(Recipient::parse(good));
        std::string upper = good;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        std::string changed = good;
        changed[20] = changed[20] == 'q' ? 'p' : 'q';
        for (const auto& text :
             {upper, changed, good + "\n", " " + good, good.substr(1), good.substr(0, good.size() - 1)})
            CHECK_FAILS(Recipient::parse(text), Error::Malformed);
    }
}
