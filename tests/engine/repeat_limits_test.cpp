// What a careless or hostile form can ask of repeats: all of it is bounded, and a refused change changes nothing.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets counted(const std::string& count) {
    Sheets sheets;
    sheets.survey("type | name | label | repeat_count\n integer | n | N |\n begin repeat | r | R | " + count +
                  "\n text | q | Q |\n end repeat | | |");
    return sheets;
}

/// `depth` repeats inside each other, each counted by `count`.
Sheets bomb(int depth, const std::string& count) {
    std::string survey = "type | name | label | repeat_count\n integer | n | N |\n";
    for (int i = 0; i < depth; ++i) {
        survey +=
            "begin repeat | r" + std::to_string(i) + " | R | " + count + "\n text | q" + std::to_string(i) + " | Q |\n";
    }
    for (int i = 0; i < depth; ++i) survey += "end repeat | | |\n";
    Sheets sheets;
    sheets.survey(survey);
    return sheets;
}

engine::RefusalKind refused_at_start(const Sheets& sheets) {
    const auto form = sheets.load();
    REQUIRE(form);
    std::pmr::unsynchronized_pool_resource memory;
    const auto started = engine::Interview::start(*form, &memory, {{2026, 3, 10}, 1});
    REQUIRE_FALSE(started);
    return started.error().kind;
}

}  // namespace

TEST_CASE("a count beyond the limit is refused and takes nothing away") {
    Scenario s(counted("${n}"));
    REQUIRE(s.answer("n", "3").empty());
    REQUIRE(s.answer("r[3]/q", "here").empty());
    const std::string many = GENERATE(as<std::string>(), "2001", "1000000", "999999999999999999");
    CHECK(s.answer("n", many) == "too many");
    CHECK(s.value("n") == "3");
    CHECK(s.count("r") == 3);
    CHECK(s.value("r[3]/q") == "here");
    s.reopen();
    CHECK(s.value("r[3]/q") == "here");
    REQUIRE(s.answer("n", "2000").empty());
    CHECK(s.count("r") == 2000);
}

TEST_CASE("odd counts are no instances") {
    const std::string count = GENERATE(as<std::string>(), "-5", "0 div 0", "'many'", "0.9", "${n}");
    Scenario s(counted(count));
    CHECK(s.count("r") == 0);
}

TEST_CASE("instances added by hand end at the limit") {
    Sheets sheets;
    sheets.survey("type | name | label\n begin repeat | r | R\n text | q | Q\n end repeat | |");
    Scenario s(sheets);
    std::size_t added = 1;
    while (s.add("r").empty()) ++added;
    CHECK(added == engine::Limits::instances);
    CHECK(s.add("r") == "too many");
    REQUIRE(s.remove("r[7]").empty());
    CHECK(s.add("r").empty());
    CHECK(s.interview().size() <= engine::Limits::nodes);
}

TEST_CASE("a repeat bomb is refused at the start or when it is lit") {
    CHECK(refused_at_start(bomb(16, "2")) == engine::RefusalKind::TooMany);
    CHECK(refused_at_start(bomb(2, "1000")) == engine::RefusalKind::TooMany);
    CHECK(refused_at_start(counted("5000")) == engine::RefusalKind::TooMany);
    Scenario s(bomb(16, "${n}"));
    CHECK(s.answer("n", "2") == "too many");
    CHECK(s.count("r0") == 0);
    CHECK(s.answer("n", "1").empty());
    CHECK(s.count("r0") == 1);
}

TEST_CASE("repeats nest to the limit of groups and no deeper") {
    Scenario s(bomb(16, "1"));
    CHECK(s.page() == "n");
    CHECK_FALSE(bomb(17, "1").load().has_value());
}

TEST_CASE("a count that never comes to rest is refused") {
    CHECK(refused_at_start(counted("count(${r}) + 1")) == engine::RefusalKind::TooMany);
    const auto kind = refused_at_start(counted("1 - count(${r})"));
    CHECK((kind == engine::RefusalKind::Budget || kind == engine::RefusalKind::TooMany));
}

TEST_CASE("two thousand instances that sum each other stay within the step budget or are refused", "[long]") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | repeat_count | calculation\n integer | n | N | |\n begin repeat | r | R | ${n} |\n"
        "integer | x | X | |\n calculate | c | | | sum(../../r/x)\n end repeat | | | |");
    Scenario s(sheets);
    REQUIRE(s.answer("n", "50").empty());
    REQUIRE(s.answer("r[50]/x", "7").empty());
    CHECK(s.value("r[1]/c") == "7");
    const std::string taken = s.answer("n", "2000");
    CHECK((taken.empty() || taken == "budget"));
    CHECK(s.value("r[1]/c") == "7");
}

TEST_CASE("wild cards over a large form are refused by the step budget, not by time") {
    std::string survey = "type | name | label | constraint\n";
    for (int i = 0; i < 300; ++i) survey += "text | q" + std::to_string(i) + " | Q |\n";
    survey += "text | end | E | //*[//*[//* = 'x']]\n";
    Sheets sheets;
    sheets.survey(survey);
    Scenario s(sheets);
    CHECK(s.answer("end", "y") == "budget");
}

TEST_CASE("too many wild cards are refused when the form is loaded") {
    std::string survey = "type | name | label | constraint\n";
    for (int i = 0; i < 2000; ++i) survey += "text | q" + std::to_string(i) + " | Q |\n";
    std::string paths = "count(//*)";
    for (int i = 0; i < 300; ++i) paths += " + count(//*)";
    survey += "text | end | E | " + paths + "\n";
    Sheets sheets;
    sheets.survey(survey);
    const auto loaded = sheets.load();
    REQUIRE_FALSE(loaded);
    CHECK_THAT(scenario::all_text(loaded.error()), Catch::Matchers::ContainsSubstring("lead to too many nodes"));
}

TEST_CASE("what counts or sums instances that a refused change made is as before") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | repeat_count | calculation\n integer | n | N | |\n begin repeat | r | R | ${n} |\n"
        "begin repeat | s | S | if(${n} > 3, 900, 1) |\n integer | x | X | |\n end repeat | | | |\n"
        "end repeat | | | |\n calculate | outer | | | count(${r})\n calculate | inner | | | count(${s})");
    Scenario s(sheets);
    REQUIRE(s.answer("n", "1").empty());
    CHECK(s.answer("n", "5") == "too many");
    CHECK(s.value("outer") == "1");
    CHECK(s.value("inner") == "1");
    s.reopen();
    REQUIRE(s.answer("n", "2").empty());
    CHECK(s.value("outer") == "2");
}

TEST_CASE("an instance that a refused change took away comes back with what it had computed") {
    // While the second instance is away, `c` is what it was before, so nothing tells it to compute again.
    Sheets sheets;
    sheets.survey(
        "type | name | label | repeat_count | calculation\n integer | a | A | |\n"
        "begin repeat | r | R | if(${a} = 1, 1, 2) |\n calculate | d | | | concat(${c}, '!')\n end repeat | | | |\n"
        "calculate | c | | | if(${a} = 1 and count(${r}) = 2, 'x', 'y')\n"
        "begin repeat | e | E | if(${a} = 1 and count(${r}) = 1, 3000, 0) |\n text | t | T | |\n end repeat | | | |");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "2").empty());
    REQUIRE(s.value("r[2]/d") == "y!");
    CHECK(s.answer("a", "1") == "too many");
    CHECK(s.count("r") == 2);
    CHECK(s.value("c") == "y");
    CHECK(s.value("r[1]/d") == "y!");
    CHECK(s.value("r[2]/d") == "y!");
}
