// Answers that are hidden for a while: what nobody sees is not given up.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets with_filter(std::string_view survey) {
    Sheets sheets;
    sheets.survey(survey);
    sheets.choices(R"(
list_name | name   | label  | who
age       | adult  | adult  |
age       | child  | child  |
l         | a      | a      | adult
l         | b      | b      | adult
l         | x      | x      | all
)");
    return sheets;
}

constexpr std::string_view several = R"(
type              | name | label | relevant         | choice_filter
select_one age    | age  | age   |                  |
select_multiple l | what | what  | ${age} = 'adult' | who = 'all' or ${age} = 'adult'
)";

}  // namespace

TEST_CASE("choices that the filter drops while their question is hidden are there when it comes back") {
    Scenario s(with_filter(several));
    REQUIRE(s.answer("age", "adult").empty());
    REQUIRE(s.answer("what", "a x").empty());
    REQUIRE(s.answer("age", "child").empty());
    CHECK(s.value("what").empty());
    CHECK(s.state("what") == "not_asked");
    s.reopen();
    REQUIRE(s.answer("age", "adult").empty());
    CHECK(s.value("what") == "a x");
    CHECK(s.state("what") == "answered");
}

TEST_CASE("a filter that drops choices of a question in sight takes them at once") {
    Scenario s(with_filter(R"(
type              | name | label | choice_filter
select_one age    | age  | age   |
select_multiple l | what | what  | who = 'all' or ${age} = 'adult'
)"));
    REQUIRE(s.answer("age", "adult").empty());
    REQUIRE(s.answer("what", "a x").empty());
    REQUIRE(s.answer("age", "child").empty());
    CHECK(s.value("what") == "x");
    REQUIRE(s.answer("age", "adult").empty());
    CHECK(s.value("what") == "x");
}

TEST_CASE("a hidden answer that is not offered when its question comes back goes then") {
    Scenario s(with_filter(R"(
type              | name | label | relevant    | choice_filter
select_one age    | age  | age   |             |
integer           | show | show  |             |
select_multiple l | what | what  | ${show} = 1 | who = 'all' or ${age} = 'adult'
)"));
    REQUIRE(s.answer("age", "adult").empty());
    REQUIRE(s.answer("show", "1").empty());
    REQUIRE(s.answer("what", "a b x").empty());
    REQUIRE(s.answer("show", "0").empty());
    REQUIRE(s.answer("age", "child").empty());
    s.reopen();
    REQUIRE(s.answer("show", "1").empty());
    CHECK(s.value("what") == "x");
}

TEST_CASE("one answer hidden through an earlier question comes back whole") {
    Scenario s(with_filter(R"(
type         | name   | label | relevant        | choice_filter
select_one l | first  | f     |                 |
select_one l | second | s     | ${first} != ''  | name = ${first} or name = 'x'
text         | third  | t     | ${second} = 'a' |
)"));
    REQUIRE(s.answer("first", "a").empty());
    REQUIRE(s.answer("second", "a").empty());
    REQUIRE(s.answer("third", "told").empty());
    REQUIRE(s.interview().clear(s.node("first")).has_value());
    CHECK(s.value("third").empty());
    REQUIRE(s.answer("first", "a").empty());
    CHECK(s.value("second") == "a");
    CHECK(s.value("third") == "told");
}

TEST_CASE("a rank and a question in a hidden group of a repeat keep their choices too") {
    Scenario s(with_filter(R"(
type         | name | label | relevant    | choice_filter
integer      | show | show  |             |
begin repeat | kid  | kid   |             |
begin group  | g    | g     | ${show} = 1 |
rank l       | r    | r     |             | who = 'all' or ${show} = 1
select_one l | q    | q     |             | who = 'all' or ${show} = 1
end group    |      |       |             |
end repeat   |      |       |             |
)"));
    REQUIRE(s.answer("show", "1").empty());
    REQUIRE(s.add("kid").empty());
    REQUIRE(s.answer("kid[2]/r", "x b a").empty());
    REQUIRE(s.answer("kid[2]/q", "b").empty());
    REQUIRE(s.answer("show", "2").empty());
    REQUIRE(s.remove("kid[1]").empty());
    s.reopen();
    REQUIRE(s.answer("show", "1").empty());
    CHECK(s.value("kid[1]/r") == "x b a");
    CHECK(s.value("kid[1]/q") == "b");
}

TEST_CASE("what a trigger sets right again within one change costs no answer") {
    Sheets sheets = with_filter(R"(
type         | name | label | choice_filter               | trigger | calculation | repeat_count
text         | mode | mode  |                             |         |             |
text         | seen | seen  |                             | ${mode} | ${mode}     |
select_one l | q    | q     | name = 'x' or ${mode} = ${seen} |     |             |
begin repeat | kid  | kid   |                             |         |             | if(${mode} = ${seen}, 2, 1)
text         | who  | who   |                             |         |             |
end repeat   |      |       |                             |         |             |
)");
    Scenario s(sheets);
    REQUIRE(s.answer("mode", "one").empty());
    REQUIRE(s.answer("q", "a").empty());
    REQUIRE(s.answer("kid[2]/who", "Ana").empty());
    REQUIRE(s.answer("mode", "two").empty());
    CHECK(s.value("q") == "a");
    CHECK(s.value("kid[2]/who") == "Ana");
}

TEST_CASE("the instances of a hidden repeat stay whatever their count says") {
    Sheets sheets = with_filter(R"(
type           | name | label | relevant         | calculation | repeat_count
integer        | n    | n     |                  |             |
select_one age | go   | go    |                  |             |
begin group    | g    | g     | ${go} = 'adult'  |             |
calculate      | c    |       |                  | ${n} + 0    |
begin repeat   | kid  | kid   |                  |             | ${c}
text           | who  | who   |                  |             |
end repeat     |      |       |                  |             |
begin repeat   | pet  | pet   |                  |             | ${c} + ${n} - ${n}
text           | name | name  |                  |             |
end repeat     |      |       |                  |             |
end group      |      |       |                  |             |
)");
    Scenario s(sheets);
    REQUIRE(s.answer("n", "2").empty());
    REQUIRE(s.answer("go", "adult").empty());
    REQUIRE(s.answer("kid[2]/who", "Ana").empty());
    REQUIRE(s.answer("pet[2]/name", "Rex").empty());
    REQUIRE(s.answer("go", "child").empty());
    s.reopen();
    REQUIRE(s.answer("go", "adult").empty());
    CHECK(s.value("kid[2]/who") == "Ana");
    CHECK(s.value("pet[2]/name") == "Rex");

    SECTION("and follow it when they are shown again") {
        REQUIRE(s.answer("go", "child").empty());
        REQUIRE(s.answer("n", "3").empty());
        CHECK(s.count("kid") == 2);
        REQUIRE(s.answer("go", "adult").empty());
        CHECK(s.count("kid") == 3);
        CHECK(s.value("kid[2]/who") == "Ana");
        REQUIRE(s.answer("go", "child").empty());
        REQUIRE(s.answer("n", "1").empty());
        REQUIRE(s.answer("go", "adult").empty());
        CHECK(s.count("kid") == 1);
        CHECK(s.count("pet") == 1);
    }
}

TEST_CASE("a repeat counted by a question that is hidden alone keeps its instances") {
    Scenario s(with_filter(R"(
type         | name | label | relevant    | repeat_count
integer      | show | show  |             |
integer      | n    | n     | ${show} = 1 |
begin repeat | kid  | kid   |             | ${n}
text         | who  | who   |             |
end repeat   |      |       |             |
)"));
    REQUIRE(s.answer("show", "1").empty());
    REQUIRE(s.answer("n", "2").empty());
    REQUIRE(s.answer("kid[2]/who", "Ana").empty());
    REQUIRE(s.answer("show", "0").empty());
    CHECK(s.value("kid[2]/who") == "Ana");
    s.reopen();
    CHECK(s.value("kid[2]/who") == "Ana");
}

TEST_CASE("a change that is refused gives back the choices that its filter had taken") {
    Scenario s(with_filter(R"(
type         | name | label | choice_filter          | repeat_count
integer      | n    | n     |                        |
select_one l | q    | q     | name = 'x' or ${n} < 5 |
begin repeat | kid  | kid   |                        | if(${n} > 4 and ${q} = '', 3000, 1)
text         | who  | who   |                        |
end repeat   |      |       |                        |
)"));
    REQUIRE(s.answer("n", "1").empty());
    REQUIRE(s.answer("q", "a").empty());
    CHECK(s.answer("n", "9") == "too many");
    CHECK(s.value("n") == "1");
    CHECK(s.value("q") == "a");
    CHECK(s.state("q") == "answered");
    s.reopen();
}
