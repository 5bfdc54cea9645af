#include <catch2/catch_all.hpp>

#include "locales/translator.hpp"

using locales::Language;
using locales::Translator;
using std::chrono::minutes;

namespace {

std::chrono::year_month_day day(int year, unsigned month, unsigned number) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(number);
}

}  // namespace

TEST_CASE("a long date names weekday, day and month in the order of the language") {
    auto t = Translator::built_in();
    CHECK(t.long_date(day(2026, 11, 23)).view() == "lunes 23 de noviembre");
    CHECK(t.full_date(day(2024, 2, 29)).view() == "jueves, 29 de febrero de 2024");
    CHECK(t.short_date(day(2026, 1, 5)).view() == "5 ene");
    t.set_language(Language::En);
    CHECK(t.long_date(day(2026, 11, 23)).view() == "Monday, November 23");
    CHECK(t.full_date(day(2024, 2, 29)).view() == "Thursday, February 29, 2024");
    CHECK(t.short_date(day(2026, 1, 5)).view() == "Jan 5");
}

TEST_CASE("every weekday and month has its own name in both languages") {
    auto t = Translator::built_in();
    for (const auto language : {Language::Es, Language::En}) {
        t.set_language(language);
        std::vector<std::string> names;
        for (unsigned i = 1; i <= 7; ++i) names.emplace_back(t.long_date(day(2026, 11, i)).view());
        for (unsigned i = 1; i <= 12; ++i) names.emplace_back(t.long_date(day(2026, i, 8)).view());
        for (unsigned i = 1; i <= 12; ++i) names.emplace_back(t.short_date(day(2026, i, 8)).view());
        for (const auto& name : names) CHECK(name.find('[') == std::string::npos);
        std::sort(names.begin(), names.end());
        CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    }
}

TEST_CASE("a day that does not exist gives no text") {
    const auto t = Translator::built_in();
    CHECK(t.long_date(day(2026, 2, 29)).empty());
    CHECK(t.full_date(day(2026, 13, 1)).empty());
    CHECK(t.short_date(day(2026, 1, 0)).empty());
    CHECK(t.relative_day(day(2026, 2, 29), day(2026, 3, 1)).empty());
}

TEST_CASE("recent days are said relative to today, across months and years") {
    auto t = Translator::built_in();
    CHECK(t.relative_day(day(2026, 11, 23), day(2026, 11, 23)).view() == "hoy");
    CHECK(t.relative_day(day(2026, 12, 31), day(2027, 1, 1)).view() == "ayer");
    CHECK(t.relative_day(day(2026, 2, 27), day(2026, 3, 1)).view() == "hace 2 días");
    CHECK(t.relative_day(day(2026, 11, 17), day(2026, 11, 23)).view() == "hace 6 días");
    CHECK(t.relative_day(day(2026, 11, 16), day(2026, 11, 23)).view() == "16 nov");
    CHECK(t.relative_day(day(2026, 11, 24), day(2026, 11, 23)).view() == "24 nov");
    t.set_language(Language::En);
    CHECK(t.relative_day(day(2026, 11, 22), day(2026, 11, 23)).view() == "yesterday");
    CHECK(t.relative_day(day(2026, 11, 20), day(2026, 11, 23)).view() == "3 days ago");
}

TEST_CASE("the clock runs to 24 in Spanish and to 12 in English") {
    auto t = Translator::built_in();
    CHECK(t.clock(minutes(0)).view() == "0:00");
    CHECK(t.clock(minutes(14 * 60 + 32)).view() == "14:32");
    t.set_language(Language::En);
    CHECK(t.clock(minutes(5)).view() == "12:05 AM");
    CHECK(t.clock(minutes(12 * 60)).view() == "12:00 PM");
    CHECK(t.clock(minutes(14 * 60 + 32)).view() == "2:32 PM");
    CHECK(t.clock(minutes(24 * 60)).empty());
    CHECK(t.clock(minutes(-1)).empty());
}
