// Expressions and cells as people type them: curly quotes, special spaces, dashes, operators in capitals.
#include <catch2/catch_all.hpp>

#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/typing.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

/// A text question `a`, a number `n`, and a calculation.
Sheets form_of(const std::string& calculation) {
    Sheets sheets;
    sheets.survey("type | name | label | calculation\n text | a | A |\n integer | n | N |\n calculate | c | | " +
                  calculation);
    return sheets;
}

std::string fault_of(const std::string& calculation) {
    const auto loaded = form_of(calculation).load();
    return loaded ? "accepted" : scenario::all_text(loaded.error());
}

std::string value_of(const std::string& calculation, const std::string& a = "yes", const std::string& n = "6") {
    Scenario s(form_of(calculation));
    REQUIRE(s.answer("a", a).empty());
    REQUIRE(s.answer("n", n).empty());
    return s.value("c");
}

std::string notes_of(const std::string& calculation) {
    const auto loaded = form_of(calculation).load();
    REQUIRE(loaded.has_value());
    return scenario::all_text((*loaded)->warnings());
}

}  // namespace

TEST_CASE("quotes of any form enclose text, and a note says so") {
    for (const std::string expression : {"${a} = “yes”",
                                         "${a} = ‘yes’",
                                         "${a} = ’yes’",
                                         "${a} = ”yes”",
                                         "${a} = „yes“",
                                         "${a} = «yes»",
                                         "${a} = »yes«",
                                         "${a} = ‚yes‘",
                                         "${a} = ‹yes›",
                                         "${a} = “yes\"",
                                         "${a} = \"yes”",
                                         "${a} = 'yes’",
                                         "${a} = ‘yes'",
                                         "${a} = ´yes´",
                                         "${a} = `yes`",
                                         "${a} = `yes´",
                                         "${a} = ′yes′",
                                         "${a} = ″yes″",
                                         "${a} = 'yes’ or ${a} = 'no'",
                                         "${a} = “yes\" or ${a} = “no\"",
                                         "selected(${a}, “yes”)"}) {
        INFO(expression);
        CHECK(value_of(expression) == "true");
        CHECK(value_of(expression, "other") == "false");
        CHECK_THAT(notes_of(expression), ContainsSubstring("survey row 4, column calculation: warning: these quotes "
                                                           "are read as straight ones"));
    }
}

TEST_CASE("what stands inside quotes stays as it was typed") {
    CHECK(value_of("'it’s “so”'") == "it’s “so”");
    CHECK(notes_of("'it’s “so”'").empty());
    CHECK(value_of("“don’t”") == "don’t");
    CHECK(value_of("‘say \"x\"’") == "say \"x\"");
    CHECK(value_of("“it's”") == "it's");
    CHECK(value_of("‘it's’") == "it's");
    CHECK(value_of("'3 – 2 ≥ 1'") == "3 – 2 ≥ 1");
    CHECK(value_of("string-length('’')") == "1");
}

TEST_CASE("quotes that do not pair are a fault that says so") {
    CHECK_THAT(fault_of("‘don’t know’"), ContainsSubstring("write straight quotes"));
    CHECK_THAT(fault_of("${a} = “yes"), ContainsSubstring("the quotes around text do not pair"));
    CHECK_THAT(fault_of("${a} = yes”"), ContainsSubstring("character"));
    CHECK_THAT(fault_of("“a' or \"b’"), ContainsSubstring("write straight quotes"));
    CHECK_THAT(fault_of("“${a}”"), ContainsSubstring("inside quotes is plain text"));
}

TEST_CASE("spaces of every kind separate, and what takes no room is not there") {
    for (const std::string space :
         {"\u00A0", "\u2009", "\u202F", "\u3000", "\u2003", "\u205F", "\u1680", "\u00A0 \u2009", "\t"}) {
        INFO(space.size());
        CHECK(value_of("${a}" + space + "=" + space + "'yes'" + space + "and" + space + "true()") == "true");
        CHECK(value_of("count-selected(" + space + "${" + space + "a" + space + "}" + space + ")") == "1");
    }
    for (const std::string nothing : {"\u200B", "\u2060", "\u00AD", "\u200D", "\uFEFF", "\u2063"}) {
        const std::string expression =
            nothing + "1" + nothing + " +" + nothing + "count" + nothing + "(2" + nothing + ")";
        const auto tokens = engine::tokenize(expression);
        REQUIRE(tokens.has_value());
        CHECK(tokens->all.size() == 7);
    }
}

TEST_CASE("special spaces of a column are noted once") {
    Sheets sheets;
    sheets.survey(
        "type\u00A0 | name | label | relevant\n text\u00A0| a\u00A0| A\u00A0B |\n"
        "select_one\u00A0yn | b\u200B | B | ${a}\u00A0= 'x\u00A0y'\n text | c | C | ${a}\u2009!= ''");
    sheets.choices("list_name | name | label\n yn\u00A0 | yes\u00A0 | Yes\u00A0sir\n yn | no | No");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "x y").empty());
    CHECK(s.relevant("b"));
    CHECK(s.relevant("c"));
    CHECK(s.label("a") == "A\u00A0B");
    CHECK(s.choices("b") == "yes no");
    CHECK(std::string(s.interview().choice_label(s.node("b"), questionnaires::engine::ChoiceId{0U}, s.language())) ==
          "Yes\u00A0sir");
    const std::string notes = scenario::all_text(s.form().warnings());
    CHECK_THAT(notes, ContainsSubstring("survey row 3, column relevant: warning: no-break and other special spaces"));
    CHECK(s.form().warnings().size() == 5);
}

TEST_CASE("a placeholder with a special space in it finds its question") {
    Sheets sheets;
    sheets.survey("type | name | label\n text | a | A\n note | b | Hello ${a\u00A0}");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "Ana").empty());
    CHECK(s.label("b") == "Hello Ana");
}

TEST_CASE("operators in capitals, and without a space before a number, are operators") {
    CHECK(value_of("1 = 1 AND 2 = 2 Or false()") == "true");
    CHECK(value_of("${n} DIV 2") == "3");
    CHECK(value_of("7 Mod 4") == "3");
    CHECK(value_of("1div2") == "0.5");
    CHECK(value_of("1div 2") == "0.5");
    CHECK(value_of("${n}div2") == "3");
    CHECK(value_of("(${n})mod4") == "2");
    CHECK(value_of("6 div.5") == "12");
    CHECK(value_of("6 div-2") == "-3");
    CHECK_THAT(notes_of("1 AND 1"), ContainsSubstring("'AND' is read as the operator 'and'"));
    CHECK_THAT(notes_of("1div2"), ContainsSubstring("'div' is read as an operator, though no space is around it"));
    CHECK(notes_of("1 div 2").empty());
    CHECK(notes_of("1div 2").empty());
    CHECK_THAT(fault_of("1 divx"), ContainsSubstring("an operator is missing before 'divx'"));
    CHECK_THAT(fault_of("1order"), ContainsSubstring("'order'"));
}

TEST_CASE("a dash is a minus sign, and a note says so") {
    CHECK(value_of("7 – 4") == "3");
    CHECK(value_of("${n} − 1") == "5");
    CHECK(value_of("—2") == "-2");
    CHECK(value_of("(7)‑4") == "3");
    CHECK_THAT(notes_of("7 – 4"), ContainsSubstring("this dash is read as a minus sign"));
}

TEST_CASE("an operator as it is printed is refused with the one to write") {
    for (const auto& [written, meant] :
         std::initializer_list<std::pair<const char*, const char*>>{{"${n} ≥ 2", "write >="},
                                                                    {"${n} ≤ 2", "write <="},
                                                                    {"${n} ≠ 2", "write !="},
                                                                    {"2 × 3", "write *"},
                                                                    {"4 ÷ 2", "write div"},
                                                                    {"1 ＝ 1", "write ="},
                                                                    {"1 == 1", "write ="},
                                                                    {"1 => 1", "write >="},
                                                                    {"1 =< 1", "write <="},
                                                                    {"1 <> 1", "write !="},
                                                                    {"true() && true()", "write and"}}) {
        INFO(written);
        CHECK_THAT(fault_of(written), ContainsSubstring(meant));
    }
    CHECK_THAT(engine::tokenize("1 || 2").error().suggestion.text(), ContainsSubstring("write or"));
}

TEST_CASE("line ends and tabs inside an expression are spaces") {
    Scenario s(form_of("1"));
    const auto value = s.interview().evaluate("1\n+\n\t2\n", std::nullopt, s.language());
    REQUIRE(value.has_value());
    CHECK(std::string(value->text) == "3");
}

TEST_CASE("the plain form of an expression is what every XPath reader takes") {
    CHECK(engine::plain_expression("${a} = “yes”") == "${a} = \"yes\"");
    CHECK(engine::plain_expression("‘it's’ = 'it’s'") == "\"it's\" = 'it’s'");
    CHECK(engine::plain_expression("1div2 AND 3 – 2") == "1div 2 and 3 - 2");
    CHECK(engine::plain_expression("${a}\u00A0=\u20091") == "${a} = 1");
    CHECK(engine::plain_expression("'yes’ or 'no'") == "'yes' or 'no'");
    CHECK(engine::plain_expression("broken ' ”") == "broken ' ”");
}
