#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets household() {
    Sheets sheets;
    sheets.survey(R"(
type           | name  | label::Español (es) | label::English (en) | relevant    | calculation
integer        | n     | ene                 | en                  |             |
select_one l   | o     | o                   | o                   | ${n} > 1    |
date           | d     | d                   | d                   |             |
begin group    | g     | g                   | g                   |             |
note           | hello | hola                | hello               |             |
end group      |       |                     |                     |             |
calculate      | c     |                     |                     |             | ${n} * 2
)");
    sheets.choices(
        "list_name | name | label::Español (es) | label::English (en)\n l | a | Uno | One\n l | b | Dos | Two");
    sheets.indicators(
        "indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis\n"
        "i | debt | strong | ${n} = 5 | i | i | design");
    return sheets;
}

/// "number 10", "number 10 ?" when it rests on what was not answered, or the words of the fault.
std::string over(Scenario& s, std::string_view expression, std::string_view self = {}) {
    std::optional<engine::NodeId> at;
    if (!self.empty()) at = s.node(self);
    const auto result = s.interview().evaluate(expression, at, s.language());
    if (!result) return result.error().message.text() + " @" + std::to_string(result.error().position);
    static constexpr std::string_view types[] = {"any", "boolean", "number", "string", "date"};
    std::string text(types[static_cast<std::size_t>(result->type)]);
    text += " ";
    text += result->text;
    return text + (result->known ? "" : " ?");
}

}  // namespace

TEST_CASE("an expression is evaluated over the answers there are") {
    Scenario s(household());
    CHECK(over(s, "1 + 1") == "number 2");
    CHECK(over(s, "${n} + 1") == "number NaN ?");
    REQUIRE(s.answer("n", "5").empty());
    REQUIRE(s.answer("o", "b").empty());
    CHECK(over(s, "${n} + 1") == "number 6");
    CHECK(over(s, "${c}") == "number 10");
    CHECK(over(s, "${o} = 'b' and ${n} > 3") == "boolean true");
    CHECK(over(s, "concat('a', ${o})") == "string ab");
    CHECK(over(s, "'only text'") == "string only text");
    CHECK(over(s, "today()") == "date 2026-03-10");
    CHECK(over(s, "regex(${o}, '[ab]')") == "boolean true");
    CHECK(over(s, "${d} > today()") == "boolean false ?");
}

TEST_CASE("choice names are in the language asked for") {
    Scenario s(household());
    REQUIRE(s.answer("n", "5").empty());
    REQUIRE(s.answer("o", "b").empty());
    CHECK(over(s.speak("en"), "jr:choice-name(${o}, '${o}')") == "string Two");
    CHECK(over(s.speak("es"), "jr:choice-name(${o}, '${o}')") == "string Dos");
}

TEST_CASE("a dot stands on the question that is given, and nowhere else") {
    Scenario s(household());
    REQUIRE(s.answer("n", "5").empty());
    CHECK(over(s, ". > 3", "n") == "boolean true");
    CHECK(over(s, "once(9)", "n") == "number 5");
    CHECK(over(s, ". > 3") == "'.' is the answer of a question, and none is given here @0");
    CHECK(over(s, ". > 3", "g") == "'.' stands on a question, not on a group or a note @0");
    CHECK(over(s, ". > 3", "hello") == "'.' stands on a question, not on a group or a note @0");
}

TEST_CASE("states and strengths may be asked for, as in the sheets of the outcome") {
    Scenario s(household());
    CHECK(over(s, "state(${n})") == "string not_asked");
    CHECK(over(s, "strong('debt')") == "number 0");
    REQUIRE(s.answer("n", "5").empty());
    CHECK(over(s, "state(${n})") == "string answered");
    CHECK(over(s, "strong('debt')") == "number 1");
}

TEST_CASE("a faulty expression says where and what") {
    Scenario s(household());
    CHECK(over(s, "1 +") == "the expression ends where a value is expected @3");
    CHECK(over(s, "1 + ${m}") == "there is no question named 'm' @4");
    CHECK(over(s, "") == "the expression ends where a value is expected @0");
    CHECK(over(s, "'\xff'") == "invalid UTF-8, or an invisible control or direction character @1");
}

TEST_CASE("looking changes nothing: the same question twice, no random numbers used up, no answer touched") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation\n text | a | a |\n calculate | r | | if(${a} = '', random(), random())");
    Scenario looked(sheets);
    Scenario alone(sheets);
    CHECK(over(looked, "random()") == over(looked, "random()"));
    REQUIRE(looked.answer("a", "x").empty());
    REQUIRE(alone.answer("a", "x").empty());
    CHECK(looked.value("r") == alone.value("r"));
}

TEST_CASE("an expression that would run too long is refused and the interview goes on") {
    Scenario s(household());
    std::string costly = "string-length(concat(";
    for (int i = 0; i < 100; ++i) costly += i == 0 ? "uuid(4000)" : ", uuid(4000)";
    costly += "))";
    CHECK(over(s, costly) == "the expression needs more steps than the limit @0");
    CHECK(s.answer("n", "5").empty());
    CHECK(over(s, "${n}") == "number 5");
}
