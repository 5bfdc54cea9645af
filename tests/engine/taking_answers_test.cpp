// What each type of question takes as an answer, and the ways not to give one.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using questionnaires::engine::AnswerState;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets one_of_each() {
    Sheets sheets;
    sheets.survey(R"(
type              | name | label | required | required_message   | read_only | default
text              | t    | t     | yes      | Please say or skip |           |
integer           | i    | i     |          |                    |           |
decimal           | dec  | dec   |          |                    |           |
date              | d    | d     |          |                    |           |
select_one l      | o    | o     |          |                    |           |
select_multiple l | m    | m     |          |                    |           |
acknowledge       | k    | k     |          |                    |           |
note              | n    | n     |          |                    |           |
text              | r    | r     |          |                    | true()    | fixed
hidden            | h    |       |          |                    |           | secret
)");
    sheets.choices("list_name | name | label\n l | a | A\n l | b | B\n l | c | C");
    return sheets;
}

}  // namespace

TEST_CASE("a required question asks for an answer or for one of the three ways not to answer") {
    Scenario s(one_of_each());
    CHECK(s.next() == "required: Please say or skip");
    const auto state = GENERATE(AnswerState::Skipped, AnswerState::Refused, AnswerState::Unknown);
    CHECK(s.set("t", state).empty());
    CHECK(s.next() == "i");
}

TEST_CASE("a question that is left open becomes skipped, in the language spoken then") {
    Scenario s(one_of_each());
    REQUIRE(s.answer("t", "x").empty());
    REQUIRE(s.next() == "i");
    CHECK(s.state("i") == "not_asked");
    REQUIRE(s.next() == "dec");
    CHECK(s.state("i") == "skipped");
}

TEST_CASE("each type takes its own values and refuses others") {
    Scenario s(one_of_each());
    CHECK(s.answer("i", "-12").empty());
    CHECK(s.answer("i", "1.5") == "not a number");
    CHECK(s.answer("i", "+1") == "not a number");
    CHECK(s.answer("i", "1234567890123456789") == "not a number");
    CHECK(s.answer("dec", "1.5").empty());
    CHECK(s.answer("dec", "1,5") == "not a number");
    CHECK(s.answer("d", "2024-02-29").empty());
    CHECK(s.answer("d", "2025-02-29") == "not a date");
    CHECK(s.answer("d", "1/2/2025") == "not a date");
    CHECK(s.answer("o", "a").empty());
    CHECK(s.answer("o", "z") == "not a choice");
    CHECK(s.answer("o", "a b") == "not a choice");
    CHECK(s.answer("m", "c a").empty());
    CHECK(s.value("m") == "a c");
    CHECK(s.answer("m", "a a") == "not a choice");
    CHECK(s.answer("k", "OK").empty());
    CHECK(s.answer("k", "yes") == "not a choice");
    CHECK(s.answer("n", "x") == "no value");
    CHECK(s.answer("r", "x") == "read only");
    CHECK(s.answer("h", "x") == "read only");
    CHECK(s.answer("t", std::string(5000, 'x')) == "too long");
    CHECK(s.answer("t", "a\xFF") == "unsafe text");
    CHECK(s.answer("t", "a\u202E") == "unsafe text");
    CHECK(s.answer("t", "50 % ## {}").empty());
    CHECK(s.value("t") == "50 % ## {}");
}

TEST_CASE("skipping takes the value away, and answering takes the state away") {
    Scenario s(one_of_each());
    REQUIRE(s.answer("o", "a").empty());
    REQUIRE(s.refuse("o").empty());
    CHECK(s.value("o").empty());
    CHECK(s.state("o") == "refused");
    REQUIRE(s.answer("o", "b").empty());
    CHECK(s.state("o") == "answered");
    REQUIRE(s.answer("o", "").empty());
    CHECK(s.state("o") == "not_asked");
    CHECK(s.set("o", AnswerState::Answered) == "no value");
}

TEST_CASE("tapping choices selects one, or turns each of several over") {
    Scenario s(one_of_each());
    auto& interview = s.interview();
    const auto o = s.node("o");
    const auto m = s.node("m");
    REQUIRE(interview.toggle(o, questionnaires::engine::ChoiceId{1U}, s.language()));
    REQUIRE(interview.toggle(o, questionnaires::engine::ChoiceId{2U}, s.language()));
    CHECK(s.value("o") == "c");
    REQUIRE(interview.toggle(m, questionnaires::engine::ChoiceId{2U}, s.language()));
    REQUIRE(interview.toggle(m, questionnaires::engine::ChoiceId{0U}, s.language()));
    CHECK(s.value("m") == "a c");
    CHECK(interview.selected(m, questionnaires::engine::ChoiceId{0U}));
    CHECK_FALSE(interview.selected(m, questionnaires::engine::ChoiceId{1U}));
    REQUIRE(interview.toggle(m, questionnaires::engine::ChoiceId{2U}, s.language()));
    REQUIRE(interview.toggle(m, questionnaires::engine::ChoiceId{0U}, s.language()));
    CHECK(s.state("m") == "not_asked");
    CHECK_FALSE(interview.toggle(m, questionnaires::engine::ChoiceId{9U}, s.language()));
    CHECK_FALSE(interview.toggle(s.node("t"), questionnaires::engine::ChoiceId{0U}, s.language()));
}

TEST_CASE("empty text takes the answer back, whatever the type") {
    Sheets sheets;
    sheets.survey(R"(
type              | name | label | parameters | constraint | calculation
text              | t    | t     |            | . != ''    |
integer           | i    | i     |            | . > 0      |
decimal           | dec  | dec   |            | . > 0      |
range             | g    | g     | start=1 end=5 step=1 |  |
date              | d    | d     |            | . > '2000-01-01' |
time              | h    | h     |            |            |
dateTime          | dh   | dh    |            |            |
select_one l      | o    | o     |            |            |
select_multiple l | m    | m     |            |            |
rank l            | k    | k     |            |            |
acknowledge       | a    | a     |            |            |
calculate         | sum  |       |            |            | count-non-empty(${t}, ${i}, ${dec}, ${g}, ${d}, ${h}, ${dh}, ${o}, ${m}, ${k}, ${a})
)");
    sheets.choices("list_name | name | label\n l | a | A\n l | b | B");
    const auto [name, value] = GENERATE(table<std::string, std::string>({
        {"t", "x"},
        {"i", "4"},
        {"dec", "4.5"},
        {"g", "3"},
        {"d", "2026-01-31"},
        {"h", "10:00"},
        {"dh", "2026-01-31T10:00:00"},
        {"o", "a"},
        {"m", "a b"},
        {"k", "b a"},
        {"a", "OK"},
    }));
    INFO(name);
    Scenario s(sheets);
    const std::string before = s.value("sum");
    REQUIRE(s.answer(name, value).empty());
    REQUIRE(s.value("sum") != before);
    CHECK(s.answer(name, "").empty());
    CHECK(s.value(name).empty());
    CHECK(s.state(name) == "not_asked");
    CHECK(s.value("sum") == before);
    // Also after a state, and where nothing was said.
    REQUIRE(s.refuse(name).empty());
    CHECK(s.answer(name, "").empty());
    CHECK(s.state(name) == "not_asked");
    CHECK(s.answer(name, "").empty());
}

TEST_CASE("empty text does not take back what may not be answered") {
    Scenario s(one_of_each());
    CHECK(s.answer("r", "") == "read only");
    CHECK(s.value("r") == "fixed");
    CHECK(s.answer("n", "") == "no value");
    CHECK(s.answer("h", "") == "read only");
}
