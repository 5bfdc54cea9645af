// A form with a repeat: what is said about each instance is told apart, instances are added and removed on purpose.
#include <nlohmann/json.hpp>

#include "app/casebook/record.hpp"
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
    Rig rig(store::Role::Shelter, family());
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
    CHECK(app::casebook::parse_record(rig.record()));
}
