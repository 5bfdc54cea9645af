// The real program on a medium whose every sync takes long, and the ways it is ended: by the plug, and by the system.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/kiosk/display.hpp"
#include "tests/kiosk/held_kiosk.hpp"

using namespace test;

namespace {

constexpr std::array pages{"danger_now", "age_group", "with_whom", "offer",  "debt",
                           "documents",  "held",      "threats",   "forced", "help"};

/// What a test can wait for without holding the program up.
std::string pass_by(std::size_t number) {
    return "screenshot at" + std::to_string(number) + "\n";
}

/// Every page passed over; the program stands still at stop(i) when page i (from 0) is on the screen, up to page
/// `last`, which it only passes by.
std::string interview(std::size_t last) {
    std::string steps = sign_in_steps() +
                        "tap home.new\ntap pick.es\ntap privacy.yes\ntap mode.assisted\ntap consent.next\ntap "
                        "consent.next\ntap consent.yes\n";
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string name = pages[i];
        steps += "wait skip." + name + "\n";
        if (i <= last) steps += i < last ? HeldKiosk::stop(i) : pass_by(i);
        steps += "tap skip." + name + "\n";
    }
    return steps + "screen review\n";
}

HeldWay slow(int milliseconds) {
    HeldWay way;
    way.variables = {"LD_PRELOAD=" AMPARO_SLOW_MEDIUM, "AMPARO_SLOW_SYNC=" + std::to_string(milliseconds),
                     "ASAN_OPTIONS=verify_asan_link_order=0"};
    return way;
}

/// The program as it stands at page `page`, everything before it passed over.
void go_to(const HeldKiosk& kiosk, std::size_t page) {
    for (std::size_t i = 0; i <= page; ++i) {
        kiosk.wait_for(i);
        if (i < page) kiosk.let_go(i);
    }
}

/// How many pages of the one record are on the device; none where there is no record.
std::size_t answered(const Deployment& deployment) {
    const auto all = records(deployment);
    REQUIRE(all.size() <= 1);
    return all.empty() ? 0 : all.begin()->second.answered;
}

void kill_at(int sync, std::size_t page) {
    INFO("sync " << sync << " ms, killed when page " << page << " came");
    const Deployment deployment;
    {
        HeldKiosk kiosk(deployment, interview(pages.size()), pages.size(), slow(sync));
        go_to(kiosk, page);
        kiosk.kill_after(std::chrono::milliseconds(0));
    }
    CHECK(answered(deployment) + 1 >= page);
}

}  // namespace

TEST_CASE("When the display goes away, what was said is sealed before the program ends", "[slow medium][window]") {
    VirtualDisplay display;
    const Deployment deployment;
    auto way = slow(60);
    way.display = display.name();
    {
        HeldKiosk kiosk(deployment, interview(3), pages.size(), way);
        go_to(kiosk, 3);
        display.end();
        CHECK(kiosk.finish() == 1);
    }
    CHECK(answered(deployment) >= 3);
}

TEST_CASE("On a medium that syncs slowly, a power cut when a page comes costs at most the page before it",
          "[slow medium]") {
    for (const std::size_t page : {2U, 5U, 9U}) kill_at(60, page);
}

TEST_CASE("The same with 400 ms a sync", "[slow medium][long]") {
    kill_at(400, 4);
}

TEST_CASE("Asked to end by the system, the program seals what was said and ends well, however often it is asked",
          "[slow medium]") {
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPWR, SIGXCPU}) {
        INFO("signal " << signal);
        const Deployment deployment;
        {
            HeldKiosk kiosk(deployment, interview(5), pages.size(), slow(signal == SIGTERM ? 150 : 50));
            go_to(kiosk, 5);
            REQUIRE(kill(kiosk.process(), signal) == 0);
            REQUIRE(kill(kiosk.process(), SIGTERM) == 0);
            CHECK(kiosk.finish() == 0);
        }
        const auto stored = answered(deployment);
        CHECK(stored >= 5);
        CHECK(stored < pages.size());  // it did not go on as if nobody had asked
    }
}

TEST_CASE("Asked to end before anybody was there, the program ends well", "[slow medium]") {
    const Deployment deployment;
    HeldKiosk kiosk(deployment, "wait who.1\n" + HeldKiosk::stop(0) + "wait home.new\n", 1);
    kiosk.wait_for(0);
    REQUIRE(kill(kiosk.process(), SIGTERM) == 0);
    kiosk.let_go_or_end(0);
    CHECK(kiosk.finish() == 0);
}
