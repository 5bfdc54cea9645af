// Proleptic Gregorian dates and day numbers; knows no clock and no time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace questionnaires::engine {

/// A calendar day (ISO 8601, proleptic Gregorian).
struct Date {
    std::int32_t year = 1970;
    std::uint8_t month = 1;
    std::uint8_t day = 1;
    friend bool operator==(const Date&, const Date&) = default;
};

/// Strict "YYYY-MM-DD", years 0001 to 9999, real days only.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text) noexcept;
/// Days since 1970-01-01, negative before; the number ODK gives a date.
[[nodiscard]] std::int64_t to_days(const Date& date) noexcept;
/// Empty outside years 0001 to 9999.
[[nodiscard]] std::optional<Date> from_days(std::int64_t days) noexcept;
/// Writes the ten characters of "YYYY-MM-DD" to `out`; years 0000 to 9999.
void write_date(const Date& date, char* out) noexcept;
[[nodiscard]] std::string to_text(const Date& date);

}  // namespace questionnaires::engine
