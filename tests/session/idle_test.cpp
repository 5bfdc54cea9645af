// Time that passes without a touch: a warning, then the neutral screen with everything sealed, then closed.
#include "tests/session/support.hpp"

using namespace test;
using namespace std::chrono_literals;

namespace {

/// One answer was given; nobody touched anything until the neutral screen came.
void cover(Rig& rig) {
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.idle();
    rig.pass(session::idle_grace);
    rig.send(session::Tick{});
    REQUIRE(rig.screen() == "Clock");
    REQUIRE(rig.state.screening);
}

}  // namespace

TEST_CASE("An untouched interview: warned about, then neutral and sealed, then closed") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    REQUIRE(session::next_tick(rig.state, rig.now) == milliseconds(3min));
    rig.pass(3min - 1ms);
    rig.send(session::Tick{});
    CHECK(rig.screen() == "Question");
    rig.pass(1ms);
    rig.send(session::Tick{});
    CHECK(rig.screen() == "IdleWarning");
    REQUIRE(session::next_tick(rig.state, rig.now) == milliseconds(session::idle_grace));
    rig.effects.clear();
    rig.pass(session::idle_grace);
    rig.send(session::Tick{});
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.worker);
    CHECK(rig.count<session::ForgetScreen>() == 1);
    REQUIRE(rig.count<session::SealRecord>() == 1);
    rig.stored();
    CHECK(rig.state.screening);
    rig.pass(session::neutral_grace);
    rig.send(session::Tick{});
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.screening);
    rig.stored();
    CHECK(rig.state.unstored.empty());
}

TEST_CASE("From the neutral screen the PIN of the same worker comes back to the same page and the same answers") {
    Rig rig;
    cover(rig);
    rig.come_back(1);
    CHECK(rig.screen() == "Question");
    CHECK(rig.state.screening->interview().value(rig.node("danger_now")) == "yes");
    CHECK_FALSE(rig.state.closes_at);
}

TEST_CASE("Another worker's PIN closes what lies under the neutral screen and sees nothing of it") {
    Rig rig;
    cover(rig);
    rig.effects.clear();
    rig.come_back(3, model::Role::ShiftLead);
    CHECK(rig.screen() == "Home");
    CHECK_FALSE(rig.state.screening);
    CHECK(rig.count<session::SealRecord>() == 1);
}

TEST_CASE("Without the PIN nobody can keep, erase, finish or prolong what lies under the neutral screen") {
    Rig rig;
    cover(rig);
    rig.send(session::TouchClock{});
    rig.send(session::ChooseWorker{{1}});
    rig.send(session::Leave{});
    CHECK(rig.screen() == "Clock");
    rig.send(session::TouchClock{});
    rig.send(session::ChooseWorker{{1}});
    for (int i = 0; i < 6; ++i) rig.send(session::PinDigit{2});
    rig.send(session::PinSubmit{});
    rig.send(session::PinUnchecked{session::DeviceError::StoreDamaged});
    rig.send(session::Retry{});
    CHECK(rig.screen() == "Who");
    CHECK(rig.state.screening);
    rig.pass(session::neutral_grace);
    rig.send(session::Tick{});
    CHECK_FALSE(rig.state.screening);
    CHECK(rig.screen() == "Who");
}

TEST_CASE("Quick exit at the sign-in closes what lies under the neutral screen") {
    Rig rig;
    cover(rig);
    rig.send(session::TouchClock{});
    rig.send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.screening);
    rig.come_back(1);
    CHECK(rig.screen() == "Home");
}

TEST_CASE("Whoever answers alone is closed with the neutral screen: no PIN leads back to the answers") {
    Rig rig;
    rig.begin(session::Mode::Private);
    rig.choose("danger_now", "yes");
    rig.idle();
    rig.effects.clear();
    rig.idle();
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.screening);
    CHECK(rig.count<session::SealRecord>() == 1);
    rig.come_back(1);
    CHECK(rig.screen() == "Home");
}

TEST_CASE("What failed to be sealed under the neutral screen is tried again when it closes, and kept after that") {
    Rig rig;
    cover(rig);
    rig.not_stored();
    rig.effects.clear();
    rig.pass(session::neutral_grace);
    rig.send(session::Tick{});
    REQUIRE(rig.count<session::SealRecord>() == 1);
    rig.not_stored();
    CHECK(rig.state.unstored.size() == 1);
    rig.come_back(1);
    CHECK(rig.screen() == "NotStored");
}

TEST_CASE("A touch during the warning comes back to the page, and the time starts anew") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.idle();
    rig.pass(10s);
    rig.send(session::Touched{});
    CHECK(rig.screen() == "Question");
    CHECK(session::next_tick(rig.state, rig.now) == milliseconds(3min));
    CHECK(rig.state.screening->interview().value(rig.node("danger_now")) == "yes");
}

TEST_CASE("Leaving from the warning asks about what was said, and going on comes back to the page") {
    Rig rig;
    rig.begin();
    rig.idle();
    rig.send(session::Leave{});
    REQUIRE(rig.screen() == "Leaving");
    rig.send(session::StayHere{});
    CHECK(rig.screen() == "Question");
}

TEST_CASE("What the worker thread reports is not a sign that somebody is there") {
    Rig rig;
    rig.begin();
    rig.send(session::Next{});
    rig.pass(1min);
    rig.stored();
    CHECK(session::next_tick(rig.state, rig.now) == milliseconds(2min));
}

TEST_CASE("A worker's own screens close too") {
    for (const bool settings : {false, true}) {
        Rig rig;
        rig.sign_in();
        if (settings) rig.send(session::OpenSettings{});
        rig.idle();
        rig.idle();
        CHECK(rig.screen() == "Clock");
        CHECK_FALSE(rig.state.worker);
    }
}

TEST_CASE("A batch being written is not cut off by idle time") {
    Rig rig;
    rig.sign_in();
    rig.send(session::OpenSend{});
    rig.send(session::PlacesFound{{{"/media/stick", true, false, 1}}});
    rig.state.setup->counts.waiting = 1;
    rig.send(session::SendTo{0});
    rig.pass(10min);
    CHECK_FALSE(session::next_tick(rig.state, rig.now));
    rig.send(session::Tick{});
    CHECK(rig.screen() == "Send");
    rig.send(session::Sent{});
    CHECK(session::next_tick(rig.state, rig.now) == milliseconds(3min));
}

TEST_CASE("Nothing is due where nobody is in") {
    Rig rig;
    rig.unlock();
    CHECK_FALSE(session::next_tick(rig.state, rig.now));
}

TEST_CASE("The clock asks for its next full minute") {
    Rig rig;
    rig.sign_in();
    rig.send(session::Leave{});
    REQUIRE(rig.screen() == "Clock");
    rig.pass(17s);
    CHECK(session::next_tick(rig.state, rig.now) == milliseconds(43s));
    rig.now.steady += 5s;  // the two clocks need not agree about seconds
    CHECK(session::next_tick(rig.state, rig.now) == milliseconds(43s));
}
