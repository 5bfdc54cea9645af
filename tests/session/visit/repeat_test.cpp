// A form with a repeat: what is said about each instance is told apart, instances are added and removed on purpose.
#include <nlohmann/json.hpp>

#include "app/record/read.hpp"
#include "tests/session/support.hpp"
#include "tests/support/scenario.hpp"

using namespace test;
using nlohmann::json;

namespace {

std::shared_ptr<const engine::Form> family() {
    static const auto loaded = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version\n family | 1").survey(R"(
type         | name | label
text         | town | Town
begin repeat | kid  | Child
text         | who  | Who?
integer      | age  | Age?
end repeat   |      |
text         | last | Last
)");
        auto made = sheets.load();
        if (!made) FAIL(scenario::all_text(made.error()));
        return *made;
    }();
    return loaded;
}

}  // namespace

TEST_CASE("The record names what was asked in a repeat with its place") {
    Rig rig(model::Role::Shelter, family());
    rig.begin();
    auto& interview = rig.state.screening->interview();
    REQUIRE(interview.add(rig.node("kid")));
    rig.say("kid[1]/age", engine::AnswerState::Refused);
    rig.type("kid[2]/who", "Ana");
    rig.say("kid[2]/age", engine::AnswerState::Unknown);
    rig.effects.clear();
    rig.send(session::Next{});
    const auto read = json::parse(rig.record());
    std::map<std::string, std::string> states;
    for (const auto& answer : read["answers"]) states[answer["name"]] = answer["state"];
    CHECK(states.size() == read["answers"].size());
    CHECK(states["kid[1]/age"] == "refused");
    CHECK(states["kid[2]/who"] == "answered");
    CHECK(states["kid[2]/age"] == "unknown");
    CHECK(states["town"] == "skipped");
    CHECK(states["last"] == "not_asked");
    CHECK(app::record::read(rig.record()));
}

namespace {

std::string page(const Rig& rig) {
    const auto& interview = rig.state.screening->interview();
    if (interview.page().nodes.empty()) return "end";
    const std::string address(interview.address(interview.page().nodes.front()));
    return interview.page().asks_for_more ? "more " + address : address;
}

session::Question& question(Rig& rig) {
    return std::get<session::Question>(rig.state.screen);
}

/// On the page that asks for a further child, one child told about.
Rig at_more() {
    Rig rig(model::Role::Shelter, family());
    rig.begin();
    rig.type("town", "Tecún");
    rig.send(session::Next{});
    rig.type("kid[1]/who", "Ana");
    rig.send(session::Next{});
    rig.type("kid[1]/age", "7");
    rig.send(session::Next{});
    REQUIRE(page(rig) == "more kid");
    rig.effects.clear();
    return rig;
}

}  // namespace

TEST_CASE("A further instance is added on the page that asks for it, and its first question follows") {
    auto rig = at_more();
    rig.send(session::AddInstance{rig.node("kid")});
    CHECK(rig.screen() == "Question");
    CHECK(page(rig) == "kid[2]/who");
    CHECK(rig.effects.empty());
    rig.send(session::Next{});
    CHECK(page(rig) == "kid[2]/age");
    rig.send(session::Next{});
    CHECK(page(rig) == "more kid");
    rig.send(session::Next{});
    CHECK(page(rig) == "last");
    const auto read = json::parse(rig.record());
    CHECK(read["answers"].size() == 6);
    CHECK(read["answers"][3]["name"] == "kid[2]/who");
    CHECK(read["answers"][3]["state"] == "skipped");
}

TEST_CASE("An instance goes only after the page has asked whether that is meant") {
    auto rig = at_more();
    rig.send(session::AddInstance{rig.node("kid")});
    rig.type("kid[2]/who", "Luis");
    rig.send(session::Next{});
    rig.send(session::Next{});
    REQUIRE(page(rig) == "more kid");
    const auto first = rig.node("kid[1]");
    auto& interview = rig.state.screening->interview();
    SECTION("it was not asked yet") {
        rig.send(session::RemoveInstance{first, true});
        CHECK(interview.instance_count(rig.node("kid")) == 2);
        CHECK_FALSE(question(rig).removing);
    }
    SECTION("it was asked about another one") {
        rig.send(session::RemoveInstance{rig.node("kid[2]"), false});
        rig.send(session::RemoveInstance{first, true});
        CHECK(interview.instance_count(rig.node("kid")) == 2);
    }
    SECTION("kept after all") {
        rig.send(session::RemoveInstance{first, false});
        CHECK(question(rig).removing == first);
        rig.send(session::Next{});
        rig.send(session::AddInstance{rig.node("kid")});
        CHECK(page(rig) == "more kid");
        rig.send(session::Back{});
        CHECK_FALSE(question(rig).removing);
        CHECK(page(rig) == "more kid");
        CHECK(interview.instance_count(rig.node("kid")) == 2);
    }
    SECTION("removed, and the next record has it no more") {
        rig.send(session::RemoveInstance{first, false});
        rig.send(session::RemoveInstance{first, true});
        CHECK(page(rig) == "more kid");
        CHECK_FALSE(question(rig).removing);
        REQUIRE(interview.instance_count(rig.node("kid")) == 1);
        CHECK(interview.value(rig.node("kid[1]/who")) == "Luis");
        rig.effects.clear();
        rig.send(session::Next{});
        CHECK(rig.record().find("Luis") != std::string::npos);
        CHECK(rig.record().find("Ana") == std::string::npos);
        CHECK(rig.record().find("kid[2]") == std::string::npos);
    }
}

TEST_CASE("Instances change only on their own page") {
    auto rig = at_more();
    const auto kid = rig.node("kid");
    const auto first = rig.node("kid[1]");
    const auto count = [&] { return rig.state.screening->interview().instance_count(kid); };
    rig.send(session::AddInstance{rig.node("town")});
    rig.send(session::AddInstance{first});
    rig.send(session::RemoveInstance{kid, false});
    rig.send(session::RemoveInstance{engine::NodeId{9999U}, false});
    CHECK_FALSE(question(rig).removing);
    rig.send(session::Next{});
    REQUIRE(page(rig) == "last");
    rig.send(session::AddInstance{kid});
    rig.send(session::RemoveInstance{first, false});
    CHECK_FALSE(question(rig).removing);
    rig.send(session::Next{});
    REQUIRE(rig.screen() == "Review");
    rig.send(session::AddInstance{kid});
    rig.send(session::RemoveInstance{first, true});
    CHECK(rig.screen() == "Review");
    CHECK(count() == 1);
}

TEST_CASE("From the review a further instance is asked for, told about whole, and the review comes back") {
    auto rig = at_more();
    rig.send(session::Next{});
    rig.send(session::Next{});
    REQUIRE(rig.screen() == "Review");
    SECTION("a question inside an instance returns at once") {
        rig.send(session::JumpTo{rig.node("kid[1]/who")});
        CHECK(page(rig) == "kid[1]/who");
        rig.send(session::Next{});
        CHECK(rig.screen() == "Review");
    }
    SECTION("the page that asks for more returns when nothing is added") {
        rig.send(session::JumpTo{rig.node("kid")});
        CHECK(page(rig) == "more kid");
        rig.send(session::Next{});
        CHECK(rig.screen() == "Review");
    }
    SECTION("an instance added is asked to its end") {
        rig.send(session::JumpTo{rig.node("kid")});
        rig.send(session::AddInstance{rig.node("kid")});
        CHECK(page(rig) == "kid[2]/who");
        rig.send(session::Next{});
        CHECK(rig.screen() == "Question");
        CHECK(page(rig) == "kid[2]/age");
        rig.send(session::Next{});
        CHECK(page(rig) == "more kid");
        rig.send(session::Next{});
        CHECK(rig.screen() == "Review");
    }
    SECTION("and Back returns to the review") {
        rig.send(session::JumpTo{rig.node("kid")});
        rig.send(session::AddInstance{rig.node("kid")});
        rig.send(session::Back{});
        CHECK(rig.screen() == "Review");
    }
}
