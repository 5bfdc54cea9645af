// '.' and the names of choices where there is no answer, or no choice, to speak of.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

std::string said_of(const Sheets& sheets) {
    const auto form = sheets.load();
    return scenario::all_text(form ? (*form)->warnings() : form.error());
}

const std::string own = "'.' is the answer of this row, which only its constraint may ask for (write ${name})\n";
const std::string own_value =
    "'.' is the answer of this row, which only its constraint may ask for (write ${name}, or once(…) to keep what is "
    "there)\n";

std::string without(std::string_view what) {
    return "'.' is the answer of a question, and " + std::string(what) + " has none (write ${name})\n";
}

}  // namespace

TEST_CASE("a dot outside a constraint is named as what it is, in every column of a question") {
    const auto [column, said] = GENERATE(table<std::string, std::string>({{"relevant", own},
                                                                          {"required", own},
                                                                          {"read_only", own},
                                                                          {"calculation", own_value},
                                                                          {"default", own_value}}));
    const std::string cell = GENERATE("if(. = '', 1, 2)", "concat(., 1)", "string-length(.) > 1", "not(.)");
    INFO(column << ": " << cell);
    Sheets sheets;
    sheets.survey("type | name | label | " + column + "\n text | a | A | " + cell);
    const auto at = std::to_string(cell.find('.') + 1);
    CHECK(said_of(sheets) == "survey row 2, column " + column + ": at character " + at + ": " + said);
}

TEST_CASE("a dot in a row without an answer is named as what it is") {
    const auto in = [](std::string_view rows) {
        Sheets sheets;
        sheets.survey("type | name | label | relevant | repeat_count\n" + std::string(rows));
        return said_of(sheets);
    };
    const std::string at = "survey row 2, column relevant: at character 1: ";
    CHECK(in("begin group | g | G | . = 1 |\n text | a | A | |\n end group | | | |") == at + without("a group"));
    CHECK(in("begin repeat | g | G | . = 1 |\n text | a | A | |\n end repeat | | | |") == at + without("a repeat"));
    CHECK(in("note | n | N | . = 1 |") == at + without("a note"));
    CHECK(in("begin repeat | g | G | | .\n text | a | A | |\n end repeat | | | |") ==
          "survey row 2, column repeat_count: at character 1: " + without("a repeat"));
    CHECK(in("calculate | c | | . = 1 |") == at + own + "survey row 2: a calculate row needs a calculation\n");
    CHECK(in("text | a | A | position(.) = 1 |") == "survey row 2, column relevant: at character 10: " + own);
}

TEST_CASE("a dot in a sheet of the outcome is named as what it is") {
    Sheets sheets;
    sheets.survey("type | name | label\n text | a | A");
    sheets.indicators("indicator | dimension | strength | when | label | basis\n i | d | weak | . = 1 | I | design");
    sheets.levels("reading | level | when | label\n harm | some | . = 1 | L");
    sheets.actions("action | when | role | label\n t | . = 1 | both | T");
    CHECK(said_of(sheets) == "indicators row 2, column when: at character 1: " + without("an indicator") +
                                 "levels row 2, column when: at character 1: " + without("a level") +
                                 "actions row 2, column when: at character 1: " + without("an action"));
}

TEST_CASE("a dot means what is looked at where something is") {
    Sheets sheets;
    sheets.survey(R"(
type         | name | label | constraint | calculation            | choice_filter
integer      | a    | A     | . < 10     |                        |
calculate    | few  |       |            | count(../a[. < 5])     |
select_one l | s    | S     |            |                        | ./name != 'y'
)");
    sheets.choices("list_name | name | label\n l | x | X\n l | y | Y");
    CHECK(said_of(sheets).empty());
    Scenario s(sheets);
    CHECK(s.answer("a", "3").empty());
    CHECK(s.value("few") == "1");
}

TEST_CASE("the name of a choice of a question without choices is empty, with a note (JavaRosa, jr:choice-name)") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | calculation
text      | t    | T     |
integer   | n    | N     |
calculate | c    |       | concat('<', jr:choice-name(${t}, '${t}'), '>')
calculate | d    |       | jr:choice-name(${n}, ' ${ n } ')
)");
    CHECK(said_of(sheets) ==
          "survey row 4, column calculation: warning: 't' has no choices, so that jr:choice-name() is empty\n"
          "survey row 5, column calculation: warning: 'n' has no choices, so that jr:choice-name() is empty\n");
    Scenario s(sheets);
    CHECK(s.answer("t", "x").empty());
    CHECK(s.value("c") == "<>");
    CHECK(s.value("d").empty());
}
