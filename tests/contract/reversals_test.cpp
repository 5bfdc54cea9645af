// What everybody has to do who puts right what orders in doubt did: each case runs on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::decided_word;
using app::casebook::ForkPlace;
using test::eight;
using test::Outcome;
using test::Scene;
using test::seven;

namespace {

/// Number 1 of a device is listed and then withdrawn by its batch `sequence`. The number of the order.
std::int64_t withdraw(Scene& scene, const std::string& device, std::uint64_t epoch, std::uint64_t sequence) {
    const auto first = scene.list(device, 1);
    REQUIRE(scene.ledger().mark(first, {Outcome::New, ""}));
    scene.come_with(scene.arrive(device, epoch, sequence));
    const auto order = scene.list(device, 1, {.kind = "withdrawn", .revision = 2});
    REQUIRE(scene.ledger().empty_record(device, Scene::name(1), order));
    REQUIRE(scene.ledger().mark(order, {Outcome::Withdrawn, ""}));
    return order;
}

}  // namespace

TEST_CASE("withdrawals since a fork are those that emptied something, of its device, and that nobody decided about") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& reversals = scene.reversals();
    const auto order = withdraw(scene, seven, 2, 5);
    withdraw(scene, eight, 2, 5);
    scene.come_with(scene.arrive(seven, 2, 6));
    const auto of_nothing = scene.list(seven, 2, {.kind = "withdrawn"});
    REQUIRE(scene.ledger().mark(of_nothing, {Outcome::Withdrawn, ""}));
    const std::vector<std::int64_t> found{order};
    CHECK(*reversals.withdrawals_since(seven, {}) == found);
    CHECK(*reversals.withdrawals_since(seven, {2, 5}) == found);
    CHECK(*reversals.withdrawals_since(seven, {1, 9}) == found);
    CHECK(reversals.withdrawals_since(seven, {2, 6})->empty());
    CHECK(reversals.withdrawals_since(seven, {3, 1})->empty());
    REQUIRE(scene.ledger().mark(order, {Outcome::Withdrawn, std::string(decided_word)}));
    CHECK(reversals.withdrawals_since(seven, {})->empty());
}

TEST_CASE("what a later revision hides is opened again, from the fork on, unless a person put that in its place") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& ledger = scene.ledger();
    const auto hidden = scene.list(seven, 1);
    REQUIRE(ledger.mark(hidden, {Outcome::New, ""}));
    const auto refused = scene.keep(seven);
    REQUIRE(ledger.mark(refused, {Outcome::Malformed, "why"}));
    scene.come_with(scene.arrive(seven, 1, 4));
    const auto over = scene.list(seven, 1, {.revision = 2});
    REQUIRE(ledger.mark(over, {Outcome::Replaced, ""}));
    const auto waits = [&](std::int64_t sealed) { return !*ledger.fate(sealed); };

    REQUIRE(scene.reversals().reopen_hidden_since(seven, {1, 5}));
    REQUIRE(scene.reversals().reopen_hidden_since(eight, {}));
    CHECK_FALSE(waits(hidden));
    REQUIRE(scene.reversals().reopen_hidden_since(seven, {1, 4}));
    CHECK(waits(hidden));
    CHECK_FALSE(waits(over));
    CHECK_FALSE(waits(refused));

    REQUIRE(ledger.mark(hidden, {Outcome::Older, ""}));
    REQUIRE(scene.reversals().reopen_hidden(over));
    CHECK_FALSE(waits(over));
    REQUIRE(ledger.mark(over, {Outcome::Replaced, std::string(decided_word)}));
    REQUIRE(scene.reversals().reopen_hidden(hidden));
    CHECK_FALSE(waits(hidden));
    REQUIRE(ledger.mark(over, {Outcome::Replaced, ""}));
    REQUIRE(scene.reversals().reopen_hidden(hidden));
    CHECK(waits(hidden));

    REQUIRE(ledger.mark(hidden, {Outcome::Older, ""}));
    REQUIRE(ledger.empty(hidden));
    REQUIRE(ledger.mark(hidden, {Outcome::Older, ""}));
    REQUIRE(scene.reversals().reopen_hidden(hidden));
    CHECK_FALSE(waits(hidden));  // nothing is left that could be opened
}

TEST_CASE("what a withdrawal emptied is found by its device and bytes, with the order, and filled again") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& reversals = scene.reversals();
    const auto order = withdraw(scene, seven, 2, 5);
    const auto digest = crypto::sha256(test::ready(), crypto::as_bytes("sealed 1"));
    const auto emptied = *reversals.emptied(seven, digest);
    REQUIRE(emptied);
    CHECK_FALSE(*reversals.emptied(eight, digest));
    CHECK_FALSE(*reversals.emptied(seven, crypto::sha256(test::ready(), crypto::as_bytes("sealed 2"))));
    const auto found = *reversals.withdrawal_of(*emptied);
    REQUIRE(found);
    CHECK(found->batch == (*scene.ledger().sealed(order))->batch);
    CHECK(found->fate.outcome == Outcome::Withdrawn);
    CHECK((*scene.ledger().kept_as(seven, digest))->emptied);
    REQUIRE(reversals.fill_again(*emptied, crypto::as_bytes("sealed 1")));
    CHECK_FALSE((*scene.ledger().kept_as(seven, digest))->emptied);
    CHECK_FALSE(*reversals.emptied(seven, digest));
    CHECK_FALSE(*scene.ledger().fate(*emptied));
    CHECK(crypto::as_text((*scene.ledger().sealed(*emptied))->bytes) == "sealed 1");
    scene.list(seven, 1, {.revision = 3});
    CHECK_FALSE(*reversals.withdrawal_of(*emptied));  // the case is listed again
}
