// The ways out that ask nothing: quick exit, the closed window. Neutral at once; nothing said is lost, whatever the
// medium does; the next worker is told.
#include "tests/session/support.hpp"

using namespace test;

namespace {

constexpr std::string_view said = R"("name":"danger_now","state":"answered","value":"yes")";

/// One answer was given that no page has sealed yet.
Rig& answered(Rig& rig) {
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.effects.clear();
    return rig;
}

}  // namespace

TEST_CASE("Quick exit shows the clock at once with everything so far on its way; stored, nothing is left in memory") {
    Rig rig;
    answered(rig).send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.screening);
    CHECK_FALSE(rig.state.worker);
    CHECK(rig.count<session::ForgetScreen>() >= 1);
    CHECK(says(rig.record(), said));
    rig.stored();
    CHECK(rig.state.unstored.empty());
    rig.come_back();
    CHECK(rig.screen() == "Home");
}

TEST_CASE("Quick exit works while the last revision is being stored, and that one is not stored twice") {
    Rig rig;
    rig.for_worker("yes");
    rig.effects.clear();
    rig.send(session::SealNow{});
    rig.send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    CHECK(rig.count<session::SealRecord>() == 1);
    rig.stored();
    CHECK(rig.state.unstored.empty());
}

TEST_CASE("Fingers that go on hitting the same place after a quick exit do not open the sign-in") {
    Rig rig;
    answered(rig).send(session::QuickExit{});
    rig.pass(session::quiet_time - milliseconds(1));
    rig.send(session::TouchClock{});
    CHECK(rig.screen() == "Clock");
    rig.pass(milliseconds(1));
    rig.send(session::TouchClock{});
    CHECK(rig.screen() == "Who");
}

TEST_CASE("What could not be stored after a quick exit is kept and tried again by itself until it is stored") {
    Rig rig;
    answered(rig).send(session::QuickExit{});
    for (int tries = 0; tries < 3; ++tries) {
        rig.not_stored();
        REQUIRE(rig.state.unstored.size() == 1);
        rig.effects.clear();
        rig.pass(session::retry_after);
        rig.send(session::Tick{});
        REQUIRE(rig.count<session::SealRecord>() == 1);
        CHECK(says(rig.record(), said));
        CHECK(rig.screen() == "Clock");
    }
    rig.stored();
    CHECK(rig.state.unstored.empty());
    CHECK_FALSE(rig.state.retry_at);
}

TEST_CASE("The next worker is told that something is not stored, can try again, and comes home when it is") {
    Rig rig;
    answered(rig).send(session::QuickExit{});
    rig.not_stored(session::DeviceError::NoRoom);
    rig.come_back(3, model::Role::ShiftLead);
    REQUIRE(rig.screen() == "NotStored");
    CHECK(rig.state.unstored_error() == session::DeviceError::NoRoom);
    rig.effects.clear();
    rig.send(session::Retry{});
    CHECK(rig.count<session::SealRecord>() == 1);
    CHECK_FALSE(rig.state.unstored_error());
    rig.not_stored(session::DeviceError::SealFailed);
    CHECK(rig.state.unstored_error() == session::DeviceError::SealFailed);
    rig.send(session::Retry{});
    rig.stored();
    CHECK(rig.screen() == "Home");
}

TEST_CASE("A failure that comes while a worker is already in can be seen and tried again from home") {
    Rig rig;
    answered(rig).send(session::QuickExit{});
    rig.come_back();
    REQUIRE(rig.screen() == "Home");
    rig.send(session::Retry{});
    CHECK(rig.screen() == "Home");
    rig.not_stored();
    rig.send(session::Retry{});
    CHECK(rig.screen() == "NotStored");
}

TEST_CASE("No new screening starts while an earlier one could not be stored") {
    Rig rig;
    answered(rig).send(session::QuickExit{});
    rig.come_back();
    rig.send(session::NewScreening{});
    rig.send(session::PickLanguage{locales::Language::Es});
    rig.send(session::SayPrivacy{true});
    rig.send(session::ChooseMode{session::Mode::Assisted});
    rig.not_stored();  // known only now
    rig.say_yes();
    rig.send(session::Prepared{origin('b')});
    CHECK(rig.screen() == "NotStored");
    CHECK_FALSE(rig.state.screening);
    rig.send(session::Next{});
    rig.send(session::NewScreening{});
    CHECK(rig.screen() == "NotStored");
}

TEST_CASE("Erasing that was under way at a quick exit stays erasing when it is tried again") {
    Rig rig;
    answered(rig);
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    const auto first = rig.last<session::Withdraw>()->revision;
    rig.send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    rig.send(session::NotErased{std::string(32, 'a'), first, session::DeviceError::NoRoom});
    rig.effects.clear();
    rig.pass(session::retry_after);
    rig.send(session::Tick{});
    CHECK(rig.count<session::SealRecord>() == 0);
    REQUIRE(rig.count<session::Withdraw>() == 1);
    rig.send(session::Erased{std::string(32, 'a'), {}});
    CHECK(rig.state.unstored.empty());
}

TEST_CASE("Without memory for the record the screening itself is kept, whole, and tried again") {
    Rig rig;
    rig.begin();
    // What is typed fills the interview's own memory, where the record is written too.
    for (std::size_t size = session::arena_bytes / 8; size > 16; size /= 2)
        for (int i = 0; i < 16 && !rig.state.seal_error; ++i) rig.type("words", std::string(size, 'x'));
    rig.choose("danger_now", "yes");
    rig.effects.clear();
    rig.send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    CHECK(rig.count<session::SealRecord>() + rig.state.unstored.size() >= 1);
    REQUIRE(rig.state.unstored.size() == 1);
    CHECK(rig.state.unstored.front().screening.interview().value(
              *rig.state.unstored.front().screening.interview().find("danger_now")) == "yes");
}

TEST_CASE("The closed window waits, neutral, until what was said is stored") {
    Rig rig;
    answered(rig).send(session::CloseWindow{});
    CHECK(rig.screen() == "Clock");
    CHECK(rig.count<session::Quit>() == 0);
    CHECK(says(rig.record(), said));
    rig.stored();
    CHECK(rig.count<session::Quit>() == 1);
}

TEST_CASE("When it cannot be stored the window stays, and closing it later tries again") {
    Rig rig;
    answered(rig).send(session::CloseWindow{});
    rig.not_stored();
    CHECK(rig.count<session::Quit>() == 0);
    rig.come_back();
    CHECK(rig.screen() == "NotStored");
    rig.effects.clear();
    rig.send(session::CloseWindow{});
    CHECK(rig.count<session::SealRecord>() == 1);
    CHECK(rig.count<session::Quit>() == 0);
    rig.stored();
    CHECK(rig.count<session::Quit>() == 1);
}

TEST_CASE("With nothing unstored the window closes at once") {
    Rig rig;
    rig.sign_in();
    rig.send(session::CloseWindow{});
    CHECK(rig.count<session::Quit>() == 1);
}

TEST_CASE("Closing the window while the final revision is being stored does not put a partial one over it") {
    Rig rig;
    rig.for_worker();
    rig.effects.clear();
    rig.send(session::SealNow{});
    rig.send(session::CloseWindow{});
    CHECK(rig.count<session::SealRecord>() == 1);
    CHECK(says(rig.record(), R"("kind":"final")"));
    rig.stored();
    CHECK(rig.count<session::Quit>() == 1);
}
