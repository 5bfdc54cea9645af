// select_one ${name}: the choices are the answers of a question in the instances of its repeat.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

/// People with a name and an age, and questions that choose among them.
Scenario people(const std::string& type = "select_one ${who}", const std::string& filter = "") {
    Sheets sheets;
    sheets.survey(
        "type | name | label::Español (es) | label::English (en) | choice_filter | calculation\n"
        "begin repeat | member | Persona | Member | |\n text | who | Nombre | Name | |\n"
        "begin group | more | M | M | |\n integer | age | Edad | Age | |\n end group | | | | |\n"
        "end repeat | | | | |\n" +
        type + " | head | ¿Quién? | Who? | " + filter +
        " |\n calculate | said | | | | jr:choice-name(${head}, '${head}')\n"
        "calculate | ana | | | | selected(${head}, 'Ana María')");
    sheets.settings("form_id | version | default_language\n test | 1 | es");
    Scenario s(sheets);
    REQUIRE(s.add("member").empty());
    REQUIRE(s.add("member").empty());
    return s;
}

void name(Scenario& s, const std::string& one, const std::string& two, const std::string& three) {
    if (!one.empty()) REQUIRE(s.answer("member[1]/who", one).empty());
    if (!two.empty()) REQUIRE(s.answer("member[2]/who", two).empty());
    if (!three.empty()) REQUIRE(s.answer("member[3]/who", three).empty());
}

std::string labels(const Scenario& s, const std::string& of) {
    auto& interview = const_cast<Scenario&>(s).interview();
    std::string all;
    for (const auto choice : interview.choices(s.node(of))) {
        all += (all.empty() ? "" : ",") + std::string(interview.choice_label(s.node(of), choice, s.language()));
    }
    return all;
}

std::string faults(const std::string& survey) {
    Sheets sheets;
    sheets.survey(survey);
    const auto loaded = sheets.load();
    return loaded ? std::string() : scenario::all_text(loaded.error());
}

}  // namespace

TEST_CASE("answers of a repeat are choices as soon as they are said, in every language") {
    Scenario s = people();
    CHECK(s.choices("head").empty());
    name(s, "Ana María", "", "Luis");
    CHECK(labels(s, "head") == "Ana María,Luis");
    CHECK(labels(s.speak("en"), "head") == "Ana María,Luis");
    CHECK(s.interview().offers_answers(s.node("head")));
    CHECK(s.answer("head", "Ana") == "not a choice");
    REQUIRE(s.answer("head", "Ana María").empty());
    CHECK(s.value("head") == "Ana María");
    CHECK(s.value("said") == "Ana María");
    CHECK(s.value("ana") == "true");
    const auto choices = s.interview().choices(s.node("head"));
    CHECK(s.interview().selected(s.node("head"), choices[0]));
    CHECK_FALSE(s.interview().selected(s.node("head"), choices[1]));
    const auto luis = choices[1];
    REQUIRE(s.interview().toggle(s.node("head"), luis, s.language()).has_value());
    CHECK(s.value("head") == "Luis");
    s.reopen();
    CHECK(s.value("head") == "Luis");
    CHECK(labels(s, "head") == "Ana María,Luis");
}

TEST_CASE("an answer that is said twice is one choice") {
    Scenario s = people();
    name(s, "Ana", "Luis", "Ana");
    CHECK(labels(s, "head") == "Ana,Luis");
}

TEST_CASE("who is removed, or called otherwise, is no choice any more") {
    Scenario s = people();
    name(s, "Ana", "Luis", "Eva");
    REQUIRE(s.answer("head", "Luis").empty());
    REQUIRE(s.remove("member[2]").empty());
    CHECK(labels(s, "head") == "Ana,Eva");
    CHECK(s.value("head").empty());
    CHECK(s.state("head") == "not_asked");
    REQUIRE(s.answer("head", "Ana").empty());
    REQUIRE(s.answer("member[1]/who", "Anita").empty());
    CHECK(s.value("head").empty());
    CHECK(labels(s, "head") == "Anita,Eva");
    REQUIRE(s.skip("member[1]/who").empty());
    CHECK(labels(s, "head") == "Eva");
    s.reopen();
    CHECK(labels(s, "head") == "Eva");
}

TEST_CASE("a filter asks about the instance that is looked at") {
    Scenario s = people("select_one ${who}", "${age} >= 18");
    name(s, "Ana", "Luis", "Eva");
    CHECK(labels(s, "head").empty());
    REQUIRE(s.answer("member[1]/age", "30").empty());
    REQUIRE(s.answer("member[2]/age", "8").empty());
    REQUIRE(s.answer("member[3]/age", "18").empty());
    CHECK(labels(s, "head") == "Ana,Eva");
    REQUIRE(s.answer("head", "Ana").empty());
    REQUIRE(s.answer("member[1]/age", "3").empty());
    CHECK(labels(s, "head") == "Eva");
    CHECK(s.value("head").empty());
}

TEST_CASE("several answers can be chosen, and each stays one word") {
    const std::string type = GENERATE(as<std::string>(), "select_multiple ${who}", "rank ${who}");
    Scenario s = people(type);
    name(s, "Ana María", "Ana", "Luis");
    const auto choices = s.interview().choices(s.node("head"));
    const engine::ChoiceId first = choices[0];
    const engine::ChoiceId third = choices[2];
    REQUIRE(s.interview().toggle(s.node("head"), first, s.language()).has_value());
    if (type == "rank ${who}") return;
    REQUIRE(s.interview().toggle(s.node("head"), third, s.language()).has_value());
    CHECK(s.value("head") == "Ana\u00A0María Luis");
    CHECK(s.interview().selected(s.node("head"), first));
    CHECK_FALSE(s.interview().selected(s.node("head"), s.interview().choices(s.node("head"))[1]));
    CHECK(s.value("ana") == "true");
    s.reopen();
    CHECK(s.value("head") == "Ana\u00A0María Luis");
    REQUIRE(s.interview().toggle(s.node("head"), s.interview().choices(s.node("head"))[0], s.language()).has_value());
    CHECK(s.value("head") == "Luis");
}

TEST_CASE("inside the same repeat all instances are choices, and inside an outer one its own") {
    Sheets sheets;
    sheets.survey(R"(
type                | name   | label | choice_filter                                | relevant
begin repeat        | house  | H     |                                              |
begin repeat        | member | M     |                                              |
text                | who    | W     |                                              |
integer             | age    | A     |                                              |
select_one ${who}   | mother | Mo    | position() != position(current()/..)         |
end repeat          |        |       |                                              |
begin repeat        | task   | T     |                                              |
integer             | least  | L     |                                              |
select_one ${who}   | does   | D     | ${age} >= ${least}                           |
end repeat          |        |       |                                              |
end repeat          |        |       |                                              |
select_one ${who}   | all    | A     |                                              |
)");
    Scenario s(sheets);
    REQUIRE(s.add("house[1]/member").empty());
    REQUIRE(s.add("house").empty());
    if (s.count("house[2]/member") == 0) REQUIRE(s.add("house[2]/member").empty());
    if (s.count("house[2]/task") == 0) REQUIRE(s.add("house[2]/task").empty());
    REQUIRE(s.answer("house[1]/member[1]/who", "Ana").empty());
    REQUIRE(s.answer("house[1]/member[2]/who", "Luis").empty());
    REQUIRE(s.answer("house[2]/member[1]/who", "Eva").empty());
    CHECK(s.choices("house[1]/member[1]/mother") == "Luis");
    CHECK(s.choices("house[1]/member[2]/mother") == "Ana");
    CHECK(s.choices("house[2]/member[1]/mother").empty());
    CHECK(s.choices("all") == "Ana Luis Eva");
    REQUIRE(s.answer("house[1]/member[1]/age", "40").empty());
    REQUIRE(s.answer("house[1]/member[2]/age", "9").empty());
    REQUIRE(s.answer("house[1]/task[1]/least", "18").empty());
    CHECK(s.choices("house[1]/task[1]/does") == "Ana");
    CHECK(s.choices("house[2]/task[1]/does").empty());
    REQUIRE(s.answer("house[1]/task[1]/does", "Ana").empty());
    REQUIRE(s.answer("house[1]/member[2]/mother", "Ana").empty());
    s.reopen();
    CHECK(s.value("house[1]/member[2]/mother") == "Ana");
    REQUIRE(s.remove("house[1]/member[1]").empty());
    CHECK(s.value("house[1]/member[1]/mother").empty());
    CHECK(s.value("house[1]/task[1]/does").empty());
    CHECK(s.choices("all") == "Luis Eva");
}

TEST_CASE("whether an answer is asked may depend on a choice among the others") {
    Sheets sheets;
    sheets.survey(R"(
type                      | name   | label | choice_filter                              | relevant
begin repeat              | pet    | P     |                                            |
select_one ${kind}        | known  | K     | position() != position(current()/..)       |
text                      | kind   | N     |                                            | ${known} = ''
end repeat                |        |       |                                            |
)");
    Scenario s(sheets);
    REQUIRE(s.add("pet").empty());
    REQUIRE(s.answer("pet[1]/kind", "dog").empty());
    CHECK(s.choices("pet[2]/known") == "dog");
    REQUIRE(s.answer("pet[2]/known", "dog").empty());
    CHECK_FALSE(s.relevant("pet[2]/kind"));
    CHECK(s.choices("pet[1]/known").empty());
}

TEST_CASE("answers that are choices or numbers themselves are shown as they are called") {
    Sheets sheets;
    sheets.survey(
        "type | name | label\n begin repeat | r | R\n select_one fruit | f | F\n integer | n | N\n"
        "end repeat | |\n select_one ${f} | a | A\n select one ${ n } | b | B");
    sheets.choices("list_name | name | label\n fruit | ap | Apple\n fruit | pe | Pear");
    Scenario s(sheets);
    REQUIRE(s.answer("r[1]/f", "pe").empty());
    REQUIRE(s.answer("r[1]/n", "12").empty());
    CHECK(labels(s, "a") == "Pear");
    CHECK(s.choices("a") == "pe");
    CHECK(labels(s, "b") == "12");
}

TEST_CASE("choices that are answers of nothing are refused with their row") {
    CHECK_THAT(faults("type | name | label\n select_one ${nobody} | a | A"),
               ContainsSubstring("survey row 2, column type: there is no question named 'nobody'"));
    CHECK_THAT(faults("type | name | label\n text | t | T\n select_one ${t} | a | A"),
               ContainsSubstring("choices are the answers of a repeat, and 't' is in none"));
    CHECK_THAT(faults("type | name | label\n begin repeat | r | R\n text | t | T\n end repeat | |\n"
                      "select_one ${r} | a | A"),
               ContainsSubstring("survey row 5"));
    CHECK_THAT(faults("type | name | label | choice_filter\n begin repeat | r | R |\n text | t | T |\n"
                      "end repeat | | |\n select_one ${t} | a | A | ${x} = 1"),
               ContainsSubstring("survey row 5, column choice_filter: there is no question named 'x'"));
    CHECK_THAT(faults("type | name | label | choice_filter\n begin repeat | r | R |\n text | t | T |\n"
                      "end repeat | | |\n select_one ${t} | a | A | random() > 0.5"),
               ContainsSubstring("cannot be left to chance"));
    CHECK_THAT(faults("type | name | label\n begin repeat | r | R\n text | t | T\n end repeat | |\n"
                      "select_one ${t} or_other | a | A"),
               ContainsSubstring("or_other goes with"));
}
