// Dates and clock of the Translator; the words come from the catalogues.
#include <array>
#include <string>

#include "locales/translator.hpp"

namespace locales {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"date.sunday",   "date.monday", "date.tuesday", "date.wednesday",
                                                      "date.thursday", "date.friday", "date.saturday"};
constexpr std::array<std::string_view, 12> months = {
    "date.january", "date.february", "date.march",     "date.april",   "date.may",      "date.june",
    "date.july",    "date.august",   "date.september", "date.october", "date.november", "date.december"};
constexpr std::array<std::string_view, 12> short_months = {"date.jan",       "date.feb", "date.mar", "date.apr",
                                                           "date.may_short", "date.jun", "date.jul", "date.aug",
                                                           "date.sep",       "date.oct", "date.nov", "date.dec"};

unsigned day_of(std::chrono::year_month_day day) {
    return static_cast<unsigned>(day.day());
}
std::size_t month_of(std::chrono::year_month_day day) {
    return static_cast<unsigned>(day.month()) - 1U;
}
std::size_t weekday_of(std::chrono::year_month_day day) {
    return std::chrono::weekday(std::chrono::sys_days(day)).c_encoding();
}

}  // namespace

Text Translator::long_date(std::chrono::year_month_day day) const {
    if (!day.ok()) return {};
    return tr("date.long",
              {{"weekday", tr(weekdays[weekday_of(day)])}, {"day", day_of(day)}, {"month", tr(months[month_of(day)])}});
}

Text Translator::full_date(std::chrono::year_month_day day) const {
    if (!day.ok()) return {};
    const auto year = std::to_string(static_cast<int>(day.year()));  // no thousands comma
    return tr("date.full", {{"weekday", tr(weekdays[weekday_of(day)])},
                            {"day", day_of(day)},
                            {"month", tr(months[month_of(day)])},
                            {"year", year}});
}

Text Translator::short_date(std::chrono::year_month_day day) const {
    if (!day.ok()) return {};
    return tr("date.short", {{"day", day_of(day)}, {"month", tr(short_months[month_of(day)])}});
}

Text Translator::relative_day(std::chrono::year_month_day day, std::chrono::year_month_day today) const {
    if (!day.ok() || !today.ok()) return {};
    const auto ago = (std::chrono::sys_days(today) - std::chrono::sys_days(day)).count();
    if (ago == 0) return tr("date.today");
    if (ago == 1) return tr("date.yesterday");
    if (ago > 1 && ago < 7) return tr("date.days_ago", {{"count", ago}});
    return short_date(day);
}

Text Translator::clock(std::chrono::minutes since_midnight) const {
    const auto total = since_midnight.count();
    if (total < 0 || total >= 24 * 60) return {};
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const auto hour = total / 60;
    const auto minute = two(total % 60);
    if (language_ == Language::Es) return Text(std::to_string(hour) + ":" + minute);
    return Text(std::to_string(hour % 12 == 0 ? 12 : hour % 12) + ":" + minute + (hour < 12 ? " AM" : " PM"));
}

}  // namespace locales
