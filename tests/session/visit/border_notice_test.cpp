// At a border the law asks for a notice about a child, also when the child answered alone: what the officer learns.
#include "app/session/visit/visit.hpp"
#include "tests/session/support.hpp"

using namespace test;

namespace {

/// Somebody of this age ("" does not say one) answers alone to the last question and wants nobody called.
void finish_alone(Rig& rig, std::string_view age) {
    rig.first_contact(age, session::Mode::Private, "no", "no");
    REQUIRE(rig.screen() == "AskingNotify");
    rig.send(session::SayNotify{false});
}

}  // namespace

TEST_CASE("An officer is told that a person said they are under 18, behind the PIN, and nothing else") {
    for (const auto& [role, age, told] :
         {std::tuple(model::Role::Border, "teen", true), std::tuple(model::Role::Border, "adult", false),
          std::tuple(model::Role::Border, "", false), std::tuple(model::Role::Shelter, "teen", false)}) {
        INFO(age);
        Rig rig(role);
        finish_alone(rig, age);
        if (rig.screen() == "AskingLonger") rig.send(session::SayLonger{false});
        rig.send(session::PersonDone{});
        rig.stored();
        rig.come_back(role == model::Role::Border ? 2 : 1, role);
        CHECK(rig.screen() == (told ? "WantsToTalk" : "Home"));
        if (!told) continue;
        CHECK(std::get<session::WantsToTalk>(rig.state.screen).minor);
        CHECK_FALSE(rig.state.screening);
        rig.send(session::Next{});
        CHECK(rig.screen() == "Home");
        CHECK(rig.state.minors_with.empty());
    }
}

TEST_CASE("Who said an age at a border and erased everything is told about to nobody") {
    Rig rig(model::Role::Border);
    finish_alone(rig, "teen");
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    rig.send(session::Erased{std::string(32, 'a'), {}});
    CHECK(rig.state.minors_with.empty());
}
