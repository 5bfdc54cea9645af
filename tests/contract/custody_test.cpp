// What a custody has to do as a whole: each case runs on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using test::Scene;
using test::seven;

TEST_CASE("the day of the last backup is what was noted last, and nothing before the first") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const app::exchange::Day day{std::chrono::year{2026} / std::chrono::November / 24};
    const auto note = [&](app::exchange::Day of, bool kept) {
        const auto change = scene.custody().begin();
        REQUIRE(change);
        REQUIRE(scene.custody().note_backup(of));
        if (kept) REQUIRE((*change)->commit());
    };
    CHECK_FALSE(*scene.custody().last_backup());
    note(day, false);
    CHECK_FALSE(*scene.custody().last_backup());
    note(day, true);
    CHECK(*scene.custody().last_backup() == day);
    note(day + std::chrono::days(3), true);
    CHECK(*scene.custody().last_backup() == day + std::chrono::days(3));
}

TEST_CASE("a change stands as a whole once it is committed, and is undone where it is not") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    {
        const auto change = scene.custody().begin();
        REQUIRE(change);
        scene.list(seven, 1);
        scene.arrive(seven, 1, 2);
        REQUIRE(scene.refusals().note({"aa", 1, false, "", "", ""}));
        REQUIRE((*change)->commit());
    }
    const auto counts = [&] { return std::pair(scene.cases().size(), scene.refusals().all()->size()); };
    CHECK(counts() == std::pair<std::size_t, std::size_t>{1, 1});
    {
        const auto change = scene.custody().begin();
        REQUIRE(change);
        scene.list(seven, 2);
        scene.arrive(seven, 1, 3);
        REQUIRE(scene.refusals().note({"bb", 1, false, "", "", ""}));
        CHECK(counts() == std::pair<std::size_t, std::size_t>{2, 2});
    }
    CHECK(counts() == std::pair<std::size_t, std::size_t>{1, 1});
    CHECK(*scene.batches().last_sequence(seven, 1) == 2);
    scene.custody().rest();
    REQUIRE(scene.custody().compact());
    CHECK(counts() == std::pair<std::size_t, std::size_t>{1, 1});
}
