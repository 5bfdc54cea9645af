// Expressions over repeats: the repeat functions of ODK XForms, and totals that run along the instances.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

TEST_CASE("functions over repeats") {
    struct Row {
        std::string_view source;
        std::string_view self;
        std::string_view expression;
        std::string_view expected;
    };
    const auto row = GENERATE(values<Row>({
        {"pyxform: inside, the same instance", "r[2]/x", "${y}", "b"},
        {"pyxform: outside, all of them", "out", "count(${y})", "3"},
        {"XPath 4.2: the first", "out", "${y}", "a"},
        {"pyxform: the repeat itself, inside", "r[2]/x", "count(${r})", "3"},
        {"ODK: an absolute path inside a repeat", "r[2]/x", "/data/r/y", "b"},
        {"ODK: an absolute path inside a repeat", "r[2]/x", "count(/data/r/y)", "1"},
        {"ODK: an absolute path with a predicate", "r[2]/x", "/data/r[position() = 3]/y", "c"},
        {"XPath 2.5: a relative path is as it is", "r[2]/x", "count(../../r/y)", "3"},
        {"XPath 2.5", "r[2]/x", "../../r[1]/y", "a"},
        {"ODK position", "r[3]/x", "position(..)", "3"},
        {"ODK position", "out", "position(${r}[y = 'c'])", "3"},
        {"ODK position", "out", "position(../r[2])", "2"},
        {"ODK position: no instance", "out", "position(${r}[y = 'z'])", "0"},
        {"XPath 4.1 last", "out", "${r}[last()]/y", "c"},
        {"XPath 4.1 position", "out", "${r}[position() > 1]/y", "b"},
        {"XPath 2.4", "out", "count(${r}[position() > 1])", "2"},
        {"XPath 2.4", "out", "${r}[2]/y", "b"},
        {"XPath 2.4", "out", "${r}[${one} + 1]/y", "b"},
        {"XPath 2.4: the index of the instance around", "r[3]/x", "../../r[position() = position(current()/..) - 1]/y",
         "b"},
        {"ODK indexed-repeat", "out", "indexed-repeat(${y}, ${r}, 3)", "c"},
        {"ODK indexed-repeat: the one before", "r[3]/x", "indexed-repeat(${y}, ${r}, position(..) - 1)", "b"},
        {"ODK indexed-repeat: past the end", "out", "indexed-repeat(${y}, ${r}, 4)", ""},
        {"JavaRosa: an index below one is one", "r[1]/x", "indexed-repeat(${y}, ${r}, position(..) - 1)", "a"},
        {"ODK indexed-repeat", "out", "indexed-repeat(/data/r/y, /data/r, 2)", "b"},
        {"ODK sum", "out", "sum(${x})", "60"},
        {"ODK sum", "out", "sum(${r}[x > 10]/x)", "50"},
        {"ODK min", "out", "min(${x})", "10"},
        {"ODK max", "out", "max(${x})", "30"},
        {"ODK join", "out", "join('-', ${y})", "a-b-c"},
        {"ODK concat", "out", "concat(${y})", "abc"},
        {"ODK count-non-empty", "out", "count-non-empty(${empty})", "0"},
        {"ODK checklist", "out", "checklist(3, 3, ${y})", "true"},
        {"XPath 3.4: some instance", "out", "${y} = 'c'", "true"},
        {"XPath 3.4: some instance", "out", "${y} = 'z'", "false"},
        {"XPath 3.4: some instance", "out", "${x} > 25", "true"},
        {"XPath 3.4: some instance differs", "out", "${y} != 'a'", "true"},
        {"XPath 3.3", "out", "count(${y} | ${x} | ${y})", "6"},
        {"pyxform: a name in a predicate", "out", "count(${r}[${x} > 10])", "2"},
        {"pyxform: a name in a predicate", "out", "${r}[${y} = 'b']/x", "20"},
        {"pyxform: a name in a predicate, inside", "r[3]/x", "count(../../r[x < current()/../x])", "2"},
        {"ODK randomize: seeded", "out", "count(randomize(${r}, 7))", "3"},
        {"XPath 4.1 name", "r[2]/x", "name(..)", "r"},
        {"XPath 4.3", "out", "boolean(${r})", "true"},
        {"ODK once", "r[2]/x", "once(5)", "20"},
    }));
    Sheets sheets;
    sheets.survey(
        "type | name | label | repeat_count\n integer | one | 1 |\n begin repeat | r | R | 3\n integer | x | X |\n"
        "text | y | Y |\n text | empty | E |\n end repeat | | |\n text | out | O |");
    Scenario s(sheets);
    REQUIRE(s.answer("one", "1").empty());
    for (int i = 1; i <= 3; ++i) {
        const std::string at = "r[" + std::to_string(i) + "]/";
        REQUIRE(s.answer(at + "x", std::to_string(10 * i)).empty());
        REQUIRE(s.answer(at + "y", std::string(1, static_cast<char>('a' + i - 1))).empty());
    }
    const auto value = s.interview().evaluate(row.expression, s.node(row.self), s.language());
    INFO(row.source << ": " << row.expression);
    REQUIRE(value.has_value());
    CHECK(std::string(value->text) == row.expected);
}

TEST_CASE("a value that asks itself in the instance before is refused, and the way to write a running total is named") {
    const std::string way =
        GENERATE(as<std::string>(), "indexed-repeat(${so_far}, ${r}, position(..) - 1) + ${x}",
                 "if(position(..) > 1, indexed-repeat(${so_far}, ${r}, position(..) - 1), 0) + ${x}",
                 "../../r[position() = position(current()/..) - 1]/so_far + ${x}");
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation\n begin repeat | r | R |\n integer | x | X |\n calculate | so_far | | " +
        way + "\n end repeat | | |");
    const auto loaded = sheets.load();
    REQUIRE_FALSE(loaded.has_value());
    CHECK_THAT(scenario::all_text(loaded.error()),
               ContainsSubstring("the value depends on itself: so_far → so_far (for a running total write sum("));
}

TEST_CASE("a running total sums the instances up to its own, and follows every change") {
    Sheets sheets;
    sheets.survey(R"(
type         | name   | label | calculation
begin repeat | r      | R     |
integer      | x      | X     |
calculate    | so_far |       | sum(../../r[position() <= position(current()/..)]/x)
end repeat   |        |       |
)");
    Scenario s(sheets);
    REQUIRE(s.add("r").empty());
    REQUIRE(s.add("r").empty());
    for (const auto* const name : {"r[1]/x", "r[2]/x", "r[3]/x"}) REQUIRE(s.answer(name, "10").empty());
    CHECK(s.value("r[1]/so_far") == "10");
    CHECK(s.value("r[2]/so_far") == "20");
    CHECK(s.value("r[3]/so_far") == "30");
    REQUIRE(s.answer("r[1]/x", "5").empty());
    CHECK(s.value("r[3]/so_far") == "25");
    REQUIRE(s.answer("r[2]/x", "").empty());
    CHECK(s.value("r[2]/so_far") == "5");
    REQUIRE(s.remove("r[1]").empty());
    CHECK(s.value("r[1]/so_far") == "0");
    CHECK(s.value("r[2]/so_far") == "10");
}
