// P7 and P8: what was said and typed is neither in the memory of the running program nor in any file it touched once a
// screening was sealed, locked or left by quick exit. The same search finds all of it while it is on the screen.
#include <algorithm>
#include <cstdio>

#include "tests/kiosk/held_kiosk.hpp"

using namespace test;

namespace {

constexpr std::string_view pin = "135790";
constexpr std::string_view pin_begun = "13579";

/// Stands still once before the last digit.
std::string sign_in_with_stop() {
    auto steps = sign_in_steps();
    return steps.insert(steps.find("tap pin.0"), HeldKiosk::stop(0));
}

std::string begin_and_say(const std::string& language) {
    return "tap home.new\ntap pick." + language +
           "\ntap privacy.yes\ntap mode.assisted\ntap consent.next\ntap consent.next\ntap consent.yes\n" +
           "wait question.said\ntype " + std::string(first_half) + "\ntype " + std::string(second_half) + "\n";
}

std::string skip_the_rest() {
    std::string steps = "tap question.next\n";
    for (const auto* name :
         {"danger_now", "age_group", "with_whom", "offer", "debt", "documents", "held", "threats", "forced", "help"})
        steps += std::string("tap skip.") + name + "\n";
    return steps +
           "screen review\ntap review.finish\nwait longer.no\ntap longer.no\nwait person.done\ntap person.done\nwait "
           "result.seal\n" +
           "tap result.seal\nwait sealed.lock\n";
}

struct Ending {
    std::string_view name;
    std::string steps;
};

}  // namespace

TEST_CASE("After a screening was sealed, locked or left, neither memory nor files hold what was said or the PIN",
          "[proof]") {
#ifdef AMPARO_SANITIZED
    SKIP("sanitizers keep freed memory");
#endif
    const std::vector<Ending> endings{
        {"sealed", skip_the_rest()},
        {"locked", skip_the_rest() + "tap sealed.lock\nscreen clock\n"},
        {"quick exit",
         "tap header.exit\nscreen clock\ntap clock\ntap clock\n" + sign_in_steps() + "absent home.not_stored\n"},
        {"panic", "press Escape\npress Escape\nscreen clock\nsettle\n"},
        {"idle", "pass 180\nscreen idle\npass 30\nscreen clock\npass 120\nscreen clock\n"},
        {"window closed", "close\n"},
        {"kept", "tap header.leave\ntap leave.keep\nwait told.next\n"},
        {"erased", "tap header.leave\ntap leave.erase\nwait told.next\n"},
    };
    std::size_t scrapes = 0;
    std::size_t files = 0;
    for (const auto* language : {"es", "en"}) {
        for (const auto& ending : endings) {
            INFO(language << ", " << ending.name);
            const Deployment deployment;
            ask_in_words(deployment);
            HeldKiosk kiosk(
                deployment,
                sign_in_with_stop() + begin_and_say(language) + HeldKiosk::stop(1) + ending.steps + HeldKiosk::stop(2),
                3);
            // While it is there, the search finds it: the positive control.
            kiosk.wait_for(0);
            const auto digits = kiosk.memory_with(pin_begun);
            REQUIRE(digits);
            CHECK_FALSE(digits->empty());
            kiosk.let_go(0);
            kiosk.wait_for(1);
            const auto words = kiosk.memory_with(whole_saying);
            REQUIRE(words);
            CHECK_FALSE(words->empty());
            kiosk.let_go(1);
            // Afterwards it is nowhere.
            kiosk.wait_for(2);
            for (const std::string_view needle : {std::string_view(whole_saying), pin, pin_begun}) {
                const auto left = kiosk.memory_with(needle);
                REQUIRE(left);
                INFO(needle << " in " << (left->empty() ? "" : left->front()));
                CHECK(left->empty());
                ++scrapes;
            }
            kiosk.let_go(2);
            CHECK(kiosk.finish() == 0);
            for (const auto& entry : fs::recursive_directory_iterator(deployment.path())) {
                if (!entry.is_regular_file()) continue;
                const auto content = read(entry.path());
                INFO(entry.path());
                CHECK_FALSE(holds(content, whole_saying));
                const auto part = *fs::relative(entry.path(), deployment.path()).begin();
                if (part == "kiosk" || part == "outbox" || part == "home") CHECK_FALSE(holds(content, pin));
                ++files;
            }
        }
    }
    std::printf("P7 files searched after %zu driven interviews: %zu, 0 hits\n", 2 * endings.size(), files);
    std::printf(
        "P8 searches of memory after sealing, locking, quick exit, panic, idling, closing, keeping and erasing: %zu, 0 "
        "hits\n",
        scrapes);
}
