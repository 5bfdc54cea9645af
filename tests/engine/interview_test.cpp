#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets small() {
    Sheets sheets;
    sheets.survey(R"(
type                | name   | label           | relevant          | constraint | constraint_message | required | appearance | calculation
integer             | age    | How old?        |                   | . >= 0 and . < 120 | Between 0 and 119 | yes |     |
select_one yesno    | owes   | Do you owe?     | ${age} >= 18      |            |                    |          |            |
select_multiple who | whom   | To whom?        | ${owes} = 'yes'   |            |                    |          |            |
begin group         | about  | About you       |                   |            |                    |          | field-list |
text                | town   | Town at ${age}? |                   |            |                    |          |            |
note                | thanks | Thank you       |                   |            |                    |          |            |
end group           |        |                 |                   |            |                    |          |            |
calculate           | minor  |                 |                   |            |                    |          |            | if(${age} < 18, 'yes', 'no')
)");
    sheets.choices(R"(
list_name | name   | label
yesno     | yes    | Yes
yesno     | no     | No
who       | boss   | The boss
who       | guide  | The guide
who       | other  | Someone else
)");
    return sheets;
}

}  // namespace

TEST_CASE("pages follow relevance, one question each unless a field-list holds them together") {
    Scenario s(small());
    CHECK(s.page() == "age");
    CHECK(s.answer("age", "17").empty());
    CHECK(s.next() == "town thanks");
    CHECK(s.back() == "age");
    CHECK(s.answer("age", "30").empty());
    CHECK(s.next() == "owes");
    CHECK(s.answer("owes", "yes").empty());
    CHECK(s.next() == "whom");
    CHECK(s.next() == "town thanks");
    CHECK(s.interview().page().in_group);
    CHECK(s.interview().name(s.interview().page().group) == "about");
    CHECK(s.next() == "end");
    CHECK(s.next() == "end");
    CHECK(s.back() == "town thanks");
}

TEST_CASE("there is no page before the first") {
    Scenario s(small());
    CHECK(s.back() == "no");
    CHECK(s.page() == "age");
}

TEST_CASE("progress counts the pages that are relevant now") {
    Scenario s(small());
    CHECK(s.interview().progress().page == 1);
    CHECK(s.interview().progress().pages == 2);
    REQUIRE(s.answer("age", "20").empty());
    CHECK(s.interview().progress().pages == 3);
    REQUIRE(s.next() == "owes");
    REQUIRE(s.next() == "town thanks");
    REQUIRE(s.next() == "end");
    CHECK(s.interview().progress().page == 4);
}

TEST_CASE("a jump reaches any relevant question, and a group by its first page") {
    Scenario s(small());
    REQUIRE(s.answer("age", "20").empty());
    CHECK(s.interview().jump(s.node("about")));
    CHECK(s.page() == "town thanks");
    CHECK(s.interview().jump(s.node("owes")));
    CHECK(s.page() == "owes");
    CHECK_FALSE(s.interview().jump(s.node("whom")));
    CHECK_FALSE(s.interview().jump(s.node("minor")));
    CHECK_FALSE(s.interview().jump(questionnaires::engine::NodeId{999U}));
    CHECK(s.page() == "owes");
}

TEST_CASE("a calculation follows what it depends on") {
    Scenario s(small());
    CHECK(s.value("minor") == "no");
    REQUIRE(s.answer("age", "17").empty());
    CHECK(s.value("minor") == "yes");
    REQUIRE(s.answer("age", "18").empty());
    CHECK(s.value("minor") == "no");
}

TEST_CASE("a question that is not relevant keeps its answer aside and gives no value") {
    Scenario s(small());
    REQUIRE(s.answer("age", "30").empty());
    REQUIRE(s.answer("owes", "yes").empty());
    REQUIRE(s.answer("whom", "boss").empty());
    REQUIRE(s.answer("age", "10").empty());
    CHECK_FALSE(s.relevant("owes"));
    CHECK_FALSE(s.relevant("whom"));  // relevance cascades: owes has no value now
    CHECK(s.value("whom").empty());
    CHECK(s.state("whom") == "not_asked");
    CHECK(s.answer("owes", "no") == "not relevant");
    REQUIRE(s.answer("age", "31").empty());
    CHECK(s.value("whom") == "boss");
    CHECK(s.state("whom") == "answered");
}

TEST_CASE("a group that is not relevant hides everything in it") {
    Sheets sheets;
    sheets.survey(R"(
type        | name  | label | relevant
text        | a     | a     |
begin group | outer |       | ${a} = 'x'
begin group | inner |       |
text        | b     | b     | true()
end group   |       |       |
end group   |       |       |
text        | c     | c     | ${b} = 'y'
)");
    Scenario s(sheets);
    CHECK_FALSE(s.relevant("b"));
    REQUIRE(s.answer("a", "x").empty());
    CHECK(s.relevant("b"));
    REQUIRE(s.answer("b", "y").empty());
    CHECK(s.relevant("c"));
    REQUIRE(s.answer("a", "z").empty());
    CHECK_FALSE(s.relevant("inner"));
    CHECK_FALSE(s.relevant("c"));
}

TEST_CASE("a constraint refuses before the value is taken, in the form's own words") {
    Scenario s(small());
    REQUIRE(s.answer("age", "20").empty());
    CHECK(s.answer("age", "200") == "constraint: Between 0 and 119");
    CHECK(s.value("age") == "20");
}

TEST_CASE("a constraint that no longer holds stops the page and is found at the end") {
    Sheets sheets;
    sheets.survey(R"(
type    | name | label | constraint
integer | a    | a     |
integer | b    | b     | . > ${a}
)");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "1").empty());
    REQUIRE(s.answer("b", "2").empty());
    CHECK(s.interview().check(s.language()).empty());
    REQUIRE(s.answer("a", "5").empty());
    REQUIRE(s.interview().check(s.language()).size() == 1);
    CHECK(s.interview().check(s.language())[0].node == s.node("b"));
    REQUIRE(s.next() == "b");
    CHECK(s.next() == "constraint");
}

TEST_CASE("a choice filter offers what fits and drops a selection that no longer does") {
    Sheets sheets;
    sheets.survey(R"(
type                   | name    | label | choice_filter
select_one country     | country | c     |
select_one region      | region  | r     | of = ${country}
select_multiple region | seen    | s     | of = ${country} or name = 'abroad'
)");
    sheets.choices(R"(
list_name | name   | label  | of
country   | mx     | Mexico |
country   | gt     | Guate  |
region    | chis   | Chis   | mx
region    | oax    | Oaxaca | mx
region    | peten  | Peten  | gt
region    | abroad | Abroad |
)");
    Scenario s(sheets);
    CHECK(s.choices("region").empty() == false);  // an empty country equals the empty column of "abroad"
    REQUIRE(s.answer("country", "mx").empty());
    CHECK(s.choices("region") == "chis oax");
    CHECK(s.answer("region", "peten") == "not a choice");
    REQUIRE(s.answer("region", "oax").empty());
    REQUIRE(s.answer("seen", "chis abroad").empty());
    REQUIRE(s.answer("country", "gt").empty());
    CHECK(s.choices("region") == "peten");
    CHECK(s.value("region").empty());
    CHECK(s.state("region") == "not_asked");
    CHECK(s.value("seen") == "abroad");
}

TEST_CASE("a default is a proposal until the page is left") {
    Sheets sheets;
    sheets.survey(R"(
type    | name | label | default
text    | t    | t     | hola
date    | d    | d     | today()
integer | i    | i     | ${x} + 1
hidden  | x    |       | 4
)");
    Scenario s(sheets);
    CHECK(s.value("t") == "hola");
    CHECK(s.state("t") == "not_asked");
    CHECK(s.value("d") == "2026-03-10");
    CHECK(s.value("i") == "5");
    CHECK(s.state("x") == "answered");
    REQUIRE(s.next() == "d");
    CHECK(s.state("t") == "answered");
    REQUIRE(s.skip("d").empty());
    CHECK(s.value("d").empty());
}

TEST_CASE("the language switches without touching answers, and each answer keeps its own") {
    Sheets sheets;
    sheets.settings("form_id | version | default_language\n test | 1 | Español (es)");
    sheets.survey(R"(
type           | name | label::Español (es) | label::English (en) | hint::Español (es) | hint::English (en)
select_one sn  | q    | ¿Debe dinero?       | Do you owe?         | Deuda              | Debt
text           | t    | ¿Dijo ${q}?         | You said ${q}?      |                    |
)");
    sheets.choices(R"(
list_name | name | label::Español (es) | label::English (en)
sn        | si   | Sí                  | Yes
sn        | no   | No                  | No
)");
    Scenario s(sheets);
    CHECK(s.label("q") == "¿Debe dinero?");
    REQUIRE(s.answer("q", "si").empty());
    s.speak("en");
    CHECK(s.label("q") == "Do you owe?");
    CHECK(s.interview().hint(s.node("q"), s.language()) == "Debt");
    CHECK(s.interview().choice_label(s.node("q"), questionnaires::engine::ChoiceId{0U}, s.language()) == "Yes");
    CHECK(s.label("t") == "You said si?");
    REQUIRE(s.answer("t", "ok").empty());
    const auto answers = s.interview().answers();
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].name == "q");
    CHECK(answers[0].value == "si");
    CHECK(answers[0].language == "es");
    CHECK(answers[1].language == "en");
}

TEST_CASE("the record has every question, and computed values apart") {
    Scenario s(small());
    REQUIRE(s.answer("age", "30").empty());
    REQUIRE(s.do_not_know("owes").empty());
    std::string lines;
    for (const auto& a : s.interview().answers()) {
        lines += std::string(a.name) + ":" + std::string(to_word(a.state)) + ":" + std::string(a.value);
        lines += a.computed ? "*\n" : "\n";
    }
    CHECK(lines == "age:answered:30\nowes:unknown:\nwhom:not_asked:\ntown:not_asked:\nminor:answered:no*\n");
}

TEST_CASE("an expression that would grow without end is refused and the answer with it") {
    Sheets sheets;
    std::string rows = "type | name | label | calculation\n text | t | t |\n calculate | c0 | | concat(${t}, ${t})\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "${c" + std::to_string(i - 1) + "}";
        rows += "calculate | c" + std::to_string(i) + " | | concat(" + before + ", " + before + ")\n";
    }
    sheets.survey(rows);
    Scenario s(sheets);
    CHECK(s.answer("t", "x") == "budget");
    CHECK(s.value("t").empty());
    CHECK(s.state("t") == "not_asked");
    CHECK(s.value("c0").empty());
}

TEST_CASE("an exhausted memory resource ends the interview without an exception") {
    std::array<std::byte, 40'000> room{};
    std::pmr::monotonic_buffer_resource arena(room.data(), room.size(), std::pmr::null_memory_resource());
    const auto form = small().load();
    REQUIRE(form);
    auto interview = questionnaires::engine::Interview::start(*form, &arena, {{2026, 3, 10}, 1});
    REQUIRE(interview);
    const auto town = *interview->find("town");
    tl::expected<void, questionnaires::engine::Refusal> taken;
    for (int i = 0; i < 100 && taken; ++i) {
        taken = interview->answer(town, std::string(1000 + static_cast<std::size_t>(i) * 20, 'x'), {});
    }
    REQUIRE_FALSE(taken);
    CHECK(taken.error().kind == questionnaires::engine::RefusalKind::Memory);
    CHECK(interview->exhausted());
    std::array<std::byte, 2000> little{};
    std::pmr::monotonic_buffer_resource tiny(little.data(), little.size(), std::pmr::null_memory_resource());
    CHECK_FALSE(questionnaires::engine::Interview::start(*form, &tiny, {{2026, 3, 10}, 1}));
}

namespace {

/// While it lives, anything that forgets the interview's resource and takes the default one fails.
class NoDefaultResource {
  public:
    NoDefaultResource() : before_(std::pmr::set_default_resource(std::pmr::null_memory_resource())) {}
    ~NoDefaultResource() { std::pmr::set_default_resource(before_); }
    NoDefaultResource(const NoDefaultResource&) = delete;
    NoDefaultResource& operator=(const NoDefaultResource&) = delete;

  private:
    std::pmr::memory_resource* before_;
};

}  // namespace

TEST_CASE("nothing takes memory from the default resource") {
    const NoDefaultResource none;
    Scenario s(small());
    CHECK(s.answer("age", "30").empty());
    CHECK(s.answer("town", std::string(500, 'x')).empty());
    CHECK(s.label("town") == "Town at 30?");
    CHECK(s.interview().answers().size() == 5);
    CHECK(s.interview().readings().size() == 3);
    CHECK_FALSE(s.interview().exhausted());
}

TEST_CASE("a hidden row takes over what is known from elsewhere, and nothing else does") {
    Sheets sheets;
    sheets.survey(R"(
type      | name   | label | relevant        | calculation
hidden    | fc_age |       |                 |
hidden    | made   |       |                 | concat(${fc_age}, '!')
text      | age    | Age?  | ${fc_age} = ''  |
calculate | known  |       |                 | if(${fc_age} != '', ${fc_age}, ${age})
)");
    Scenario s(sheets);
    auto& interview = s.interview();
    CHECK(s.page() == "age");
    REQUIRE(interview.preset(s.node("fc_age"), "minor"));
    CHECK(s.value("known") == "minor");
    CHECK(s.value("made") == "minor!");
    CHECK_FALSE(s.relevant("age"));
    s.reopen();
    CHECK(s.value("known") == "minor");
    const auto refused = [&](std::string_view name, std::string_view value) {
        return s.interview().preset(s.node(name), value).error().kind;
    };
    CHECK(refused("age", "x") == engine::RefusalKind::NoValue);
    CHECK(refused("made", "x") == engine::RefusalKind::ReadOnly);
    CHECK(refused("fc_age", "a\u202Eb") == engine::RefusalKind::UnsafeText);
    CHECK(refused("fc_age", std::string(4097, 'x')) == engine::RefusalKind::TooLong);
    REQUIRE(s.interview().preset(s.node("fc_age"), ""));
    CHECK(s.relevant("age"));
}
