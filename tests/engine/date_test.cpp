#include <catch2/catch_all.hpp>

#include "questionnaires/engine/expression/moment.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

/// 10 March 2026, 14:05:09.250, six hours behind UTC.
constexpr engine::Environment mexico{{2026, 3, 10}, 1, ((14 * 60 + 5) * 60 + 9) * 1000 + 250, -360};
constexpr engine::Environment kolkata{{2026, 3, 10}, 1, 0, 330};

Sheets form_of(std::string_view expression, std::string_view label = "label::English (en)") {
    Sheets sheets;
    sheets.survey("type | name | " + std::string(label) +
                  " | calculation\n date | d | d |\n text | u | u |\n calculate | r | | string(" +
                  std::string(expression) + ")\n");
    return sheets;
}

std::string value_in(const engine::Environment& environment, std::string_view expression) {
    Scenario s = Scenario::in(form_of(expression), environment);
    REQUIRE(s.answer("d", "2026-01-31").empty());
    return s.value("r");
}

struct DateRow {
    std::string_view source;
    std::string_view expression;
    std::string_view expected;
};

}  // namespace

TEST_CASE("date and time functions of the ODK specification, six hours behind UTC") {
    const auto row = GENERATE(values<DateRow>({
        {"today", "today()", "2026-03-10"},
        {"now", "now()", "2026-03-10T14:05:09.250-06:00"},
        {"now", "now() > today()", "true"},
        {"now", "now() < today() + 1", "true"},
        {"date", "date(now())", "2026-03-10"},
        {"date", "date('2026-01-31T23:59:59.999-06:00')", "2026-01-31"},
        {"date: another offset", "date('2026-01-31T23:59:59.999-07:00')", "2026-02-01"},
        {"date", "date(20484.9)", "2026-01-31"},
        {"date", "date(-0.5)", "1969-12-31"},
        {"date: no date", "date('31/01/2026')", ""},
        {"date: no date", "date(${u})", ""},
        {"date: no date", "date(1 div 0)", ""},
        {"date: no date", "date(true())", ""},
        {"date: after year 9999", "date(3000000)", ""},
        {"date-time", "date-time('2026-01-31')", "2026-01-31T00:00:00.000-06:00"},
        {"date-time", "date-time('2026-01-31T10:20Z')", "2026-01-31T04:20:00.000-06:00"},
        {"date-time: days of UTC", "date-time(0.25)", "1970-01-01T00:00:00.000-06:00"},
        {"date-time: no date", "date-time('soon')", ""},
        {"decimal-date-time: days of UTC", "decimal-date-time('1970-01-01T06:00:00.000-06:00')", "0.5"},
        {"decimal-date-time: midnight here", "decimal-date-time('1970-01-01')", "0.25"},
        {"decimal-date-time", "decimal-date-time(0.75)", "0.75"},
        {"decimal-date-time", "decimal-date-time(date('1970-01-02'))", "1.25"},
        {"decimal-date-time: there and back", "date-time(decimal-date-time(now()))", "2026-03-10T14:05:09.250-06:00"},
        {"decimal-time", "decimal-time('12:00:00.000-06:00')", "0.5"},
        {"decimal-time", "decimal-time('18:00')", "0.75"},
        {"decimal-time: another offset", "decimal-time('00:00Z')", "0.75"},
        {"decimal-time", "decimal-time('2026-01-31T06:00')", "0.25"},
        {"decimal-time", "decimal-time(${d})", "0"},
        {"decimal-time", "decimal-time(-0.25)", "0.75"},
        {"decimal-time: no time", "decimal-time('24:00')", ""},
        {"format-date", "format-date('2026-03-05', '%Y/%m/%d')", "2026/03/05"},
        {"format-date", "format-date('2026-03-05', '%e %b %y (%a), %n %%')", "5 Mar 26 (Thu), 3 %"},
        {"format-date", "format-date(${d} + 1, '%d.%m.')", "01.02."},
        {"format-date", "format-date(now(), '%H:%M')", "14:05"},
        {"format-date: computed format", "format-date(${d}, concat('%', 'Q%Y%'))", "%Q2026%"},
        {"format-date: no date", "format-date(${u}, '%Y')", ""},
        {"format-date-time", "format-date-time(now(), '%h.%M %S,%3')", "14.05 09,250"},
        {"format-date-time", "format-date-time('2026-01-31T04:05:06.7', '%H:%M:%S.%3 %h')", "04:05:06.700 4"},
        {"format-date-time: another offset", "format-date-time('2026-01-31T10:20Z', '%H:%M')", "04:20"},
        {"number", "number('1970-01-01T12:00:00.000-06:00')", "0.5"},
        {"number", "number('1970-01-01T12:00:00Z')", "0.25"},
        {"number", "'2026-01-31T12:00' > ${d}", "true"},
        {"number", "int('2026-01-31T12:00') - ${d}", "0"},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_in(mexico, row.expression) == row.expected);
}

TEST_CASE("ahead of UTC a day still begins at midnight on the wall clock") {
    CHECK(value_in(kolkata, "now()") == "2026-03-10T00:00:00.000+05:30");
    CHECK(value_in(kolkata, "now() >= today()") == "true");
    CHECK(value_in(kolkata, "date(now()) = today()") == "true");
    CHECK(value_in(kolkata, "decimal-date-time(date('1970-01-02'))") == "0.7708333333333334");
}

TEST_CASE("at offset zero a time ends in Z, and midnight is what an environment without a time has") {
    CHECK(value_in({{2026, 3, 10}, 1}, "now()") == "2026-03-10T00:00:00.000Z");
}

TEST_CASE("month and day names are in the default language of the form") {
    constexpr std::string_view named = "format-date('2026-08-05', '%a %e %b')";
    CHECK(Scenario(form_of(named, "label::English (en)")).value("r") == "Wed 5 Aug");
    CHECK(Scenario(form_of(named, "label::Español (es)")).value("r") == "mié 5 ago");
    CHECK(Scenario(form_of("format-date('2026-08-09', '%a')", "label::Español (es)")).value("r") == "dom");
}

TEST_CASE("a moment kept in a date question is its day") {
    Sheets sheets;
    sheets.survey(R"(
type | name | label | default
date | d    | d     | now()
text | t    | t     | once(format-date-time(${d}, '%H'))
)");
    Scenario s = Scenario::in(sheets, mexico);
    CHECK(s.value("d") == "2026-03-10");
    CHECK(s.value("t") == "00");
}

TEST_CASE("times that are none") {
    for (const std::string_view text :
         {"", "1:00", "01", "01:", "01:60", "01:00:60", "01:00:00.", "01:00 ", "01:00+1", "01:00+01",
          "01:00+01:", "01:00+01:60", "01:00+15:00", "01:00z", "01:00Z ", "-1:00", "01:00:00,5"}) {
        INFO(text);
        CHECK_FALSE(engine::parse_time(text).has_value());
    }
}

TEST_CASE("a fraction of a second beyond milliseconds is cut") {
    CHECK(engine::parse_time("00:00:00.9999")->milliseconds == 999);
    CHECK(engine::parse_time("00:00:00.5")->milliseconds == 500);
    CHECK(engine::parse_time("23:59:59.999")->milliseconds == engine::day_milliseconds - 1);
}

TEST_CASE("every millisecond comes back from its day number") {
    for (const std::int32_t milliseconds : {0, 1, 999, 43'200'000, 86'399'999}) {
        for (const double day : {-719'162.0, -1.0, 0.0, 20'522.0, 2'932'896.0}) {
            const auto moment = engine::moment_of(day + static_cast<double>(milliseconds) / engine::day_milliseconds);
            REQUIRE(moment.has_value());
            CHECK(static_cast<double>(engine::to_days(moment->date)) == day);
            CHECK(moment->milliseconds == milliseconds);
        }
    }
    CHECK_FALSE(engine::moment_of(2'932'897.0).has_value());
    CHECK_FALSE(engine::moment_of(std::numeric_limits<double>::quiet_NaN()).has_value());
}
