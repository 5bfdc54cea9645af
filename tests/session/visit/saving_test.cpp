// A medium slower than people: at most one page that was left is not stored yet, and the screen says so.
#include "tests/session/support.hpp"

using namespace test;

namespace {

std::uint32_t page_of(const Rig& rig) {
    return rig.state.screening->interview().progress().page;
}

/// The first page is on its way to the medium, the second is answered, and Next was pressed.
Rig& leave_second_page(Rig& rig) {
    rig.slow_medium = true;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    REQUIRE(page_of(rig) == 2);
    CHECK_FALSE(rig.state.saving());
    rig.type("words", "hola");
    rig.send(session::Next{});
    return rig;
}

void stored(Rig& rig, std::uint32_t revision) {
    rig.send(session::Sealed{rig.state.screening->origin().record, revision, {}});
}

}  // namespace

TEST_CASE("A page is not left while the page before is not stored, and says that it is being saved") {
    Rig rig;
    leave_second_page(rig);
    CHECK(page_of(rig) == 2);
    CHECK(rig.state.saving());
    CHECK(rig.count<session::SealRecord>() == 1);
    stored(rig, 1);
    CHECK(page_of(rig) == 3);
    CHECK_FALSE(rig.state.saving());
    CHECK(rig.last<session::SealRecord>()->revision == 2);
    CHECK(says(rig.record(), "hola"));
}

TEST_CASE("However often people press on, a page rests until what was left before it is stored") {
    Rig rig;
    leave_second_page(rig);
    for (int i = 0; i < 5; ++i) {
        rig.send(session::Next{});
        rig.send(session::Back{});
        rig.say("words", engine::AnswerState::Skipped);
    }
    CHECK(page_of(rig) == 2);
    CHECK(rig.count<session::SealRecord>() == 1);
    CHECK(rig.state.screening->interview().value(rig.node("words")) == "hola");
    stored(rig, 1);
    CHECK(page_of(rig) == 3);
}

TEST_CASE("Skipping a question and going back wait for the medium like going on") {
    Rig rig;
    rig.slow_medium = true;
    rig.begin();
    rig.say("danger_now", engine::AnswerState::Skipped);
    REQUIRE(page_of(rig) == 2);
    SECTION("skipping") {
        rig.say("words", engine::AnswerState::Refused);
        CHECK((rig.state.saving() && page_of(rig) == 2));
        stored(rig, 1);
        CHECK(page_of(rig) == 3);
    }
    SECTION("back") {
        rig.send(session::Back{});
        CHECK((rig.state.saving() && page_of(rig) == 2));
        stored(rig, 1);
        CHECK(page_of(rig) == 1);
    }
    CHECK_FALSE(rig.state.saving());
}

TEST_CASE("What was said on a page that is left backwards is sealed as well") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "no");
    rig.send(session::Next{});
    rig.type("words", "hola");
    rig.send(session::Back{});
    CHECK(page_of(rig) == 1);
    CHECK(rig.last<session::SealRecord>()->revision == 2);
    CHECK(says(rig.record(), "hola"));
    rig.stored();
    rig.send(session::Next{});
    rig.stored();
    rig.effects.clear();
    rig.send(session::Back{});
    CHECK(rig.count<session::SealRecord>() == 0);  // nothing was said there
}

TEST_CASE("While a page rests, language, size, leaving and quick exit work at once, and typed words are not lost") {
    SECTION("language and size") {
        Rig rig;
        leave_second_page(rig);
        rig.send(session::ChooseLanguage{locales::Language::En});
        rig.send(session::NextTextSize{});
        CHECK(rig.state.language == locales::Language::En);
        CHECK(rig.state.text_percent == 125);
        CHECK(rig.state.saving());
    }
    SECTION("typing") {
        Rig rig;
        leave_second_page(rig);
        rig.type("words", "hola y adiós");
        stored(rig, 1);
        CHECK(says(rig.record(), "hola y adiós"));
    }
    SECTION("quick exit") {
        Rig rig;
        leave_second_page(rig).send(session::QuickExit{});
        CHECK(rig.screen() == "Clock");
        CHECK(rig.last<session::SealRecord>()->revision == 2);
        CHECK(says(rig.record(), "hola"));
        CHECK(rig.state.unstored.size() == 1);
    }
    SECTION("leaving and staying: the step that waited is forgotten") {
        Rig rig;
        leave_second_page(rig).send(session::Leave{});
        CHECK(rig.screen() == "Leaving");
        stored(rig, 1);
        rig.send(session::StayHere{});
        CHECK(page_of(rig) == 2);
        CHECK_FALSE(rig.state.saving());
        rig.send(session::Next{});
        CHECK(page_of(rig) == 3);
    }
    SECTION("the window is closed") {
        Rig rig;
        leave_second_page(rig).send(session::CloseWindow{});
        CHECK(rig.count<session::Quit>() == 0);
        CHECK(says(rig.record(), "hola"));
        rig.send(session::CloseWindow{});  // once more, while it is being saved
        CHECK(rig.count<session::Quit>() == 0);
        const auto* last = rig.last<session::SealRecord>();
        rig.send(session::Sealed{last->record, last->revision, {}});
        CHECK(rig.count<session::Quit>() == 1);
    }
}

TEST_CASE("A page that could not be stored is sealed again with all that was said, and no further page comes before") {
    Rig rig;
    rig.slow_medium = true;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.not_stored();
    CHECK(rig.state.seal_error == session::DeviceError::NoRoom);
    rig.type("words", "hola");
    for (int tries = 0; tries < 3; ++tries) {
        rig.effects.clear();
        rig.send(session::Next{});
        CHECK((rig.state.saving() && page_of(rig) == 2));
        REQUIRE(rig.count<session::SealRecord>() == 1);
        CHECK(says(rig.record(), "hola"));
        rig.not_stored();
        CHECK_FALSE(rig.state.saving());
        CHECK(rig.state.seal_error == session::DeviceError::NoRoom);
    }
    rig.send(session::Next{});
    rig.stored();
    CHECK(page_of(rig) == 3);
    CHECK_FALSE(rig.state.seal_error);
}

TEST_CASE("A revision that was superseded before its turn came is not waited for") {
    Rig rig;
    leave_second_page(rig);
    rig.pass(std::chrono::minutes(5));
    rig.send(session::Tick{});
    rig.pass(session::idle_grace);
    rig.send(session::Tick{});
    REQUIRE(rig.screen() == "Clock");
    REQUIRE(rig.last<session::SealRecord>()->revision == 2);
    rig.come_back();
    REQUIRE(rig.screen() == "Question");
    rig.send(session::Next{});
    CHECK(rig.state.saving());
    stored(rig, 2);
    CHECK(page_of(rig) == 3);
}
