#include "app/deployment/recovery_shares.hpp"

#include <optional>

#include "tests/deployment/support.hpp"

using namespace app::deployment;
using test::must;
using test::programme;
using test::ready;
using test::shares_of;
using test::words_of;

namespace {

crypto::open::Identity new_identity() {
    return must(crypto::open::Identity::generate(ready()));
}

std::optional<ShareRefusal> refusal(GatheredShares& gathered, const std::string& typed) {
    const auto taken = gathered.take(ready(), crypto::as_bytes(typed));
    return taken ? std::nullopt : std::optional(taken.error().why);
}

GatheredShares taken_from(const std::vector<crypto::PaperShare>& shares, std::initializer_list<std::size_t> chosen,
                          ExpectedShares expected = {}) {
    GatheredShares gathered(std::move(expected));
    for (const auto at : chosen) REQUIRE_FALSE(refusal(gathered, words_of(shares[at])));
    return gathered;
}

/// A share whose checks are all right, and whose content is not what was split.
crypto::PaperShare forged(const crypto::PaperShare& share) {
    crypto::PaperShare other{share.head, must(crypto::SecretBytes::copy_of(ready(), share.payload.view()))};
    other.payload.writable()[7] ^= std::byte{4};
    return other;
}

}  // namespace

TEST_CASE("any papers of a set, read in any order, give the identity that was split") {
    const auto identity = new_identity();
    const auto shares = shares_of(identity, 2, 3);
    REQUIRE(shares.size() == 3);
    for (const auto& [first, second] : {std::pair{0U, 1U}, {2U, 0U}, {1U, 2U}}) {
        auto gathered = taken_from(shares, {first, second}, {programme, identity.recipient(), shares[0].head});
        const auto joined = must(gathered.join(ready()));
        CHECK(joined.identity.recipient() == identity.recipient());
        CHECK(joined.identity.secret().equals(identity.secret().view()));
        CHECK(joined.verified.size() == 2);
        CHECK(joined.wrong.empty());
    }
}

TEST_CASE("with one paper too few there is no identity, and it is said how many are missing") {
    const auto identity = new_identity();
    const auto shares = shares_of(identity, 3, 5);
    GatheredShares gathered({programme, std::nullopt, std::nullopt});
    CHECK_FALSE(gathered.missing());
    for (std::size_t taken = 0; taken < 3; ++taken) {
        const auto early = gathered.join(ready());
        REQUIRE_FALSE(early);
        CHECK(early.error() == JoinError::TooFew);
        REQUIRE_FALSE(refusal(gathered, words_of(shares[4 - taken])));
        CHECK(gathered.missing() == 2 - taken);
    }
    CHECK(must(gathered.join(ready())).identity.recipient() == identity.recipient());
}

TEST_CASE("a paper of another programme, key or set is refused as what it is, and changes nothing") {
    const auto identity = new_identity();
    const auto shares = shares_of(identity, 2, 3);
    const auto again = shares_of(identity, 2, 3);
    const auto foreign = shares_of(identity, 2, 3, "ee7cdbde3e6c2ebc");
    const auto of_other_key = shares_of(new_identity(), 2, 3);
    auto gathered = taken_from(shares, {0}, {programme, identity.recipient(), std::nullopt});
    for (std::size_t at = 0; at < 3; ++at) {
        CHECK(refusal(gathered, words_of(foreign[at])) == ShareRefusal::OtherProgramme);
        CHECK(refusal(gathered, words_of(of_other_key[at])) == ShareRefusal::OtherKey);
        CHECK(refusal(gathered, words_of(again[at])) == ShareRefusal::OtherSet);
        const auto named = gathered.take(ready(), crypto::as_bytes(words_of(again[at])));
        REQUIRE_FALSE(named);
        CHECK(named.error().head == again[at].head);
    }
    CHECK(gathered.taken() == 1);
    CHECK_FALSE(refusal(gathered, words_of(shares[2])));
    CHECK(gathered.join(ready()));
}

TEST_CASE("without a bundle the first paper says which set and programme the others have to be of") {
    const auto identity = new_identity();
    const auto shares = shares_of(identity, 2, 3);
    const auto foreign = shares_of(new_identity(), 2, 3, "0123456789abcdef");
    auto gathered = taken_from(shares, {1});
    CHECK(refusal(gathered, words_of(foreign[0])) == ShareRefusal::OtherSet);
    CHECK_FALSE(refusal(gathered, words_of(shares[0])));
    CHECK(must(gathered.join(ready())).identity.recipient() == identity.recipient());
}

TEST_CASE("what the maker waits to read back is the set just made, and no older one of the same key") {
    const auto identity = new_identity();
    const auto older = shares_of(identity, 2, 3);
    const auto made = shares_of(identity, 2, 3);
    GatheredShares gathered({programme, identity.recipient(), made.front().head});
    CHECK(gathered.missing() == 2U);
    CHECK(refusal(gathered, words_of(older[0])) == ShareRefusal::OtherSet);
    CHECK_FALSE(refusal(gathered, words_of(made[0])));
}

TEST_CASE("the same paper twice is one paper, and another one with its number is told to be false") {
    const auto shares = shares_of(new_identity(), 2, 3);
    auto gathered = taken_from(shares, {0});
    CHECK(refusal(gathered, words_of(shares[0])) == ShareRefusal::Twice);
    CHECK(refusal(gathered, words_of(forged(shares[0]))) == ShareRefusal::SameNumber);
    CHECK(gathered.taken() == 1);
    CHECK(gathered.missing() == 1U);
}

TEST_CASE("shares of the same set whose sizes were changed do not pass for it") {
    const auto shares = shares_of(new_identity(), 3, 5);
    auto gathered = taken_from(shares, {0});
    const auto with = [&](auto change) {
        auto other = forged(shares[1]);
        change(other.head);
        return refusal(gathered, words_of(other));
    };
    CHECK(with([](auto& head) { head.threshold = 2; }) == ShareRefusal::OtherSet);
    CHECK(with([](auto& head) { head.total = 6; }) == ShareRefusal::OtherSet);
    CHECK(with([](auto& head) { head.set[2] ^= std::byte{1}; }) == ShareRefusal::OtherSet);
    CHECK(with([](auto& head) { head.programme[0] ^= std::byte{1}; }) == ShareRefusal::OtherSet);
    CHECK(with([](auto& head) { head.commitment[5] ^= std::byte{1}; }) == ShareRefusal::OtherSet);
}

TEST_CASE("a paper with a wrong word is refused with its row, and can be typed again") {
    const auto shares = shares_of(new_identity(), 2, 2);
    GatheredShares gathered{ExpectedShares{}};
    auto typed = words_of(shares[0]);
    const auto row = typed.find("\n7 ") + 3;
    typed.replace(row, typed.find(' ', row) - row, "zebra");
    const auto refused = gathered.take(ready(), crypto::as_bytes(typed));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().why == ShareRefusal::Unreadable);
    CHECK(refused.error().typed.error == crypto::ShareError::UnknownWord);
    CHECK(refused.error().typed.row == 7);
    CHECK(refused.error().typed.word == 1);
    CHECK_FALSE(refusal(gathered, words_of(shares[0])));
}

TEST_CASE("a false share gives nothing, and is named as soon as there is one more than needed") {
    const auto identity = new_identity();
    const auto shares = shares_of(identity, 3, 5);
    GatheredShares gathered({programme, identity.recipient(), std::nullopt});
    for (const auto at : {0U, 1U}) REQUIRE_FALSE(refusal(gathered, words_of(shares[at])));
    REQUIRE_FALSE(refusal(gathered, words_of(forged(shares[2]))));
    const auto without = gathered.join(ready());
    REQUIRE_FALSE(without);
    CHECK(without.error() == JoinError::Wrong);
    REQUIRE_FALSE(refusal(gathered, words_of(shares[4])));
    const auto joined = must(gathered.join(ready()));
    CHECK(joined.identity.recipient() == identity.recipient());
    CHECK(joined.verified == std::vector<std::uint8_t>{1, 2, 5});
    CHECK(joined.wrong == std::vector<std::uint8_t>{3});
}

TEST_CASE("ten papers of which five are needed join, with two false ones among them") {
    const auto identity = new_identity();
    const auto shares = shares_of(identity, 5, 10);
    GatheredShares gathered({programme, identity.recipient(), std::nullopt});
    for (std::size_t at = 0; at < 10; ++at)
        REQUIRE_FALSE(refusal(gathered, at == 0 || at == 6 ? words_of(forged(shares[at])) : words_of(shares[at])));
    const auto joined = must(gathered.join(ready()));
    CHECK(joined.identity.recipient() == identity.recipient());
    CHECK(joined.wrong == std::vector<std::uint8_t>{1, 7});
    CHECK(joined.verified.size() == 8);
}

TEST_CASE("numbers of shares that nobody can keep, and what is no programme, are refused") {
    const auto identity = new_identity();
    for (const auto& [threshold, total] : {std::pair{1U, 3U}, {0U, 0U}, {4U, 3U}, {2U, 11U}})
        CHECK_FALSE(make_shares(ready(), identity, threshold, total, programme));
    for (const auto* id : {"", "de7cdbde", "DE7CDBDE3E6C2EBC", "de7cdbde3e6c2ebc00", "no hexadecimal!!"})
        CHECK_FALSE(make_shares(ready(), identity, 2, 3, id));
}
