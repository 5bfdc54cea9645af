#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using questionnaires::engine::Role;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets base() {
    Sheets sheets;
    sheets.survey(R"(
type                | name   | label  | relevant
select_one yn       | a      | a      |
select_one yn       | b      | b      |
select_multiple who | whom   | whom   | ${a} = 'yes'
integer             | weeks  | weeks  |
select_one yn       | wants  | wants  |
)");
    sheets.choices(R"(
list_name | name  | label
yn        | yes   | Yes
yn        | no    | No
who       | boss  | Boss
who       | guide | Guide
)");
    return sheets;
}

Sheets with_indicators(std::string_view rows) {
    Sheets sheets = base();
    sheets.indicators("indicator | dimension | strength | when | label | basis\n" + std::string(rows));
    return sheets;
}

}  // namespace

TEST_CASE("an indicator fires with the questions that made it fire") {
    Scenario s(with_indicators("debt | harm | strong | ${a} = 'yes' and selected(${whom}, 'boss') | Debt | ilo"));
    CHECK(s.fired().empty());
    REQUIRE(s.answer("a", "yes").empty());
    CHECK(s.fired().empty());
    REQUIRE(s.answer("whom", "boss").empty());
    CHECK(s.fired() == "debt(a,whom)");
    REQUIRE(s.answer("a", "no").empty());
    CHECK(s.fired().empty());
}

TEST_CASE("an operand that was not answered never makes an indicator fire, whatever the operator") {
    const std::string when = GENERATE(
        as<std::string>(), "${a} = 'yes'", "${a} != 'no'", "not(${a} = 'no')", "${a} = ''", "string-length(${a}) < 5",
        "${weeks} < 5 or not(${a} = 'no')", "not(selected(${whom}, 'boss'))", "count-selected(${whom}) = 0",
        "coalesce(${a}, 'yes') = 'yes'", "if(${a} = 'no', 'x', 'y') = 'y'", "not(contains(${a}, 'no'))",
        "concat(${a}, 'x') = 'x'", "not(${weeks} >= 1)", "${weeks} + 1 != 5", "boolean(${a}) = false()",
        "checklist(-1, 2, ${a} = 'no')", "not(${a} = 'no' and ${b} = 'yes')", "true() and ${a} != 'no'");
    INFO(when);
    Scenario s(with_indicators("i | d | strong | " + when + " | I | design"));
    CHECK(s.fired().empty());
    for (const std::string_view name : {"a", "b", "weeks"}) REQUIRE(s.skip(name).empty());
    CHECK(s.fired().empty());
    for (const std::string_view name : {"a", "b", "weeks"}) REQUIRE(s.refuse(name).empty());
    CHECK(s.fired().empty());
    for (const std::string_view name : {"a", "b", "weeks"}) REQUIRE(s.do_not_know(name).empty());
    CHECK(s.fired().empty());
}

TEST_CASE("what is certain decides although another question was skipped") {
    Scenario s(with_indicators(R"(
either | d | strong | ${a} = 'yes' or ${b} = 'yes'          | I | design
both   | d | strong | not(${a} = 'yes' and ${b} = 'yes')    | I | design
)"));
    REQUIRE(s.skip("b").empty());
    REQUIRE(s.answer("a", "yes").empty());
    CHECK(s.fired() == "either(a)");
    REQUIRE(s.answer("a", "no").empty());
    CHECK(s.fired() == "both(a)");
}

TEST_CASE("state() asks whether there is an answer, so silence itself can be named") {
    Scenario s(with_indicators("silent | d | weak | state(${a}) = 'refused' | I | design"));
    REQUIRE(s.skip("a").empty());
    CHECK(s.fired().empty());
    REQUIRE(s.refuse("a").empty());
    CHECK(s.fired() == "silent(a)");
}

TEST_CASE("uncertainty passes through calculations and relevance") {
    Sheets sheets;
    sheets.survey(R"(
type          | name  | label | calculation                  | relevant
select_one yn | a     | a     |                              |
calculate     | guess |       | if(${a} != 'no', 'x', 'y')   |
calculate     | more  |       | concat(${guess}, 'z')        |
calculate     | fixed |       | 'x'                          | ${a} != 'no'
calculate     | sure  |       | 'x'                          |
)");
    sheets.choices("list_name | name | label\n yn | yes | Y\n yn | no | N");
    sheets.indicators(R"(
indicator | dimension | strength | when            | label | basis
guess     | d         | weak     | ${guess} = 'x'  | G     | design
more      | d         | weak     | ${more} = 'xz'  | M     | design
fixed     | d         | weak     | ${fixed} = 'x'  | F     | design
sure      | d         | weak     | ${sure} = 'x'   | S     | design
)");
    Scenario s(sheets);
    CHECK(s.fired() == "sure()");
    REQUIRE(s.skip("a").empty());
    CHECK(s.value("guess") == "x");
    CHECK(s.fired() == "sure()");
    REQUIRE(s.answer("a", "yes").empty());
    CHECK(s.fired() == "guess(a) more(a) fixed(a) sure()");
}

TEST_CASE("a default that nobody confirmed fires nothing") {
    Sheets sheets;
    sheets.survey("type | name | label | default\n text | t | t | yes");
    sheets.indicators(
        "indicator | dimension | strength | when | label | basis\n i | d | weak | ${t} = 'yes' | I | design");
    Scenario s(sheets);
    CHECK(s.fired().empty());
    REQUIRE(s.next() == "end");
    CHECK(s.fired() == "i(t)");
}

TEST_CASE("a dimension is positive by the rule of the ILO operational indicators") {
    struct Row {
        int strong, medium, weak;
        bool positive;
    };
    const auto row = GENERATE(values<Row>({{2, 0, 0, true},
                                           {1, 0, 0, false},
                                           {1, 1, 0, true},
                                           {1, 0, 1, true},
                                           {0, 3, 0, true},
                                           {0, 2, 0, false},
                                           {0, 2, 1, true},
                                           {0, 1, 2, false},
                                           {0, 0, 9, false},
                                           {0, 0, 0, false}}));
    std::string rows;
    const auto add = [&](int count, const std::string& strength) {
        for (int i = 0; i < count; ++i) {
            rows += strength + std::to_string(i) + " | harm | " + strength + " | ${a} = 'yes' | I | ilo\n";
        }
    };
    add(row.strong, "strong");
    add(row.medium, "medium");
    add(row.weak, "weak");
    rows += "never | harm | strong | ${a} = 'never' | I | ilo\n";
    Sheets sheets = with_indicators(rows);
    sheets.levels("reading | level | when | label\n harm | strong | positive('harm') | P");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "yes").empty());
    CHECK((s.readings().find("harm=strong") != std::string::npos) == row.positive);
}

TEST_CASE("the first level that applies wins in each reading, with rule and reasons") {
    Sheets sheets = with_indicators(R"(
debt   | harm   | strong | ${a} = 'yes'   | I | ilo
watch  | harm   | medium | ${b} = 'yes'   | I | ilo
danger | danger | strong | ${weeks} = 0   | I | design
)");
    sheets.levels(R"(
reading | level         | when                                        | label | explanation
harm    | strong        | strong('harm') >= 1 and medium('harm') >= 1 | S     | two
harm    | some          | strong('harm') + medium('harm') > 0         | M     |
harm    | none-reported |                                             | N     |
danger  | strong        | strong('danger') > 0 or state(${wants}) = 'refused' | D |
)");
    Scenario s(sheets);
    CHECK(s.readings() == "danger=none-reported harm=none-reported:harm-3() risk=none-reported");
    REQUIRE(s.answer("a", "yes").empty());
    CHECK(s.readings() == "danger=none-reported harm=some:harm-2(a) risk=none-reported");
    REQUIRE(s.answer("b", "yes").empty());
    CHECK(s.readings() == "danger=none-reported harm=strong:harm-1(a,b) risk=none-reported");
    REQUIRE(s.answer("weeks", "0").empty());
    CHECK(s.readings() == "danger=strong:danger-1(weeks) harm=strong:harm-1(a,b) risk=none-reported");
    REQUIRE(s.skip("weeks").empty());
    REQUIRE(s.refuse("wants").empty());
    CHECK(s.readings() == "danger=strong:danger-1(wants) harm=strong:harm-1(a,b) risk=none-reported");
}

TEST_CASE("actions are given by role") {
    Sheets sheets = with_indicators("debt | harm | strong | ${a} = 'yes' | I | ilo");
    sheets.actions(R"(
action | when                | role    | label | detail
call   | strong('harm') >= 1 | shelter | Call  | who
tell   | strong('harm') >= 1 | both    | Tell  |
rest   |                     | border  | Rest  |
)");
    Scenario s(sheets);
    CHECK(s.actions(Role::Shelter).empty());
    CHECK(s.actions(Role::Border) == "rest()");
    REQUIRE(s.answer("a", "yes").empty());
    CHECK(s.actions(Role::Shelter) == "call(a) tell(a)");
    CHECK(s.actions(Role::Border) == "tell(a) rest()");
    CHECK(s.interview().actions(Role::Shelter)[0].action->detail.in(s.language()) == "who");
}

TEST_CASE("a skipped question neither raises nor lowers a reading") {
    Sheets sheets = with_indicators(R"(
debt  | harm | medium | ${a} = 'yes' | I | ilo
watch | harm | medium | ${b} = 'yes' | I | ilo
)");
    sheets.levels("reading | level | when | label\n harm | some | medium('harm') > 0 | M");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "yes").empty());
    const std::string before = s.readings();
    REQUIRE(s.skip("b").empty());
    CHECK(s.readings() == before);
}

TEST_CASE("negation in a condition without state() is warned about") {
    const auto loaded = with_indicators(R"(
x | d | weak | ${a} != 'no'                               | I | design
y | d | weak | not(${a} = 'no')                           | I | design
z | d | weak | state(${a}) != 'answered' or ${a} != 'no'  | I | design
)")
                            .load();
    REQUIRE(loaded);
    REQUIRE((*loaded)->warnings().size() == 2);
    CHECK((*loaded)->warnings()[0].row == 2);
    CHECK((*loaded)->warnings()[1].row == 3);
}
