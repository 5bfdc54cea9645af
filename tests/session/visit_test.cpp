// First contact gone on with by the longer form: when it is offered, what it knows, what both say together.
#include <nlohmann/json.hpp>
#include <set>

#include "app/casebook/record.hpp"
#include "app/session/visit.hpp"
#include "tests/session/support.hpp"

using namespace test;
using nlohmann::json;

namespace {

/// The values of the record's answers by name.
std::map<std::string, std::string> values(const std::string& record) {
    std::map<std::string, std::string> all;
    const auto read = json::parse(record);
    for (const auto& answer : read["answers"]) all[answer["name"]] = answer["value"];
    return all;
}

std::vector<std::string> questions_left(Rig& rig) {
    std::vector<std::string> names;
    while (rig.screen() == "Question") {
        auto& interview = rig.state.screening->interview();
        names.emplace_back(interview.name(interview.page().nodes.front()));
        rig.send(session::Next{});
    }
    return names;
}

std::vector<std::string> step_ids(const session::Screening& screening) {
    std::vector<std::string> ids;
    for (const auto& step : session::steps(screening)) ids.push_back(step.action->id);
    return ids;
}

void with_bundle(Rig& rig, const std::function<void(exchange::Bundle&)>& change) {
    rig.make_setup = [change] {
        auto made = visit_setup();
        auto bundle = *made.bundle;
        change(bundle);
        made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
        return made;
    };
}

/// As Rig::first_contact, with the set-up of the rig.
void answer_first(Rig& rig, std::string_view age = "adult", session::Mode mode = session::Mode::Assisted) {
    rig.begin(mode);
    rig.send(session::Next{});
    if (!age.empty()) rig.choose("age_group", age);
    while (rig.screen() == "Question") rig.send(session::Next{});
    rig.send(session::FinishReview{});
}

}  // namespace

TEST_CASE("Yes to the longer form stores first contact as final before anything else is begun") {
    Rig rig;
    rig.first_contact();
    REQUIRE(rig.screen() == "AskingLonger");
    rig.effects.clear();
    rig.send(session::SayLonger{true});
    CHECK(rig.count<session::Prepare>() == 0);
    CHECK(json::parse(rig.record())["kind"] == "final");
    rig.send(session::SayLonger{true});
    rig.send(session::SayLonger{false});
    CHECK(rig.count<session::SealRecord>() == 1);
    rig.stored();
    CHECK(rig.count<session::Prepare>() == 1);
    CHECK(rig.screen() == "AskingLonger");
    rig.send(session::SayLonger{false});  // the answer is given
    CHECK(rig.screen() == "AskingLonger");
    rig.send(session::Prepared{origin('b')});
    CHECK(rig.screen() == "Question");
    CHECK(rig.state.screening->form().id == "adult");
}

TEST_CASE("The longer form knows every value and every state, and asks nothing twice") {
    Rig rig;
    rig.go_on();
    rig.send(session::Next{});
    const auto said = values(rig.record());
    CHECK(said.at("fc_danger_now") == "no");
    CHECK(said.at("fc_held") == "now way");
    CHECK(said.at("fc_words") == "-refused");
    CHECK(said.at("fc_help") == "no");
    CHECK(said.at("fc_elsewhere").empty());
    CHECK(rig.screen() == "Review");  // of three questions only `worked` was left
}

TEST_CASE("Skipped and not known are handed over as such, and what was not asked is asked") {
    Rig rig;
    rig.make_setup = visit_setup;
    rig.begin();
    rig.say("danger_now", engine::AnswerState::Unknown);
    rig.choose("age_group", "adult");
    rig.send(session::Next{});
    rig.say("held", engine::AnswerState::Skipped);
    rig.send(session::Next{});
    rig.choose("help", "no");
    rig.send(session::Next{});
    rig.send(session::FinishReview{});
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.send(session::Prepared{origin('b')});
    rig.send(session::Next{});
    const auto said = values(rig.record());
    CHECK(said.at("fc_danger_now") == "-unknown");
    CHECK(said.at("fc_held") == "-skipped");
}

TEST_CASE("The record of the longer form follows the first, with the same code, consent, mode and worker") {
    Rig rig;
    rig.first_contact();
    const auto first = json::parse(rig.record());
    CHECK_FALSE(first.contains("follows"));
    rig.send(session::SayLonger{true});
    rig.stored();
    auto next = origin('b');
    next.case_code = "otro-hotel-canal-111";
    rig.send(session::Prepared{std::move(next)});
    rig.send(session::Next{});
    const auto longer = json::parse(rig.record());
    CHECK(longer["record"] == std::string(32, 'b'));
    CHECK(longer["follows"] == first["record"]);
    for (const auto* same : {"case_code", "mode", "worker", "role", "training"}) CHECK(longer[same] == first[same]);
    CHECK(longer["consent"]["asked_as"] == first["consent"]["asked_as"]);
    CHECK(longer["consent"]["answer"] == "given");
    CHECK(longer["consent"]["scope"] == "adult");
    CHECK(longer["form"]["id"] == "adult");
    const auto read = app::casebook::parse_record(rig.record());
    REQUIRE(read);
    CHECK(read->follows == std::string(32, 'a'));
}

TEST_CASE("Whoever is not known to be an adult is asked as a child") {
    for (const std::string_view age : {"adult", "teen", ""}) {
        Rig rig;
        rig.go_on(age);
        CHECK(rig.state.screening->form().id == (age == "adult" ? "adult" : "child"));
    }
    for (const auto state : {engine::AnswerState::Refused, engine::AnswerState::Unknown}) {
        Rig rig;
        rig.make_setup = visit_setup;
        rig.begin();
        rig.send(session::Next{});
        rig.say("age_group", state);
        while (rig.screen() == "Question") rig.send(session::Next{});
        rig.send(session::FinishReview{});
        rig.send(session::SayLonger{true});
        rig.stored();
        rig.send(session::Prepared{origin('b')});
        REQUIRE(rig.screen() == "Question");
        CHECK(rig.state.screening->form().id == "child");
    }
}

TEST_CASE("A worker the policy does not name never reaches the detailed questions of a child") {
    for (const bool trained : {true, false}) {
        Rig rig;
        with_bundle(rig, [&](auto& bundle) {
            if (!trained) bundle.policy.child_workers = {3};
        });
        answer_first(rig, "teen");
        REQUIRE(rig.screen() == "AskingLonger");
        rig.send(session::SayLonger{true});
        rig.stored();
        rig.send(session::Prepared{origin('b')});
        const auto asked = questions_left(rig);
        CHECK(asked == (trained ? std::vector<std::string>{"safe", "detail"} : std::vector<std::string>{"safe"}));
        CHECK(values(rig.record()).at("trained") == (trained ? "yes" : "no"));
    }
}

TEST_CASE("A form for children that cannot be told who is trained is not opened by an untrained worker") {
    for (const bool trained : {true, false}) {
        Rig rig;
        with_bundle(rig, [&](auto& bundle) {
            if (!trained) bundle.policy.child_workers = {3};
            bundle.forms[2].form = bundle.forms[3].form;  // no hidden row `trained`
        });
        answer_first(rig, "teen");
        CHECK(rig.screen() == (trained ? "AskingLonger" : "ForPerson"));
    }
}

TEST_CASE("There is nothing to go on with where the bundle lacks the form, at a border, and for a child alone") {
    const auto without = [](std::size_t index) {
        return [index](exchange::Bundle& bundle) {
            bundle.forms.erase(bundle.forms.begin() + static_cast<std::ptrdiff_t>(index));
        };
    };
    struct {
        store::Role role;
        session::Mode mode;
        std::string_view age;
        std::function<void(exchange::Bundle&)> change;
        bool offered;
    } const cases[] = {
        {store::Role::Shelter, session::Mode::Assisted, "adult", without(1), false},
        {store::Role::Shelter, session::Mode::Assisted, "teen", without(2), false},
        {store::Role::Shelter, session::Mode::Private, "adult", without(2), true},
        {store::Role::ShiftLead, session::Mode::Assisted, "adult", without(2), true},
        {store::Role::Shelter, session::Mode::Private, "teen", without(1), false},
        {store::Role::Border, session::Mode::Private, "adult", without(2), false},
    };
    for (const auto& one : cases) {
        Rig rig(one.role);
        with_bundle(rig, one.change);
        answer_first(rig, one.age, one.mode);
        CHECK(rig.screen() == (one.offered ? "AskingLonger" : "ForPerson"));
    }
}

TEST_CASE("No to the longer form goes on as if it had not been asked") {
    Rig rig;
    rig.first_contact();
    rig.effects.clear();
    rig.send(session::SayLonger{false});
    CHECK(rig.screen() == "ForPerson");
    CHECK(rig.effects.empty());
    rig.send(session::PersonDone{});
    rig.send(session::SealNow{});
    CHECK(json::parse(rig.record())["kind"] == "final");
    rig.stored();
    CHECK(rig.screen() == "SealedScreen");
}

TEST_CASE("After the longer form there is no further one") {
    Rig rig;
    rig.go_on();
    rig.send(session::Next{});
    rig.send(session::FinishReview{});
    CHECK(rig.screen() == "ForPerson");
}

TEST_CASE("What first contact raised is neither lost nor lowered by the longer form, and both say what to do") {
    Rig rig;
    rig.first_contact("adult", session::Mode::Assisted, "yes", "yes");
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.send(session::Prepared{origin('b')});
    const auto& screening = *rig.state.screening;
    using engine::Level;
    using engine::ReadingKind;
    CHECK(session::said_level(screening, ReadingKind::Danger) == Level::Strong);
    CHECK(session::said_level(screening, ReadingKind::Harm) == Level::Some);
    rig.choose("worked", "yes");
    CHECK(session::said_level(screening, ReadingKind::Danger) == Level::Strong);
    CHECK(session::said_level(screening, ReadingKind::Harm) == Level::Strong);
    CHECK(session::said_level(screening, ReadingKind::Risk) == Level::NoneReported);
    // The graver danger leads; each step once.
    CHECK(step_ids(screening) == std::vector<std::string>{"stay_close", "talk", "help_today", "inform", "specialist"});
    rig.send(session::Next{});
    rig.send(session::FinishReview{});
    rig.send(session::PersonDone{});
    REQUIRE(rig.screen() == "ForWorker");
    CHECK(json::parse(rig.record())["actions"] == json(step_ids(*rig.state.screening)));
    rig.send(session::OpenRaise{});
    rig.send(session::ChooseRaise{{ReadingKind::Danger, Level::Some, session::RaiseReason::Observed}});
    CHECK(rig.screen() == "Raising");  // it stands higher already
    rig.send(session::ChooseRaise{{ReadingKind::Risk, Level::Some, session::RaiseReason::Observed}});
    CHECK(rig.screen() == "ForWorker");
    CHECK(session::standing_level(*rig.state.screening, ReadingKind::Risk) == Level::Some);
}

TEST_CASE("Where danger is the same the later form leads") {
    Rig rig;
    rig.go_on();
    rig.choose("worked", "yes");
    CHECK(step_ids(*rig.state.screening) == std::vector<std::string>{"specialist", "inform", "talk"});
}

TEST_CASE("Who answers alone and wants somebody now is not kept with more questions; who does not may go on") {
    for (const bool tell : {true, false}) {
        Rig rig;
        rig.first_contact("adult", session::Mode::Private, "no", "yes");
        REQUIRE(rig.screen() == "AskingNotify");
        rig.send(session::SayNotify{tell});
        CHECK(rig.screen() == (tell ? "ForPerson" : "AskingLonger"));
        if (tell) continue;
        rig.send(session::SayLonger{true});
        rig.stored();
        rig.send(session::Prepared{origin('b')});
        while (rig.screen() == "Question") rig.send(session::Next{});
        rig.send(session::FinishReview{});
        CHECK(rig.screen() == "ForPerson");  // the same wish is not asked about twice
        rig.send(session::PersonDone{});
        rig.stored();
        CHECK(rig.screen() == "Clock");
        CHECK(rig.state.asked_for.empty());
    }
}

TEST_CASE("A form that is gone on with is asked in the language shown, and its record says so") {
    Rig rig;
    rig.first_contact();
    rig.send(session::ChooseLanguage{locales::Language::En});
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.send(session::Prepared{origin('b')});
    rig.send(session::Next{});
    CHECK(json::parse(rig.record())["language"] == json{{"start", "en"}, {"end", "en"}});
}
