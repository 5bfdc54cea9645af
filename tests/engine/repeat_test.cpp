// Repeats: ODK XForms, section "Repeats" and the repeat functions; pyxform's reading of ${name} in and around them.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets household() {
    Sheets sheets;
    sheets.survey(R"(
type           | name   | label                          | relevant   | calculation                                 | default
text           | town   | Town                           |            |                                             |
begin repeat   | person | Person                         |            |                                             |
text           | who    | Who?                           |            |                                             |
integer        | age    | How old is ${who}?             |            |                                             | 30
text           | school | Which school?                  | ${age} < 18 |                                            |
calculate      | line   |                                |            | concat(position(..), ' ', ${who}, ' of ', ${town}) |
end repeat     |        |                                |            |                                             |
calculate      | total  |                                |            | sum(${age})                                 |
calculate      | people |                                |            | count(${person})                            |
calculate      | minors |                                |            | count(${person}[age < 18])                  |
calculate      | second |                                |            | indexed-repeat(${who}, ${person}, 2)        |
calculate      | names  |                                |            | join(', ', ${who})                          |
text           | last   | Last                           |            |                                             |
)");
    return sheets;
}

}  // namespace

TEST_CASE("a repeat starts with one instance, and further ones are added and removed") {
    Scenario s(household());
    CHECK(s.count("person") == 1);
    CHECK(s.add("person").empty());
    CHECK(s.add("person").empty());
    CHECK(s.count("person") == 3);
    REQUIRE(s.answer("town", "Tapachula").empty());
    REQUIRE(s.answer("person[1]/who", "Ana").empty());
    REQUIRE(s.answer("person[2]/who", "Luis").empty());
    REQUIRE(s.answer("person[3]/who", "Eva").empty());
    CHECK(s.value("person[2]/line") == "2 Luis of Tapachula");
    CHECK(s.value("names") == "Ana, Luis, Eva");
    CHECK(s.value("people") == "3");
    CHECK(s.value("total") == "90");
    REQUIRE(s.answer("person[3]/age", "7").empty());
    CHECK(s.value("total") == "67");
    CHECK(s.value("minors") == "1");
    CHECK(s.value("second") == "Luis");
    CHECK(s.remove("person[2]").empty());
    CHECK(s.value("person[2]/line") == "2 Eva of Tapachula");
    CHECK(s.value("names") == "Ana, Eva");
    CHECK(s.value("second") == "Eva");
    CHECK(s.value("people") == "2");
    CHECK(s.remove("person[1]").empty());
    CHECK(s.remove("person[1]").empty());
    CHECK(s.count("person") == 0);
    CHECK(s.value("total") == "0");
    CHECK(s.value("second").empty());
    CHECK(s.add("person").empty());
    CHECK(s.value("person[1]/who").empty());
    CHECK(s.value("person[1]/age") == "30");
    CHECK(s.value("person[1]/line") == "1  of Tapachula");
}

TEST_CASE("${name} in a repeat means the same instance, in labels too") {
    Scenario s(household());
    REQUIRE(s.add("person").empty());
    REQUIRE(s.answer("person[1]/who", "Ana").empty());
    REQUIRE(s.answer("person[2]/who", "Luis").empty());
    CHECK(s.label("person[1]/age") == "How old is Ana?");
    CHECK(s.label("person[2]/age") == "How old is Luis?");
    CHECK_FALSE(s.relevant("person[2]/school"));
    REQUIRE(s.answer("person[2]/age", "12").empty());
    CHECK(s.relevant("person[2]/school"));
    CHECK_FALSE(s.relevant("person[1]/school"));
}

TEST_CASE("pages go through the instances and ask for a further one") {
    Scenario s(household());
    CHECK(s.page() == "town");
    CHECK(s.next() == "who[1]");
    CHECK(s.next() == "age[1]");
    CHECK(s.next() == "more person");
    REQUIRE(s.add("person").empty());
    CHECK(s.page() == "more person");
    REQUIRE(s.interview().jump(s.node("person[2]")));
    CHECK(s.page() == "who[2]");
    CHECK(s.interview().name(s.interview().page().group) == "person");
    CHECK(s.interview().is_instance(s.interview().page().group));
    CHECK(s.next() == "age[2]");
    CHECK(s.back() == "who[2]");
    CHECK(s.back() == "age[1]");
    CHECK(s.next() == "who[2]");
    REQUIRE(s.remove("person[2]").empty());
    CHECK(s.page() == "more person");
    CHECK(s.next() == "last");
    CHECK(s.back() == "more person");
    CHECK(s.next() == "last");
    CHECK(s.next() == "end");
    const auto progress = s.interview().progress();
    CHECK(progress.pages == 5);
    CHECK(progress.page == 6);
    REQUIRE(s.interview().jump(s.node("person[1]")));
    CHECK(s.page() == "who[1]");
    REQUIRE(s.interview().jump(s.node("person")));
    CHECK(s.page() == "more person");
    REQUIRE(s.remove("person[1]").empty());
    REQUIRE(s.interview().jump(s.node("town")));
    REQUIRE(s.interview().jump(s.node("person")));
    CHECK(s.page() == "more person");
}

TEST_CASE("a jump to a repeat whose number is computed reaches its first instance") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | repeat_count\n text | a | A |\n begin repeat | r | R | 2\n text | b | B |\n end repeat "
        "| | |");
    Scenario s(sheets);
    REQUIRE(s.interview().jump(s.node("r")));
    CHECK(s.page() == "b[1]");
}

TEST_CASE("removing what comes before or the page itself keeps the place") {
    Scenario s(household());
    REQUIRE(s.add("person").empty());
    REQUIRE(s.add("person").empty());
    REQUIRE(s.interview().jump(s.node("person[3]/age")));
    REQUIRE(s.remove("person[1]").empty());
    CHECK(s.page() == "age[2]");
    REQUIRE(s.interview().jump(s.node("person[1]/who")));
    REQUIRE(s.remove("person[1]").empty());
    CHECK(s.page() == "who[1]");
    REQUIRE(s.remove("person[1]").empty());
    CHECK(s.page() == "more person");
}

TEST_CASE("repeats in repeats") {
    Sheets sheets;
    sheets.survey(R"(
type         | name   | label           | repeat_count | calculation
integer      | houses | Houses          |              |
begin repeat | house  | House           | ${houses}    |
text         | street | Street          |              |
begin group  | g      | G               |              |
begin repeat | child  | Child           |              |
text         | name   | Name            |              |
integer      | years  | Years of ${name} in ${street} | |
calculate    | where  |                 |              | concat(${street}, '/', position(../..), '.', position(..))
end repeat   |        |                 |              |
end group    |        |                 |              |
calculate    | kids   |                 |              | count(${child})
calculate    | sum    |                 |              | sum(${years})
calculate    | oldest |                 |              | max(/data/house/g/child/years)
end repeat   |        |                 |              |
calculate    | all    |                 |              | sum(${years})
calculate    | one    |                 |              | indexed-repeat(${name}, ${house}, 2, ${child}, 1)
calculate    | other  |                 |              | /data/house[2]/g/child[2]/name
calculate    | most   |                 |              | count(/data/house[kids > 1])
)");
    Scenario s(sheets);
    REQUIRE(s.answer("houses", "2").empty());
    REQUIRE(s.add("house[2]/child").empty());
    CHECK(s.count("house[1]/child") == 1);
    CHECK(s.count("house[2]/child") == 2);
    REQUIRE(s.answer("house[1]/street", "A").empty());
    REQUIRE(s.answer("house[2]/street", "B").empty());
    REQUIRE(s.answer("house[1]/child[1]/years", "3").empty());
    REQUIRE(s.answer("house[2]/child[1]/years", "5").empty());
    REQUIRE(s.answer("house[2]/child[2]/years", "9").empty());
    REQUIRE(s.answer("house[2]/child[1]/name", "Ana").empty());
    REQUIRE(s.answer("house[2]/child[2]/name", "Luis").empty());
    CHECK(s.value("house[1]/kids") == "1");
    CHECK(s.value("house[2]/kids") == "2");
    CHECK(s.value("house[1]/sum") == "3");
    CHECK(s.value("house[2]/sum") == "14");
    CHECK(s.value("house[1]/oldest") == "3");
    CHECK(s.value("house[2]/oldest") == "9");
    CHECK(s.value("all") == "17");
    CHECK(s.value("one") == "Ana");
    CHECK(s.value("other") == "Luis");
    CHECK(s.value("most") == "1");
    CHECK(s.value("house[2]/child[2]/where") == "B/1.2");
    CHECK(s.label("house[2]/child[2]/years") == "Years of Luis in B");
    REQUIRE(s.remove("house[2]/child[1]").empty());
    CHECK(s.value("house[2]/child[1]/where") == "B/1.1");
    CHECK(s.value("one") == "Luis");
    CHECK(s.value("other").empty());
    REQUIRE(s.answer("houses", "1").empty());
    CHECK(s.value("all") == "3");
    REQUIRE(s.answer("houses", "2").empty());
    CHECK(s.count("house[2]/child") == 1);
    CHECK(s.value("house[2]/street").empty());
    s.reopen();
    CHECK(s.value("house[1]/child[1]/years") == "3");
}

TEST_CASE("a change in one instance computes nothing in the others") {
    Sheets sheets;
    sheets.survey(R"(
type         | name | label | repeat_count | calculation
begin repeat | r    | R     | 3            |
integer      | a    | A     |              |
calculate    | c    |       |              | ${a} + random()
end repeat   |      |       |              |
)");
    Scenario s(sheets);
    for (const char* const a : {"r[1]/a", "r[2]/a", "r[3]/a"}) REQUIRE(s.answer(a, "1").empty());
    const std::string first = s.value("r[1]/c");
    const std::string third = s.value("r[3]/c");
    const std::string second = s.value("r[2]/c");
    REQUIRE(s.answer("r[2]/a", "2").empty());
    CHECK(s.value("r[1]/c") == first);
    CHECK(s.value("r[3]/c") == third);
    CHECK(s.value("r[2]/c") != second);
}

TEST_CASE("relevance, constraint, required, defaults, filters and triggers work inside an instance") {
    Sheets sheets;
    sheets.survey(R"(
type            | name  | label | relevant     | constraint      | constraint_message   | required | choice_filter    | default             | calculation | trigger | read_only
select_one yn   | any   | Any?  |              |                 |                      |          |                  |                     |             |         |
begin repeat    | r     | R     | ${any} = 'yes' |               |                      |          |                  |                     |             |         |
integer         | a     | A     |              | . > ${b}        | more than ${b}       | yes      |                  |                     |             |         |
integer         | b     | B     |              |                 |                      |          |                  | position(..) * 10   |             |         |
select_one l    | o     | O     |              |                 |                      |          | group = ${g}     |                     |             |         |
text            | g     | G     |              |                 |                      |          |                  |                     |             |         |
text            | t     | T     |              |                 |                      |          |                  |                     | concat(${a}, '!') | ${a} |
text            | fixed | F     |              |                 |                      |          |                  | x                   |             |         | ${a} > 20
end repeat      |       |       |              |                 |                      |          |                  |                     |             |         |
)");
    sheets.choices(
        "list_name | name | label | group\n yn | yes | Y |\n yn | no | N |\n l | p | P | 1\n l | q | Q | 2\n l | r | R "
        "| 2");
    Scenario s(sheets);
    CHECK(s.next() == "end");
    CHECK(s.answer("r[1]/a", "11") == "not relevant");
    CHECK(s.add("r") == "not relevant");
    CHECK(s.back() == "any");
    REQUIRE(s.answer("any", "yes").empty());
    REQUIRE(s.add("r").empty());
    CHECK(s.value("r[1]/b") == "10");
    CHECK(s.value("r[2]/b") == "20");
    CHECK(s.answer("r[2]/a", "15") == "constraint: more than 20");
    CHECK(s.answer("r[1]/a", "15").empty());
    CHECK(s.value("r[1]/t") == "15!");
    CHECK(s.value("r[2]/t").empty());
    REQUIRE(s.answer("r[2]/a", "21").empty());
    CHECK(s.answer("r[2]/fixed", "y") == "read only");
    CHECK(s.answer("r[1]/fixed", "y").empty());
    CHECK(s.choices("r[1]/o").empty());
    REQUIRE(s.answer("r[1]/g", "2").empty());
    CHECK(s.choices("r[1]/o") == "q r");
    CHECK(s.choices("r[2]/o").empty());
    REQUIRE(s.answer("r[1]/o", "q").empty());
    REQUIRE(s.answer("r[1]/g", "1").empty());
    CHECK(s.value("r[1]/o").empty());
    REQUIRE(s.add("r").empty());
    const auto faults = s.interview().check(s.language());
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].node == s.node("r[3]/a"));
    REQUIRE(s.answer("any", "no").empty());
    CHECK(s.interview().check(s.language()).empty());
    CHECK(s.value("r[1]/a").empty());
    REQUIRE(s.answer("any", "yes").empty());
    CHECK(s.value("r[1]/a") == "15");
}

TEST_CASE("the record has the rows of an instance once for each, in order") {
    Scenario s(household());
    REQUIRE(s.add("person").empty());
    REQUIRE(s.answer("person[2]/who", "Luis").empty());
    REQUIRE(s.refuse("person[1]/who").empty());
    std::string names;
    for (const auto& answer : s.interview().answers()) {
        if (answer.name != "who") continue;
        names += std::to_string(s.interview().position(answer.node)) + ":" +
                 std::string(engine::to_word(answer.state)) + ":" + std::string(answer.value) + " ";
    }
    CHECK(names == "1:refused: 2:answered:Luis ");
    std::string order;
    for (const auto node : s.interview().nodes()) {
        if (s.interview().kind(node) == engine::Kind::Text) order += std::string(s.interview().name(node)) + " ";
    }
    CHECK(order == "town who school who school last ");
    const auto second = s.node("person[2]/who");
    CHECK(s.interview().parent(second) == s.node("person[2]"));
    CHECK(s.interview().instance(second) == s.node("person[2]"));
    CHECK(s.interview().repeat_of(s.node("person[2]")) == s.node("person"));
    CHECK_FALSE(s.interview().is_instance(s.node("person")));
    REQUIRE(s.remove("person[2]").empty());
    CHECK_FALSE(s.interview().exists(second));
    CHECK(s.interview().answer(second, "x", s.language()).error().kind == engine::RefusalKind::NoValue);
    CHECK_FALSE(s.interview().jump(second));
}

TEST_CASE("an indicator over a repeat fires when some instance makes it true, and silence never does") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | relevant\n select_one yn | any | A |\n begin repeat | child | C | ${any} = 'yes'\n"
        "integer | age | A |\n end repeat | | |");
    sheets.choices("list_name | name | label\n yn | yes | Y\n yn | no | N");
    sheets.indicators(R"(
indicator | dimension | strength | when                        | label | basis
minor     | d         | weak     | ${age} < 18                 | I     | design
many      | d         | weak     | count(${child}) > 1         | I     | design
none      | d         | weak     | count(${child}) = 0         | I     | design
all       | d         | weak     | sum(${age}) > 50            | I     | design
)");
    Scenario s(sheets);
    CHECK(s.fired().empty());
    REQUIRE(s.answer("any", "yes").empty());
    CHECK(s.fired().empty());
    REQUIRE(s.answer("child[1]/age", "40").empty());
    REQUIRE(s.add("child").empty());
    CHECK(s.fired() == "many()");
    REQUIRE(s.answer("child[2]/age", "12").empty());
    CHECK(s.fired() == "minor(age) many() all(age)");
    REQUIRE(s.skip("child[1]/age").empty());
    CHECK(s.fired() == "minor(age) many()");
    REQUIRE(s.remove("child[1]").empty());
    REQUIRE(s.remove("child[1]").empty());
    CHECK(s.fired() == "none()");
    REQUIRE(s.answer("any", "no").empty());
    CHECK(s.fired().empty());
}

TEST_CASE("a repeat on one page each, and a field-list around a repeat") {
    Sheets sheets;
    sheets.survey(R"(
type         | name | label | appearance
begin repeat | r    | R     | field-list
text         | a    | A     |
text         | b    | B     |
end repeat   |      |       |
begin group  | g    | G     | field-list
text         | c    | C     |
begin repeat | s    | S     |
text         | d    | D     |
end repeat   |      |       |
end group    |      |       |
)");
    Scenario s(sheets);
    CHECK(s.page() == "a[1] b[1]");
    CHECK(s.next() == "more r");
    CHECK(s.next() == "c");
    CHECK(s.next() == "d[1]");
    CHECK(s.next() == "more s");
    CHECK(s.next() == "end");
}

TEST_CASE("faulty repeats are refused with their row") {
    const auto faults = [](const std::string& survey) {
        Sheets sheets;
        sheets.survey(survey);
        const auto loaded = sheets.load();
        return loaded ? std::string() : scenario::all_text(loaded.error());
    };
    CHECK_THAT(faults("type | name | label\n begin repeat | r | R\n text | a | A\n end group | |"),
               ContainsSubstring("row 4, column type: this ends a group, but the repeat 'r' is open"));
    CHECK_THAT(faults("type | name | label\n begin repeat | r | R\n text | a | A"),
               ContainsSubstring("the repeat 'r' is never ended"));
    CHECK_THAT(faults("type | name | label\n text | a | A\n end repeat | |"), ContainsSubstring("no repeat is open"));
    CHECK_THAT(
        faults("type | name | label | repeat_count\n integer | n | N |\n begin repeat | r | R | ${m}\n text | a | "
               "A |\n end repeat | | |"),
        ContainsSubstring("there is no question named 'm'"));
    CHECK_THAT(faults("type | name | label | calculation\n begin repeat | r | R |\n calculate | c | | sum(../../r/c)\n"
                      "end repeat | | |"),
               ContainsSubstring("the value depends on itself: c"));
    CHECK_THAT(faults("type | name | label | calculation | repeat_count\n calculate | n | | count(${r}) |\n"
                      "begin repeat | r | R | | ${n} + 1\n text | a | A | |\n end repeat | | | |"),
               ContainsSubstring("depends on itself"));
}
