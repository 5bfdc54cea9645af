// P6: the program is killed at any moment of a driven interview, as when the plug is pulled. Nothing sealed is lost or
// unreadable, nothing is left in the open, and the next start goes on as if nothing had happened.
#include <cstdio>
#include <map>
#include <random>

#include "tests/kiosk/held_kiosk.hpp"

using namespace test;

namespace {

std::string interview() {
    std::string steps = sign_in_steps() +
                        "tap home.new\ntap pick.es\ntap privacy.yes\ntap mode.assisted\ntap consent.next\ntap "
                        "consent.next\ntap consent.yes\n"
                        "wait question.danger_now\n" +
                        HeldKiosk::stop(0);
    for (const auto* name :
         {"danger_now", "age_group", "with_whom", "offer", "debt", "documents", "held", "threats", "forced", "help"})
        steps += std::string("tap skip.") + name + "\n";
    return steps + "screen review\ntap review.finish\nwait longer.no\ntap longer.no\nwait person.done\n" +
           "tap person.done\nwait result.seal\ntap result.seal\nwait sealed.lock\n";
}

/// So many interviews, each on the device as the one before left it.
void kill_interviews(int kills) {
    const Deployment deployment;
    const auto steps = interview();
    std::chrono::milliseconds length{};
    {
        HeldKiosk whole(deployment, steps, 1);
        whole.wait_for(0);
        const auto begun = std::chrono::steady_clock::now();
        whole.let_go(0);
        REQUIRE(whole.finish() == 0);
        length = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    }
    auto known = records(deployment);
    REQUIRE(known.size() == 1);
    CHECK(known.begin()->second.kind == "final");

    static std::mt19937 random{20261126};
    std::uniform_int_distribution<long> moment(0, length.count());
    std::map<std::string, int> left;  // what the interview that was cut off left: nothing yet, partial, final
    for (int i = 0; i < kills; ++i) {
        const std::chrono::milliseconds time{moment(random)};
        INFO("killed " << time.count() << " ms after the first question, of " << length.count());
        HeldKiosk kiosk(deployment, steps, 1);
        kiosk.wait_for(0);
        kiosk.let_go(0);
        kiosk.kill_after(time);
        const auto now = records(deployment);
        for (const auto& [record, before] : known) {
            const auto at = now.find(record);
            REQUIRE(at != now.end());
            CHECK(at->second.revision == before.revision);
        }
        REQUIRE(now.size() <= known.size() + 1);
        std::string what = "nothing";
        for (const auto& [record, newest] : now)
            if (known.count(record) == 0) {
                what = newest.kind;
                // Each page that was answered is one revision; the first is sealed with its first answer.
                CHECK(newest.answered >= 1);
            }
        ++left[what];
        known = now;
    }
    std::printf(
        "P6 kills during a driven interview: %d (%d before its first page was sealed, %d partial, %d final), nothing "
        "lost\n",
        kills, left["nothing"], left["partial"], left["final"]);
}

}  // namespace

TEST_CASE("Killed at any moment of fifty interviews, no sealed record is lost and the next start works",
          "[proof][long]") {
    kill_interviews(50);
}

TEST_CASE("Killed at any moment of two thousand interviews, no sealed record is lost and the next start works",
          "[.every]") {
    for (int device = 0; device < 20; ++device) kill_interviews(100);
}
