// Repeats whose number of instances is computed.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

TEST_CASE("repeat_count makes as many instances as it says, and people cannot change that") {
    const std::string count = GENERATE(as<std::string>(), "${n}", "${n} + 0", "if(${n} > 0, ${n}, 0)");
    Sheets sheets;
    sheets.survey("type | name | label | repeat_count\n integer | n | N |\n begin repeat | r | R | " + count +
                  "\n text | q | Q |\n end repeat | | |\n text | z | Z |");
    Scenario s(sheets);
    CHECK(s.count("r") == 0);
    CHECK(s.next() == "z");
    CHECK(s.back() == "n");
    REQUIRE(s.answer("n", "2").empty());
    CHECK(s.count("r") == 2);
    CHECK(s.next() == "q[1]");
    CHECK(s.next() == "q[2]");
    CHECK(s.next() == "z");
    CHECK(s.add("r") == "read only");
    CHECK(s.remove("r[1]") == "read only");
    CHECK_FALSE(s.interview().may_change(s.node("r")));
    REQUIRE(s.answer("r[1]/q", "one").empty());
    REQUIRE(s.answer("r[2]/q", "two").empty());
    REQUIRE(s.answer("n", "1").empty());
    CHECK(s.count("r") == 1);
    CHECK(s.value("r[1]/q") == "one");
    REQUIRE(s.answer("n", "2").empty());
    CHECK(s.value("r[2]/q").empty());
    REQUIRE(s.skip("n").empty());
    CHECK(s.count("r") == 0);
}

TEST_CASE("a fixed repeat_count is there from the start") {
    Sheets sheets;
    sheets.survey("type | name | label | repeat_count\n begin repeat | r | R | 3\n text | q | Q |\n end repeat | | |");
    Scenario s(sheets);
    CHECK(s.count("r") == 3);
    CHECK(s.page() == "q[1]");
}

TEST_CASE("a count may ask its own instances whether there is another one") {
    Sheets sheets;
    sheets.survey(R"(
type          | name | label | repeat_count
begin repeat  | r    | R     | count(${r}[more = 'yes']) + 1
select_one yn | more | More? |
end repeat    |      |       |
)");
    sheets.choices("list_name | name | label\n yn | yes | Y\n yn | no | N");
    Scenario s(sheets);
    CHECK(s.count("r") == 1);
    REQUIRE(s.answer("r[1]/more", "yes").empty());
    CHECK(s.count("r") == 2);
    REQUIRE(s.answer("r[2]/more", "yes").empty());
    CHECK(s.count("r") == 3);
    REQUIRE(s.answer("r[2]/more", "no").empty());
    CHECK(s.count("r") == 2);
}
