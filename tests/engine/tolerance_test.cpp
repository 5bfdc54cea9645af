// Forms as other tools make them: what is not known harms nobody, and a fault is said once.
#include <catch2/catch_all.hpp>

#include "questionnaires/engine/form/table.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

std::string said_of(const engine::Workbook& workbook) {
    const auto form = engine::load(workbook);
    return scenario::all_text(form ? (*form)->warnings() : form.error());
}

std::string said_of(const Sheets& sheets) {
    return said_of(sheets.workbook());
}

std::string said_of(std::string_view survey) {
    Sheets sheets;
    sheets.survey(survey);
    return said_of(sheets);
}

/// A survey with one good question and a column that nobody knows.
Sheets with_notes(std::string_view cell) {
    Sheets sheets;
    sheets.survey("type | name | label | notes\n text | a | A | " + std::string(cell));
    return sheets;
}

const std::string unknown_column = "survey row 1, column notes: warning: this column is not known and is ignored\n";

}  // namespace

TEST_CASE("a column that nobody knows is one warning, whatever it holds") {
    const std::string cell = GENERATE(as<std::string>(), "#N/A", "#REF!", "\u202Eevil", "a\xFF", "a\x01", "${nobody",
                                      std::string(100'000, 'x'), "x\r");
    CHECK(said_of(with_notes(cell)) == unknown_column);
}

TEST_CASE("a sheet that nobody knows is one warning, whatever it holds and however it is called") {
    const std::string cell = GENERATE(as<std::string>(), "#N/A", "\u202Eevil", "a\xFF", std::string(100'000, 'x'));
    engine::Workbook book = Sheets().survey("type | name | label\n text | a | A").workbook();
    engine::Sheet other(GENERATE(as<std::string>(), "data", "Plan 2024 ", ".x", "a/b", "con:"));
    const std::string name(other.name());
    for (int row = 0; row < 10'500; ++row) {
        for (int column = 0; column < (row == 1 ? 300 : 2); ++column) other.add_cell(row == 3 ? cell : "x");
        other.end_row();
    }
    book.sheets.push_back(std::move(other));
    CHECK(said_of(book) == name + ": warning: this sheet is not known and is ignored\n");
}

TEST_CASE("a column whose name holds an invisible character is ignored and not quoted") {
    Sheets sheets;
    sheets.survey("type | name | label | no\u202Etes\n text | a | A | x");
    CHECK(said_of(sheets) ==
          "survey row 1: warning: the name of a column holds an invisible character; the column is ignored\n");
}

TEST_CASE("an error of the spreadsheet in a column that is read is one fault of that cell") {
    CHECK(said_of("type | name | label | relevant\n text | a | A | #REF!") ==
          "survey row 2, column relevant: the spreadsheet shows an error here: '#REF!' (correct the formula)\n");
    CHECK(said_of("type | name | label\n text | #N/A | A") ==
          "survey row 2, column name: the spreadsheet shows an error here: '#N/A' (correct the formula)\n");
    CHECK(said_of("type | name | label\n #NAME? | a | A\n text | b | #DIV/0!") ==
          "survey row 2, column type: the spreadsheet shows an error here: '#NAME?' (correct the formula)\n"
          "survey row 3, column label: the spreadsheet shows an error here: '#DIV/0!' (correct the formula)\n");
    CHECK_THAT(said_of("type | name | label\n text | a | " + std::string(engine::no_value)),
               ContainsSubstring("the formula was saved without its value"));
    CHECK(said_of("type | name | label\n text | a | #1 of all").empty());
}

TEST_CASE("rows of choices that are notes are passed over in one word") {
    Sheets sheets;
    sheets.survey("type | name | label\n select_one c | a | A");
    sheets.choices("list_name | name | label | lookup\n c | x | X | \n | | a heading |\n | | | 7\n | | | #N/A");
    CHECK(said_of(sheets) ==
          "choices row 3, column list_name: warning: 3 rows have neither list_name nor name: no choice\n");
    Sheets half;
    half.survey("type | name | label\n select_one c | a | A").choices("list_name | name | label\n c | x | X\n | y | Y");
    CHECK(said_of(half) == "choices row 3, column list_name: list_name is missing\n");
}

TEST_CASE("rows of the survey that are remarks are passed over in one word") {
    CHECK(said_of("type | name | label | relevant | who\n text | a | A | | \n | | | see below | \n | | | | Ana") ==
          "survey row 1, column who: warning: this column is not known and is ignored\n"
          "survey row 3, column type: warning: 2 rows have neither type, name nor label: no question\n");
    CHECK(said_of("type | name | label\n text | a | A\n | | B") == "survey row 3, column type: the type is missing\n");
}

TEST_CASE("id_string is the older name of form_id, which goes before it") {
    Sheets both;
    both.survey("type | name | label\n text | a | A").settings("id_string | form_id\n old | new");
    CHECK((*both.load())->id() == "new");
    CHECK(said_of(both).empty());
    Sheets old;
    old.survey("type | name | label\n text | a | A").settings("id_string\n old");
    CHECK((*old.load())->id() == "old");
}

TEST_CASE("a choice with a picture needs no words") {
    Sheets sheets;
    sheets.survey("type | name | label\n select_one l | a | A");
    sheets.choices("list_name | name | label | media::image\n l | x | | x.png\n l | y | |");
    CHECK(said_of(sheets) == "choices row 3, column label: the choice 'y' has no label\n");
}

TEST_CASE("a note may show what it calculates, and a trigger without a calculation takes the answer away") {
    Scenario s(Sheets().survey(R"(
type    | name | label    | calculation | trigger
integer | a    | A        |             |
note    | n    | N        | ${a} + 1    |
text    | b    | B        |             | ${a}
text    | t    | T ${n}   |             |
)"));
    REQUIRE(s.answer("b", "x").empty());
    REQUIRE(s.answer("a", "2").empty());
    CHECK(s.value("b").empty());
    CHECK(s.value("n") == "3");
    CHECK(s.interview().read_only(s.node("n")));
    CHECK(s.label("t") == "T 3");
}

TEST_CASE("what a row has no use for is a warning") {
    CHECK(said_of("type | name | label | repeat_count\n integer | n | N |\n begin group | g | G | ${n}\n"
                  "text | t | T |\n end group | | |") ==
          "survey row 3, column repeat_count: warning: repeat_count is for begin repeat; it is ignored\n");
    CHECK_THAT(said_of("type | name | label | choice_filter\n text | a | A | x = 1"),
               ContainsSubstring("warning: choice_filter is for select questions; it is ignored"));
    CHECK_THAT(said_of("type | name | label | default | calculation\n calculate | a | | 5 | 1 + 1"),
               ContainsSubstring("warning: the calculation stands; the default is ignored"));
    CHECK_THAT(said_of("type | name | label | calculation | trigger\n calculate | c | | 2 |\n text | b | B | 1 | ${c}"),
               ContainsSubstring("warning: nobody answers 'c'"));
}

TEST_CASE("a fault is said once: nothing follows from it") {
    CHECK(said_of("type | name | label | choice_filter\n select_one_from_file t.csv | a | A | k = 'x'") ==
          "survey row 2, column type: there is no file 't.csv' (put it beside the sheets)\n");
    CHECK_THAT(said_of("type | name | label | choice_filter | default\n select_one zz | a | A | k = 'x' | y"),
               ContainsSubstring("no list named 'zz'") && !ContainsSubstring("column choice_filter"));
    CHECK(said_of("type | name | label | relevant\n tezt | a | A | \n text | b | ${a} | ${a} = 'x'") ==
          "survey row 2, column type: there is no type 'tezt' (did you mean text?)\n");
    CHECK(said_of("type | name | label | relevant\n geopoint | a | A | \n text | b | ${a} | ${a} = 'x'") ==
          "survey row 2, column type: the type 'geopoint' is refused on purpose: it records where a person is or was "
          "(remove the row)\n");
    CHECK(
        said_of("type | name | label\n begin loop over yn | l | L\n text | b | B\n end loop | |\n text | c | C") ==
        "survey row 2, column type: 'begin loop over yn' is written out by form import when the choices sheet has its "
        "list\n");
    CHECK(said_of("type | name | label\n text | a | " + std::string(5'000, 'x')) ==
          "survey row 2, column label: longer than 4096 bytes\n");
}

TEST_CASE("a fault of a text names its column") {
    CHECK(said_of("type | name | label | hint\n text | a | A | see ${nobody}") ==
          "survey row 2, column hint: a text speaks of ${nobody}, which is no question\n");
    CHECK(said_of("type | name | label\n text | a |") == "survey row 2, column label: the question 'a' has no label\n");
    Sheets sheets;
    sheets.survey("type | name | label::Español (es)\n select_one l | a | A");
    sheets.choices("list_name | name | label::Español (es)\n l | x | X\n l | y | ${nobody}");
    CHECK_THAT(said_of(sheets), ContainsSubstring("choices row 3, column label::Español (es): a text speaks of"));
}

TEST_CASE("each missing text is named once, by its kind and language") {
    Sheets sheets;
    sheets.survey(
        "type | name | label::English (en) | label::Español (es) | hint::English (en) | constraint_message::English "
        "(en)"
        "\n integer | a | One | Uno | help | wrong");
    CHECK(said_of(sheets) ==
          "survey row 2, column hint::Español (es): the hint is missing in Español\n"
          "survey row 2, column constraint_message::Español (es): the constraint_message is missing in Español\n");
}

TEST_CASE("what pyxform shows nobody needs no words") {
    Scenario s(Sheets().survey(R"(
type      | name | label    | calculation | default  | hint
calculate | rnd  |          |             | random() |
integer   | sum  |          | 1 + 1       |          |
text      | t    | T ${sum} |             |          |
text      | h    |          |             |          | Only a hint
)"));
    CHECK(s.value("sum") == "2");
    CHECK(s.interview().kind(s.node("sum")) == engine::Kind::Calculate);
    CHECK(s.interview().kind(s.node("rnd")) == engine::Kind::Hidden);
    CHECK(s.label("t") == "T 2");
    CHECK_FALSE(s.value("rnd").empty());
}

TEST_CASE("ends that changed places are one fault") {
    const std::string begin = "type | name | label\n begin group | g | G\n begin repeat | r | R\n text | a | A\n";
    const std::string first =
        "survey row 5, column type: this ends a group, but the repeat 'r' is open (write end repeat)\n";
    CHECK(said_of(begin + "end group | |\n end repeat | |") == first);
    CHECK(said_of(begin + "end group | |\n end repeat | |\n text | b | B") == first);
    CHECK(said_of(begin + "end group | |\n end group | |") == first);
    CHECK(said_of(begin + "end group | |\n end group | |\n end repeat | |") == first);
    CHECK(said_of(begin + "end repeat | |\n end group | |\n end group | |") ==
          "survey row 7, column type: no group is open here (remove the row)\n");
    CHECK(said_of(begin + "end repeat | |\n end repeat | |") ==
          "survey row 6, column type: this ends a repeat, but the group 'g' is open (write end group)\n");
}

TEST_CASE("a table is known by its whole name, whatever the words around it hold") {
    for (const std::string name : {"t", "one", "select", "file", "csv", "from", "o"}) {
        INFO(name);
        Sheets sheets;
        sheets.survey("type | name | label | calculation\n select_one_from_file " + name +
                      ".csv | a | A |\n calculate | c | | pulldata('" + name + "', 'label', 'name', 'x')");
        sheets.add(name, "name | label\n x | X");
        CHECK(said_of(sheets).empty());
    }
    for (const std::string label : {"tests of others", "don't know", "'t", "t and \"t\""}) {
        INFO(label);
        Sheets other;
        other.survey("type | name | label\n text | a | " + label).add("t", "name | label\n x | X");
        CHECK(said_of(other) == "t: warning: this sheet is not known and is ignored\n");
    }
    for (const std::string call : {"pulldata(‘t’, 'label', 'name', 'x')", "count(instance( \" t \" )/root/item)"}) {
        INFO(call);
        Sheets called;
        called.survey("type | name | label | calculation\n calculate | a | | " + call);
        called.add("t", "name | label\n x | X");
        const auto said = said_of(called);
        CHECK(said.find("is not known") == std::string::npos);
        CHECK(said.find("no list or file") == std::string::npos);
    }
}

TEST_CASE("a table with semicolons between its columns is named as such wherever it is asked") {
    Sheets sheets;
    sheets.survey("type | name | label | calculation\n calculate | c | | pulldata('people', 'age', 'id', 'x')");
    sheets.add("people", "id;age\n x;5");
    CHECK(said_of(sheets) ==
          "survey row 2, column calculation: at character 20: the list has no column 'age' (put commas between the "
          "columns, not semicolons)\n");
}
