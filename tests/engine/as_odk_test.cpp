// Where values, empty node-sets and instances behave as in JavaRosa, ODK's own engine.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets survey(std::string_view text) {
    Sheets sheets;
    sheets.survey(text);
    return sheets;
}

}  // namespace

TEST_CASE("an instance that is added has none of the repeats directly inside it") {
    Scenario s(survey(R"(
type         | name   | label
begin repeat | house  | h
text         | street | s
begin repeat | kid    | k
text         | who    | w
begin repeat | toy    | t
text         | what   | w
end repeat   |        |
end repeat   |        |
end repeat   |        |
)"));
    CHECK(s.count("house[1]/kid") == 1);
    CHECK(s.count("house[1]/kid[1]/toy") == 1);
    REQUIRE(s.add("house").empty());
    CHECK(s.count("house[1]/kid") == 1);
    CHECK(s.count("house[2]/kid") == 0);
    REQUIRE(s.add("house[2]/kid").empty());
    CHECK(s.count("house[2]/kid[1]/toy") == 0);
    REQUIRE(s.add("house[1]/kid").empty());
    CHECK(s.count("house[1]/kid[2]/toy") == 0);
    s.reopen();
    REQUIRE(s.remove("house[1]").empty());
    REQUIRE(s.remove("house[1]").empty());
    REQUIRE(s.add("house").empty());
    CHECK(s.count("house[1]/kid") == 0);
}

TEST_CASE("a repeat in a group of an instance that is added has its first one") {
    Scenario s(survey(R"(
type         | name   | label
begin repeat | house  | h
begin group  | people | p
begin repeat | kid    | k
begin repeat | toy    | t
text         | what   | w
end repeat   |        |
end repeat   |        |
end group    |        |
end repeat   |        |
)"));
    REQUIRE(s.add("house").empty());
    CHECK(s.count("house[2]/kid") == 1);
    CHECK(s.count("house[2]/kid[1]/toy") == 1);
    REQUIRE(s.add("house[2]/kid").empty());
    CHECK(s.count("house[2]/kid[2]/toy") == 0);
}

TEST_CASE("of a counted repeat the first instance has the repeats inside it, the others none") {
    Scenario s(survey(R"(
type         | name  | label | repeat_count
integer      | n     | n     |
begin repeat | house | h     | ${n}
begin repeat | kid   | k     |
text         | who   | w     |
end repeat   |       |       |
end repeat   |       |       |
)"));
    REQUIRE(s.answer("n", "2").empty());
    CHECK(s.count("house[1]/kid") == 1);
    CHECK(s.count("house[2]/kid") == 0);
    s.reopen();
    REQUIRE(s.answer("n", "0").empty());
    s.reopen();
    REQUIRE(s.answer("n", "2").empty());
    CHECK(s.count("house[1]/kid") == 1);
    CHECK(s.count("house[2]/kid") == 0);
}

TEST_CASE("what is irrelevant is the empty text wherever it is compared") {
    Sheets sheets = survey(R"(
type            | name    | label | relevant     | calculation
text            | p       | p     |              |
begin repeat    | kid     | k     |              |
text            | q       | q     | ${p} = 'x'   |
integer         | n       | n     | ${p} = 'x'   |
select_one l    | s       | s     | ${p} = 'x'   |
begin group     | g       | g     | ${p} = 'x'   |
text            | deep    | d     |              |
end group       |         |       |              |
end repeat      |         |       |              |
calculate       | blank   |       |              | count(${kid}[q = ''])
calculate       | other   |       |              | count(${kid}[q != 'a'])
calculate       | turned  |       |              | count(${kid}['' = q])
calculate       | both    |       |              | count(${kid}[q = g/deep])
calculate       | number  |       |              | count(${kid}[n != 3])
calculate       | less    |       |              | count(${kid}[n < 3])
calculate       | inside  |       |              | count(${kid}[g/deep = ''])
calculate       | choice  |       |              | count(${kid}[s = '' or s = 'a'])
calculate       | truth   |       |              | count(${kid}[(q = 'a') = false()])
calculate       | nowhere |       |              | instance('l')/root/item[name = 'z']/label = ''
calculate       | row     |       |              | count(instance('l')/root/item[name != ../item[name = 'z']/name])
)");
    sheets.choices("list_name | name | label\n l | a | A\n l | b | B");
    Scenario s(sheets);
    REQUIRE(s.answer("p", "a").empty());
    CHECK(s.value("blank") == "1");
    CHECK(s.value("other") == "1");
    CHECK(s.value("turned") == "1");
    CHECK(s.value("both") == "1");
    CHECK(s.value("number") == "1");
    CHECK(s.value("less") == "0");
    CHECK(s.value("inside") == "1");
    CHECK(s.value("choice") == "1");
    CHECK(s.value("truth") == "1");
    CHECK(s.value("nowhere") == "true");
    CHECK(s.value("row") == "2");
}

TEST_CASE("what is not found is an empty text between the separators of join()") {
    Sheets sheets = survey(R"(
type         | name  | label | relevant   | calculation
text         | q     | q     |            |
text         | gone  | g     | ${q} = 'x' |
begin repeat | kid   | k     |            |
text         | who   | w     |            |
end repeat   |       |       |            |
calculate    | c     |       |            | join(';', 'a', pulldata('towns', 'mayor', 'key', ${q}), 'z')
calculate    | last  |       |            | join(';', 'a', pulldata('towns', 'mayor', 'key', ${q}))
calculate    | two   |       |            | join(';', instance('towns')/root/item[key = ${q}]/mayor, ${gone}, ${kid}[9]/who, 'z')
calculate    | far   |       |            | join(';', indexed-repeat(${who}, ${kid}, 7), 'z')
calculate    | alone |       |            | join(';', ${kid}[who = 'x']/who)
)");
    sheets.file("towns.csv", "key | mayor\n here | Mo");
    Scenario s(sheets);
    REQUIRE(s.answer("q", "nowhere").empty());
    CHECK(s.value("c") == "a;;z");
    CHECK(s.value("last") == "a;");
    CHECK(s.value("two") == ";;;z");
    CHECK(s.value("far") == ";z");
    CHECK(s.value("alone").empty());
    REQUIRE(s.answer("q", "here").empty());
    CHECK(s.value("c") == "a;Mo;z");
}

TEST_CASE("a computed value has the type of its question") {
    const auto value = [](std::string_view type, std::string_view calculation) {
        Scenario s(
            survey("type | name | label | calculation | read_only\n calculate | c | | 5 div 2 |\n calculate | m | | "
                   "date-time('2026-03-10T14:05:09.000') |\n " +
                   std::string(type) + " | q | q | " + std::string(calculation) + " | yes"));
        return s.value("q");
    };
    CHECK(value("integer", "coalesce(${c}, 1)") == "2");
    CHECK(value("integer", "concat('-', ${c})") == "-2");
    CHECK(value("integer", "5 div 2") == "2");
    CHECK(value("integer", "if(${c} > 2, ${c}, 0)") == "2");
    CHECK(value("integer", "'many'") == "many");
    CHECK(value("decimal", "coalesce(${c}, 1)") == "2.5");
    CHECK(value("text", "coalesce(${c}, 1)") == "2.5");
    CHECK(value("date", "coalesce(${m}, 1)") == "2026-03-10");
    CHECK(value("date", "${m}") == "2026-03-10");
    CHECK(value("time", "${m}") == "14:05:09.000Z");
    CHECK(value("time", "date-time('2026-03-10T14:05:09.000')") == "14:05:09.000Z");
    CHECK(value("dateTime", "date('2026-03-10')") == "2026-03-10T00:00:00.000Z");
    CHECK(value("dateTime", "${m}") == "2026-03-10T14:05:09.000Z");
}

TEST_CASE("a trigger and a default keep the type of their question too") {
    Scenario s(survey(R"(
type      | name | label | calculation | trigger | default
calculate | c    |       | 7 div 2     |         |
integer   | p    | p     |             |         |
integer   | q    | q     | ${c}        | ${p}    |
integer   | r    | r     |             |         | ${c}
)"));
    REQUIRE(s.answer("p", "1").empty());
    CHECK(s.value("q") == "3");
    CHECK(s.value("r") == "3");
}

TEST_CASE("a calculation that is a number, true or false is so where it is asked") {
    Scenario s(survey(R"(
type      | name  | label | calculation | relevant
integer   | age   | a     |             |
calculate | adult |       | ${age} > 17 |
calculate | word  |       | 'false'     |
calculate | again |       | ${adult}    |
text      | q     | q     |             | ${adult}
text      | r     | r     |             | not(${again})
text      | s     | s     |             | ${word}
calculate | sum   |       | ${adult} + 1 |
calculate | is    |       | ${adult} = false() |
calculate | same  |       | ${sum} = '1.0' |
)"));
    REQUIRE(s.answer("age", "5").empty());
    CHECK_FALSE(s.relevant("q"));
    CHECK(s.relevant("r"));
    CHECK(s.relevant("s"));
    CHECK(s.value("adult") == "false");
    CHECK(s.value("sum") == "1");
    CHECK(s.value("is") == "true");
    CHECK(s.value("same") == "true");
    s.reopen();
    CHECK(s.value("same") == "true");
    CHECK_FALSE(s.relevant("q"));
    REQUIRE(s.answer("age", "20").empty());
    CHECK(s.relevant("q"));
    CHECK_FALSE(s.relevant("r"));
    CHECK(s.value("sum") == "2");
}

TEST_CASE("positions that are no number are the first one") {
    Sheets sheets = survey(R"(
type              | name | label | calculation
select_multiple l | m    | m     |
integer           | n    | n     |
calculate         | at   |       | selected-at(${m}, ${n})
calculate         | part |       | substr('hello', ${n})
calculate         | half |       | substr('hello', 1.7, 3.9)
)");
    sheets.choices("list_name | name | label\n l | a | A\n l | b | B");
    Scenario s(sheets);
    REQUIRE(s.answer("m", "a b").empty());
    CHECK(s.value("at") == "a");
    CHECK(s.value("part") == "hello");
    CHECK(s.value("half") == "el");
    REQUIRE(s.answer("n", "1").empty());
    CHECK(s.value("at") == "b");
    CHECK(s.value("part") == "ello");
}

TEST_CASE("instances count as non-empty nodes") {
    Scenario s(survey(R"(
type         | name | label | calculation
begin repeat | kid  | k     |
text         | who  | w     |
end repeat   |      |       |
calculate    | n    |       | count-non-empty(${kid})
calculate    | w    |       | count-non-empty(${who})
)"));
    REQUIRE(s.add("kid").empty());
    CHECK(s.value("n") == "2");
    CHECK(s.value("w") == "0");
}
