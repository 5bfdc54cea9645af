// The quick flag and practice: nobody is asked, so there is no consent, and the record says which of the two it is.
#include <nlohmann/json.hpp>

#include "app/record/read.hpp"
#include "tests/session/support.hpp"

using namespace test;
using nlohmann::json;
using session::Purpose;

namespace {

void answer(Rig& rig) {
    rig.choose("danger_now", "yes");
    while (rig.screen() == "Question") rig.send(session::Next{});
}

}  // namespace

TEST_CASE("A quick flag is recorded as an observation, without a consent and without practice") {
    for (const auto role : {model::Role::Shelter, model::Role::Border}) {
        Rig rig(role);
        rig.brief(Purpose::Observation);
        answer(rig);
        const auto read = json::parse(rig.record());
        CHECK(read["mode"] == "observation");
        CHECK(read["form"]["id"] == "observation");
        CHECK(read["consent"]["answer"] == "not_asked");
        CHECK_FALSE(read["consent"].contains("asked_as"));
        CHECK(read["training"] == false);
        CHECK(read["role"] == (role == model::Role::Border ? "border" : "shelter"));
        CHECK(app::record::read(rig.record()));
    }
}

TEST_CASE("Practice is recorded as practice, whoever practises") {
    for (const auto role : {model::Role::Shelter, model::Role::Border, model::Role::ShiftLead}) {
        Rig rig(role);
        rig.brief(Purpose::Training);
        CHECK(rig.state.doing() == Purpose::Training);
        answer(rig);
        const auto read = app::record::read(rig.record());
        REQUIRE(read);
        CHECK(read->training);
        CHECK(read->form == "training");
        CHECK((read->mode == app::record::Mode::Observation) == (role == model::Role::Border));
        CHECK(json::parse(rig.record())["consent"]["answer"] == "not_asked");
    }
}

TEST_CASE("Practice is marked on every screen up to its end, and nothing after it is") {
    Rig rig;
    rig.sign_in();
    CHECK_FALSE(rig.state.doing());
    rig.send(session::Train{});
    CHECK(rig.state.doing() == Purpose::Training);
    rig.send(session::BeginBriefed{});
    rig.send(session::Prepared{origin()});
    answer(rig);
    REQUIRE(rig.screen() == "Review");
    rig.send(session::FinishReview{});
    REQUIRE(rig.screen() == "ForPerson");  // no longer form, no call
    rig.send(session::PersonDone{});
    REQUIRE(rig.screen() == "ForWorker");
    rig.send(session::SealNow{});
    CHECK(rig.state.doing() == Purpose::Training);
    rig.stored();
    REQUIRE(rig.screen() == "SealedScreen");
    CHECK(rig.state.doing() == Purpose::Training);
    rig.send(session::GoHome{});
    CHECK_FALSE(rig.state.doing());
    rig.send(session::NewScreening{});
    rig.send(session::PickLanguage{locales::Language::Es});
    rig.send(session::SayPrivacy{true});
    rig.send(session::ChooseMode{session::Mode::Assisted});
    rig.say_yes();
    rig.send(session::Prepared{origin('b')});
    rig.send(session::Next{});
    CHECK(json::parse(rig.record())["training"] == false);
    CHECK(json::parse(rig.record())["mode"] == "assisted");
}

TEST_CASE("After a quick flag the worker looks over it and sees what to do; an officer sees no answer again") {
    for (const auto role : {model::Role::Shelter, model::Role::Border}) {
        Rig rig(role);
        rig.brief(Purpose::Observation);
        answer(rig);
        if (role == model::Role::Shelter) {
            REQUIRE(rig.screen() == "Review");
            rig.send(session::FinishReview{});
        }
        REQUIRE(rig.screen() == "ForWorker");  // nobody was asked: no screen for a person
        rig.send(session::SealNow{});
        CHECK(json::parse(rig.record())["kind"] == "final");
        rig.stored();
        CHECK(rig.screen() == "SealedScreen");
    }
}

TEST_CASE("An officer cannot come to a review by any event") {
    Rig rig(model::Role::Border);
    rig.brief(Purpose::Observation);
    answer(rig);
    for (int i = 0; i < 3; ++i) {
        rig.send(session::Back{});
        rig.send(session::FinishReview{});
        rig.send(session::JumpTo{rig.node("danger_now")});
        CHECK(rig.screen() == "ForWorker");
    }
}

TEST_CASE("Nothing is begun before the briefing was read, and it is prepared once") {
    Rig rig;
    rig.sign_in();
    rig.send(session::QuickFlag{});
    CHECK(rig.count<session::Prepare>() == 0);
    rig.send(session::BeginBriefed{});
    rig.send(session::BeginBriefed{});
    CHECK(rig.count<session::Prepare>() == 1);
    rig.send(session::Back{});
    CHECK(rig.screen() == "Briefing");
    rig.send(session::PrepareFailed{session::DeviceError::NoRoom});
    REQUIRE(rig.screen() == "Problem");
    rig.send(session::Retry{});
    CHECK(rig.screen() == "Home");
}

TEST_CASE("Home offers what the bundle has and, about real people, what the policy allows the role") {
    const auto offered = [](model::Role role, const std::function<void(exchange::Bundle&)>& change, Purpose purpose) {
        Rig rig(role);
        rig.make_setup = [&change] {
            auto made = setup();
            auto bundle = *made.bundle;
            change(bundle);
            made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
            return made;
        };
        rig.sign_in();
        const bool said = session::offered(rig.state, purpose);
        if (purpose == Purpose::Training) rig.send(session::Train{});
        if (purpose == Purpose::Observation) rig.send(session::QuickFlag{});
        if (purpose != Purpose::Screening) CHECK((rig.screen() == "Briefing") == said);
        return said;
    };
    const auto nothing = [](exchange::Bundle&) {};
    const auto no_extra_forms = [](exchange::Bundle& bundle) { bundle.forms.resize(1); };
    const auto shelters_only = [](exchange::Bundle& bundle) { bundle.policy.roles = {"shelter"}; };
    for (const auto purpose : {Purpose::Screening, Purpose::Observation, Purpose::Training}) {
        CHECK(offered(model::Role::Border, nothing, purpose));
        CHECK(offered(model::Role::ShiftLead, shelters_only, purpose));
        CHECK(offered(model::Role::Shelter, no_extra_forms, purpose) == (purpose == Purpose::Screening));
        CHECK(offered(model::Role::Border, shelters_only, purpose) == (purpose == Purpose::Training));
    }
}

TEST_CASE("A person is never asked in the mode of an observation") {
    Rig rig;
    rig.sign_in();
    rig.send(session::NewScreening{});
    rig.send(session::PickLanguage{locales::Language::Es});
    rig.send(session::SayPrivacy{true});
    rig.send(session::ChooseMode{session::Mode::Observation});
    CHECK(rig.screen() == "ChoosingMode");
    CHECK(session::consent_texts(session::Mode::Observation, model::Role::Border, 0).empty());
}

TEST_CASE("A way out of a quick flag keeps what was seen, and an erased one is said as one") {
    Rig rig;
    rig.brief(Purpose::Observation);
    rig.choose("danger_now", "yes");
    rig.send(session::QuickExit{});
    CHECK(json::parse(rig.record())["kind"] == "partial");
    CHECK(json::parse(rig.record())["mode"] == "observation");
    Rig other;
    other.brief(Purpose::Training);
    other.send(session::Leave{});
    other.send(session::EraseWhatWasSaid{});
    other.send(session::Erased{std::string(32, 'a'), {}});
    REQUIRE(other.screen() == "Told");
    CHECK(std::get<session::Told>(other.state.screen).purpose == Purpose::Training);
}
