// Labels that expressions quote: they are in the language on the screen, with what they quote themselves filled in.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets in_two(std::string_view first, std::string_view second, std::string_view default_language) {
    const std::string one(first);
    const std::string other(second);
    Sheets sheets;
    sheets.survey("type | name | label::" + one + " | label::" + other + R"( | calculation | choice_filter | relevant
select_one l | q     | Q | Q | | |
calculate    | c     |   |   | jr:choice-name(${q}, '${q}') | |
calculate    | after |   |   | concat('<', ${c}, '>') | |
note         | n     | Dijo ${c} | Said ${c} | | |
calculate    | cell  |   |   | instance('l')/root/item[name = ${q}]/label | |
calculate    | text  |   |   | jr:itext('l-1') | |
select_one l | f     | F | F | | label = 'Two' or label = 'Dos' or ${c} = 'One' |
text         | t     | T | T | | | ${c} = 'Two'
begin repeat | r     | R | R | | |
select_one l | in    | I | I | | |
calculate    | what  |   |   | jr:choice-name(${in}, '${in}') | |
end repeat   |       |   |   | | |
)");
    sheets.choices("list_name | name | label::" + one + " | label::" + other +
                   "\n l | a | Uno | One\n l | b | Dos | Two");
    sheets.settings("form_id | version | default_language\n test | 1 | " + std::string(default_language));
    return sheets;
}

}  // namespace

TEST_CASE("the label of a choice is quoted in the language of whoever answers") {
    Scenario s(in_two("Español (es)", "English (en)", "es"));
    s.speak("en");
    REQUIRE(s.answer("q", "b").empty());
    REQUIRE(s.answer("r[1]/in", "a").empty());
    CHECK(s.value("c") == "Two");
    CHECK(s.value("after") == "<Two>");
    CHECK(s.label("n") == "Said Two");
    CHECK(s.value("cell") == "Two");
    CHECK(s.value("text") == "Two");
    CHECK(s.value("r[1]/what") == "One");
    CHECK(s.relevant("t"));
}

TEST_CASE("what quotes labels follows when the language on the screen changes") {
    const auto names = GENERATE(std::pair("Español (es)", "English (en)"), std::pair("Spanish", "English"));
    Scenario s(in_two(names.first, names.second, names.first));
    const std::string first(s.form().languages()[0].code);
    const std::string second(s.form().languages()[1].code);
    REQUIRE(s.answer("q", "b").empty());
    REQUIRE(s.add("r").empty());
    REQUIRE(s.answer("r[2]/in", "b").empty());
    CHECK(s.value("c") == "Dos");
    s.speak(second);
    CHECK(s.value("c") == "Two");
    CHECK(s.value("after") == "<Two>");
    CHECK(s.label("n") == "Said Two");
    CHECK(s.value("r[2]/what") == "Two");
    CHECK(s.relevant("t"));
    s.reopen();
    CHECK(s.value("c") == "Two");
    CHECK(s.value("cell") == "Two");
    s.speak(first);
    CHECK(s.value("c") == "Dos");
    CHECK(s.value("text") == "Dos");
    CHECK_FALSE(s.relevant("t"));
    // Only the answer says the language.
    const auto english = *s.form().language(second);
    REQUIRE(s.interview().set_state(s.node("f"), scenario::engine::AnswerState::Skipped, english).has_value());
    CHECK(s.value("c") == "Two");
    REQUIRE(s.interview().clear(s.node("f")).has_value());
    CHECK(s.value("c") == "Two");
}

TEST_CASE("what the label of a choice quotes is filled in, and follows") {
    Sheets sheets;
    sheets.survey(R"(
type         | name  | label | calculation                  | relevant
text         | q     | q     |                              |
select_one h | s     | s     |                              |
calculate    | c     |       | jr:choice-name(${s}, '${s}') |
begin repeat | r     | r     |                              |
text         | who   | w     |                              | ${q} != 'none'
select_one w | p     | p     |                              |
calculate    | d     |       | jr:choice-name(${p}, '${p}') |
end repeat   |       |       |                              |
calculate    | third |       | jr:itext('h-0')              |
)");
    sheets.choices("list_name | name | label\n h | a | Casa de ${q} a\n h | b | Lot ${c}\n w | x | De ${who} y ${q}");
    Scenario s(sheets);
    REQUIRE(s.answer("q", "Ana").empty());
    REQUIRE(s.answer("s", "a").empty());
    CHECK(s.value("c") == "Casa de Ana a");
    REQUIRE(s.answer("q", "Luz").empty());
    CHECK(s.value("c") == "Casa de Luz a");
    REQUIRE(s.add("r").empty());
    REQUIRE(s.answer("r[2]/p", "x").empty());
    REQUIRE(s.answer("r[2]/who", "Eva").empty());
    CHECK(s.value("r[2]/d") == "De Eva y Luz");
    CHECK(s.value("r[1]/d").empty());
    s.reopen();
    REQUIRE(s.answer("q", "none").empty());
    CHECK(s.value("r[2]/d") == "De  y none");
    CHECK(s.value("third") == "Casa de none a");
    REQUIRE(s.answer("s", "b").empty());  // a label that quotes itself is no cycle
    CHECK(s.value("c").substr(0, 3) == "Lot");
}

TEST_CASE("a path to the second row of the form quotes no label: what chance gave stays in another language") {
    Sheets sheets;
    sheets.survey(R"(type | name | label::Español (es) | label::English (en) | calculation
begin group | g | G | G |
text        | x | X | X |
calculate   | c |   |   | random() + 0 * count(../x[. != 'none'])
end group   |   |   |   |
)");
    sheets.settings("form_id | version | default_language\n test | 1 | es");
    Scenario s(sheets);
    const std::string drawn(s.value("c"));
    s.speak("en");
    CHECK(s.value("c") == drawn);
}
