#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets waiting() {
    Sheets sheets;
    sheets.survey(R"(
type      | name  | label | calculation               | trigger
integer   | a     | a     |                           |
integer   | b     | b     |                           |
calculate | count |       | coalesce(${count}, 0) + 1 | ${a}
calculate | sum   |       | ${a} + ${b}               | ${a}, ${b}
text      | guess | guess | concat('a is ', ${a})     | ${a}
calculate | after |       | concat('>', ${guess})     | ${guess}
calculate | live  |       | ${count} * 10             |
)");
    return sheets;
}

}  // namespace

TEST_CASE("a row with a trigger is computed when the answer changes and not before") {
    Scenario s(waiting());
    CHECK(s.value("count").empty());
    REQUIRE(s.answer("b", "2").empty());
    CHECK(s.value("count").empty());
    REQUIRE(s.answer("a", "5").empty());
    CHECK(s.value("count") == "1");
    CHECK(s.value("sum") == "7");
    CHECK(s.value("live") == "10");
}

TEST_CASE("the same answer again is no change") {
    Scenario s(waiting());
    REQUIRE(s.answer("a", "5").empty());
    REQUIRE(s.answer("a", "5").empty());
    CHECK(s.value("count") == "1");
    REQUIRE(s.skip("a").empty());
    CHECK(s.value("count") == "2");
}

TEST_CASE("several triggers in one cell each count") {
    Scenario s(waiting());
    REQUIRE(s.answer("a", "5").empty());
    REQUIRE(s.answer("b", "1").empty());
    CHECK(s.value("sum") == "6");
    CHECK(s.value("count") == "1");
}

TEST_CASE("a question with a trigger may be answered over, until the trigger changes again") {
    Scenario s(waiting());
    REQUIRE(s.answer("a", "5").empty());
    CHECK(s.value("guess") == "a is 5");
    CHECK(s.state("guess") == "not_asked");
    CHECK_FALSE(s.interview().read_only(s.node("guess")));
    REQUIRE(s.answer("guess", "mine").empty());
    REQUIRE(s.answer("b", "1").empty());
    CHECK(s.value("guess") == "mine");
    CHECK(s.state("guess") == "answered");
    REQUIRE(s.answer("a", "6").empty());
    CHECK(s.value("guess") == "a is 6");
    CHECK(s.state("guess") == "not_asked");
}

TEST_CASE("a value set by a trigger is a trigger itself") {
    Scenario s(waiting());
    REQUIRE(s.answer("a", "5").empty());
    CHECK(s.value("after") == ">a is 5");
}

TEST_CASE("rows that wait for each other each run once") {
    Sheets sheets;
    sheets.survey(R"(
type    | name | label | calculation             | trigger
integer | a    | a     | coalesce(${b}, 0) + 1   | ${b}
integer | b    | b     | coalesce(${a}, 0) + 100 | ${a}
)");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "1").empty());
    CHECK(s.value("b") == "101");
    CHECK(s.value("a") == "102");
}

TEST_CASE("when a triggered row costs too much, everything is as it was") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | calculation       | trigger
integer   | a    | a     |                   |
calculate | good |       | ${a} + 1          | ${a}
calculate | bad  |       | uuid(${a} * 4000) | ${a}
)");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "1").empty());
    CHECK(s.value("bad").size() == 4000);
    const std::string before = s.value("bad");
    CHECK(s.answer("a", "2") == "budget");
    CHECK(s.value("a") == "1");
    CHECK(s.value("good") == "2");
    CHECK(s.value("bad") == before);
}

TEST_CASE("a trigger that is no question, or that sets nothing, is refused") {
    const auto faults = [](std::string_view row) {
        Sheets sheets;
        sheets.survey(
            "type | name | label | calculation | trigger\n text | a | A | | \n begin group | g | G | | \n end group | "
            "| | |\n" +
            std::string(row));
        const auto loaded = sheets.load();
        return loaded ? std::string() : scenario::all_text(loaded.error());
    };
    using Catch::Matchers::ContainsSubstring;
    CHECK_THAT(faults("text | b | B | 1 | ${x}"),
               ContainsSubstring("survey row 5, column trigger") && ContainsSubstring("no question"));
    CHECK_THAT(faults("text | b | B | 1 | ${g}"), ContainsSubstring("no question"));
    CHECK_THAT(faults("text | b | B | 1 | a"), ContainsSubstring("write ${name}"));
    CHECK(faults("text | b | B | | ${a}").empty());
    CHECK(faults("note | b | B | | ${a}").empty());
    // It never starts, which is the author's to know; a form of other programs may say so all the same.
    CHECK(faults("calculate | c | | 2 | \n text | b | B | 1 | ${c}").empty());
    CHECK(faults("calculate | c | | 2 | ${a}\n text | b | B | 1 | ${c}").empty());
    CHECK(faults("text | b | B | 1 | ${ a } , ${a}").empty());
}

TEST_CASE("a trigger that leaves its row as it was sets nothing else off") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | trigger | calculation
integer   | p    | p     |         |
text      | q    | q     | ${p}    | ''
integer   | r    | r     | ${q}    | 7
calculate | same |       | ${p}    | if(${p} > 0, 'x', 'x')
calculate | runs |       | ${same} | coalesce(${runs}, 0) + 1
)");
    Scenario s(sheets);
    REQUIRE(s.answer("p", "1").empty());
    CHECK(s.value("r").empty());
    CHECK(s.value("runs") == "1");
    REQUIRE(s.answer("p", "2").empty());
    CHECK(s.value("runs") == "1");
    REQUIRE(s.skip("p").empty());
    CHECK(s.value("r").empty());
    CHECK(s.value("runs") == "1");
}

TEST_CASE("a row that somebody answered with what its trigger computes stays, and sets nothing off") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | trigger | calculation
integer   | p    | p     |         |
text      | q    | q     | ${p}    | 'x'
calculate | runs |       | ${q}    | coalesce(${runs}, 0) + 1
)");
    Scenario s(sheets);
    REQUIRE(s.answer("q", "x").empty());
    CHECK(s.value("runs") == "1");
    REQUIRE(s.answer("p", "1").empty());
    CHECK(s.value("q") == "x");
    CHECK(s.value("runs") == "1");
}

TEST_CASE("a row that a trigger takes away and that has no words is shown to nobody (pyxform)") {
    Sheets sheets;
    sheets.survey(R"(
type    | name | label | trigger | default
text    | a    | A     |         |
decimal | e    |       | ${a}    | 7
)");
    Scenario s(sheets);
    CHECK(s.value("e") == "7");
    CHECK_FALSE(s.answer("e", "1").empty());
    REQUIRE(s.answer("a", "x").empty());
    CHECK(s.value("e").empty());
}
