// Time that passes without a touch: a warning, then neutral with everything sealed.
#include "tests/session/support.hpp"

using namespace test;
using namespace std::chrono_literals;

TEST_CASE("An untouched interview is warned about after the policy's minutes, sealed and closed half a minute later") {
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
    CHECK(rig.count<session::SealRecord>() == 1);
    CHECK_FALSE(rig.state.screening);
    CHECK_FALSE(rig.state.worker);
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
    rig.send(session::Tick{});
    CHECK(rig.screen() == "Send");
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
