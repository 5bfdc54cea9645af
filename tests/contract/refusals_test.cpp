// What everybody who remembers refused files has to do, and the counts of what no list of cases shows: each case runs
// on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using test::eight;
using test::Outcome;
using test::Scene;
using test::seven;

TEST_CASE("a refused file is known by digest and size, keeps its first reason, and once kept is kept") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& refusals = scene.refusals();
    REQUIRE(refusals.note({"aa", 10, false, "first.age", "revoked", "why"}));
    REQUIRE(refusals.note({"aa", 10, true, "second.age", "signature", "other"}));
    REQUIRE(refusals.note({"aa", 10, false, "third.age", "signature", "other"}));
    REQUIRE(refusals.note({"aa", 11, false, "longer.age", "manifest", ""}));
    REQUIRE(refusals.note({"bb", 10, true, "b.age", "revoked", ""}));
    auto all = *refusals.all();
    REQUIRE(all.size() == 3);
    CHECK(all[0].file_sha256 == "aa");
    CHECK(all[0].bytes == 10);
    CHECK(all[0].kept);
    CHECK(all[0].file == "first.age");
    CHECK(all[0].reason == "revoked");
    CHECK(all[0].detail == "why");
    CHECK_FALSE(all[1].kept);
    CHECK(all[1].bytes == 11);
    REQUIRE(refusals.note_no_copy("aa"));
    all = *refusals.all();
    CHECK_FALSE(all[0].kept);
    CHECK(all[2].kept);
    CHECK(*refusals.forget("aa"));
    CHECK_FALSE(*refusals.forget("aa"));
    CHECK_FALSE(*refusals.forget("cc"));
    CHECK(refusals.all()->size() == 1);
}

TEST_CASE("what no list of cases shows is counted") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& ledger = scene.ledger();
    const auto counts = [&] {
        const auto now = scene.custody().unseen();
        REQUIRE(now);
        return std::vector<std::size_t>{now->waiting,     now->unlisted,  now->quarantined,
                                        now->withdrawals, now->revisions, now->erased};
    };
    CHECK(counts() == std::vector<std::size_t>{0, 0, 0, 0, 0, 0});
    scene.keep(seven);
    for (const auto outcome : {Outcome::NotForUs, Outcome::Unopenable, Outcome::Malformed, Outcome::OtherDevice,
                               Outcome::Conflict, Outcome::WasWithdrawn, Outcome::Older})
        REQUIRE(ledger.mark(scene.keep(seven), {outcome, ""}));
    for (unsigned number = 1; number <= 3; ++number) {
        const auto revision = scene.hold(seven, number, {.revision = 2});
        REQUIRE(ledger.mark(revision, {Outcome::RevisionHeld, "gap"}));
    }
    for (unsigned number = 1; number <= 2; ++number) {
        const auto order = scene.hold(eight, number, {.kind = "withdrawn"});
        REQUIRE(ledger.mark(order, {Outcome::WithdrawalHeld, "gap"}));
    }
    for (const auto* file : {"aa", "bb", "cc", "dd"}) REQUIRE(scene.refusals().note({file, 1, false, "", "", ""}));
    REQUIRE(scene.erasures().note({seven, Scene::name(9), "", "2026-11-20", app::casebook::ErasedFor::Request, "", ""},
                                  false));
    CHECK(counts() == std::vector<std::size_t>{1, 5, 4, 2, 3, 1});
}
