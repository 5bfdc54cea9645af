// First contact gone on with by the longer form: when it is offered, what it knows, what both say together.
#include <nlohmann/json.hpp>
#include <set>

#include "app/record/read.hpp"
#include "app/session/visit/visit.hpp"
#include "tests/session/support.hpp"
#include "tests/support/scenario.hpp"

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
    if (rig.screen() == "AskingNotify") rig.send(session::SayNotify{false});
}

/// The set-up of a visit whose form for adults is this one.
void with_adult(Rig& rig, std::string_view survey, std::string_view indicators, std::string_view levels,
                std::string_view actions) {
    scenario::Sheets sheets;
    sheets.settings("form_id | version | default_language\n adult | 2 | Español (es)")
        .survey("type | name | label::Español (es) | label::English (en) | relevant\n" + std::string(survey))
        .choices(
            "list_name | name | label::Español (es) | label::English (en)\n yn | yes | Sí | Yes\n yn | no | No | No")
        .indicators(
            "indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source\n" +
            std::string(indicators))
        .levels(
            "reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | "
            "explanation::English (en)\n" +
            std::string(levels))
        .actions(
            "action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | "
            "detail::English (en)\n" +
            std::string(actions));
    const auto made = sheets.load();
    if (!made) FAIL(scenario::all_text(made.error()));
    with_bundle(rig, [form = *made](exchange::Bundle& bundle) {
        for (auto& one : bundle.forms)
            if (one.id == "adult") one.form = form;
    });
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
    const auto read = app::record::read(rig.record());
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
        model::Role role;
        session::Mode mode;
        std::string_view age;
        std::function<void(exchange::Bundle&)> change;
        bool offered;
    } const cases[] = {
        {model::Role::Shelter, session::Mode::Assisted, "adult", without(1), false},
        {model::Role::Shelter, session::Mode::Assisted, "teen", without(2), false},
        {model::Role::Shelter, session::Mode::Private, "adult", without(2), true},
        {model::Role::ShiftLead, session::Mode::Assisted, "adult", without(2), true},
        {model::Role::Shelter, session::Mode::Private, "teen", without(1), false},
        {model::Role::Border, session::Mode::Private, "adult", without(2), false},
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
        CHECK(rig.screen() == "AskingNotify");  // at the end of each form, whatever was said
        rig.send(session::SayNotify{false});
        CHECK(rig.screen() == "ForPerson");
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

TEST_CASE("A longer form that takes every question over speaks for both, so what was cleared up does not stay") {
    constexpr std::string_view all =
        "hidden | fc_danger_now | | |\n hidden | fc_age_group | | |\n hidden | fc_held | | |\n"
        "hidden | fc_words | | |\n hidden | fc_help | | |\n"
        "select_one yn | really | ¿De verdad? | Really? |";
    constexpr std::string_view signs =
        "held | coercion | strong | ${really} = 'yes' | No sale | Kept | design | a test";
    constexpr std::string_view levels = "harm | some | strong('coercion') > 0 | Daño | Harm | Lo dice | Says so";
    constexpr std::string_view actions = "inform | | both | Dé los teléfonos | Give the numbers | A todos | To all";
    using engine::Level;
    using engine::ReadingKind;
    for (const bool whole : {true, false}) {
        Rig rig;
        std::string survey(all);
        if (!whole) survey.erase(0, survey.find('\n') + 1);  // danger_now is not taken over
        with_adult(rig, survey, signs, levels, actions);
        rig.begin();
        rig.choose("danger_now", "no");
        rig.send(session::Next{});
        rig.choose("age_group", "adult");
        rig.send(session::Next{});
        rig.choose("held", "now");
        rig.send(session::Next{});
        while (rig.screen() == "Question") rig.send(session::Next{});
        rig.send(session::FinishReview{});
        CHECK(session::said_level(*rig.state.screening, ReadingKind::Harm) == Level::Some);
        rig.send(session::SayLonger{true});
        rig.stored();
        rig.send(session::Prepared{origin('b')});
        rig.choose("really", "no");
        const auto& screening = *rig.state.screening;
        CHECK(session::speaks_for_both(screening) == whole);
        CHECK(session::said_level(screening, ReadingKind::Harm) == (whole ? Level::NoneReported : Level::Some));
        CHECK(step_ids(screening) ==
              (whole ? std::vector<std::string>{"inform"} : std::vector<std::string>{"inform", "talk"}));
    }
}

TEST_CASE("A form with a row for it is told whether the person answers alone, from the first page on") {
    for (const auto mode : {session::Mode::Assisted, session::Mode::Private}) {
        Rig rig;
        with_adult(rig,
                   "hidden | private | | |\n hidden | fc_age_group | | |\n"
                   "select_one yn | deeper | ¿Algo más? | Anything else? | ${private} != 'yes'\n"
                   "select_one yn | same | ¿Está bien? | Are you well? |",
                   "well | work | weak | ${same} = 'yes' | Bien | Well | design | a test",
                   "harm | some | weak('work') > 5 | Daño | Harm | Lo dice | Says so",
                   "inform | | both | Dé los teléfonos | Give the numbers | A todos | To all");
        answer_first(rig, "adult", mode);
        rig.send(session::SayLonger{true});
        rig.stored();
        rig.send(session::Prepared{origin('b')});
        const bool alone = mode == session::Mode::Private;
        CHECK(questions_left(rig) ==
              (alone ? std::vector<std::string>{"same"} : std::vector<std::string>{"deeper", "same"}));
        CHECK(values(rig.record()).at("private") == (alone ? "yes" : "no"));
    }
}
