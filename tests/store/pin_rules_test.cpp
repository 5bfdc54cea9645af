// What wrong PINs cost, apart from any database.
#include "app/store/pin_rules.hpp"

#include <catch2/catch_all.hpp>
#include <limits>

using namespace std::chrono_literals;
using app::store::Now;
using app::store::rules::Clock;
using app::store::rules::DeviceTime;
using app::store::rules::WrongPins;
namespace rules = app::store::rules;
namespace store = app::store;

namespace {

constexpr DeviceTime noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 29) + 12h};

}  // namespace

TEST_CASE("the fifth wrong PIN makes a number wait, every further one twice as long, and never over a day") {
    CHECK(rules::wait_after(0) == 0s);
    CHECK(rules::wait_after(4) == 0s);
    CHECK(rules::wait_after(5) == 15min);
    CHECK(rules::wait_after(6) == 30min);
    CHECK(rules::wait_after(7) == 1h);
    CHECK(rules::wait_after(11) == 16h);
    CHECK(rules::wait_after(12) == 24h);
    CHECK(rules::wait_after(1000) == 24h);
    CHECK(rules::wait_after(std::numeric_limits<int>::max()) == 24h);
}

TEST_CASE("a try is counted as wrong before the PIN is looked at") {
    for (const int wrong : {0, 1, 4}) {
        const auto turn = rules::turn_of({wrong, noon - 1s}, noon);
        CHECK_FALSE(turn.wait);
        REQUIRE(turn.keep);
        CHECK(turn.keep->count == wrong + 1);
        CHECK(turn.keep->at == noon);
    }
}

TEST_CASE("while a number waits nothing is looked at and nothing is written") {
    const auto turn = rules::turn_of({5, noon - 5min}, noon);
    CHECK(turn.wait == 10min);
    CHECK_FALSE(turn.keep);
    CHECK(rules::turn_of({5, noon - 15min + 1s}, noon).wait == 1s);
}

TEST_CASE("a number that has waited may try again, and waits twice as long after it") {
    const auto turn = rules::turn_of({5, noon - 15min}, noon);
    CHECK_FALSE(turn.wait);
    REQUIRE(turn.keep);
    CHECK(turn.keep->count == 6);
    CHECK(rules::turn_of(*turn.keep, noon).wait == 30min);
}

TEST_CASE("waiting from a time that is still to come begins anew from now") {
    const auto turn = rules::turn_of({6, noon + 24h}, noon);
    CHECK(turn.wait == 30min);
    REQUIRE(turn.keep);
    CHECK(turn.keep->count == 6);
    CHECK(turn.keep->at == noon);
    // Without waiting, such a time costs nothing.
    CHECK_FALSE(rules::turn_of({4, noon + 24h}, noon).wait);
}

TEST_CASE("the answer to a wrong PIN says how many tries are left, then how long to wait") {
    CHECK(std::get<store::WrongPin>(rules::answer_after(1)).tries_left == 4);
    CHECK(std::get<store::WrongPin>(rules::answer_after(4)).tries_left == 1);
    CHECK(std::get<store::MustWait>(rules::answer_after(5)).left == 15min);
    CHECK(std::get<store::MustWait>(rules::answer_after(6)).left == 30min);
}

TEST_CASE("twenty wrong PINs of all numbers lock the device") {
    CHECK_FALSE(rules::locks_device(19));
    CHECK(rules::locks_device(20));
    CHECK(rules::locks_device(21));
}

TEST_CASE("the device's time begins with the wall clock and goes on only while the machine runs") {
    const Now first{noon, 100s, 1};
    const auto begun = rules::clock_at(std::nullopt, first);
    CHECK(begun.time == noon);
    // Whoever sets the wall clock changes nothing.
    const auto later = rules::clock_at(begun, {noon + 1000h, 160s, 1});
    CHECK(later.time == noon + 60s);
    // Another start of the machine: what passed in between is not known and does not count.
    const auto again = rules::clock_at(later, {noon + 2000h, 30s, 2});
    CHECK(again.time == noon + 60s);
    CHECK(again.start == 2);
    CHECK(rules::clock_at(again, {noon, 40s, 2}).time == noon + 70s);
    // The running of one start never goes back; if it says so, no time passes.
    CHECK(rules::clock_at(again, {noon, 20s, 2}).time == again.time);
}

TEST_CASE("a wall clock that moved against the running of the machine was set") {
    const auto clock = rules::clock_at(std::nullopt, {noon, 100s, 1});
    CHECK(rules::set_by(clock, {noon + 60s, 160s, 1}) == 0s);
    CHECK(rules::set_by(clock, {noon + 60s + 10min, 160s, 1}) == 0s);
    CHECK(rules::set_by(clock, {noon + 60s + 10min + 1s, 160s, 1}) == 10min + 1s);
    CHECK(rules::set_by(clock, {noon - 1h, 160s, 1}) == -1h - 60s);
    // After another start nobody knows: the wall clock is taken for right.
    const auto restarted = rules::clock_at(clock, {noon + 500h, 5s, 2});
    CHECK(rules::set_by(restarted, {noon + 500h, 5s, 2}) == 0s);
}
