#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

TEST_CASE("today and start are the day and the moment the interview began, and nobody is asked") {
    Sheets sheets;
    sheets.survey(R"(
type      | name  | label | calculation
start     | begun |       |
today     | day   |       |
text      | a     | a     |
calculate | next  |       | ${day} + 1 = date('2026-03-11')
)");
    Scenario s = Scenario::in(sheets, {{2026, 3, 10}, 1, 9 * 3'600'000, -360});
    CHECK(s.page() == "a");
    CHECK(s.value("day") == "2026-03-10");
    CHECK(s.value("begun") == "2026-03-10T09:00:00.000-06:00");
    CHECK(s.value("next") == "true");
    const auto answers = s.interview().answers();
    REQUIRE(answers.size() == 4);
    CHECK(answers[0].computed);
    CHECK(answers[1].computed);
}

TEST_CASE("a row of metadata takes no calculation of its own") {
    Sheets sheets;
    sheets.survey("type | name | label | calculation\n today | day | | 1 + 1");
    const auto loaded = sheets.load();
    REQUIRE_FALSE(loaded.has_value());
    CHECK_THAT(scenario::all_text(loaded.error()), Catch::Matchers::ContainsSubstring("has its own value"));
}
