// Times of day, and days with a time, as ODK writes them; knows no clock: the time zone is a parameter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "questionnaires/engine/expression/date.hpp"

namespace questionnaires::engine {

inline constexpr std::int32_t day_milliseconds = 86'400'000;

/// "HH:MM", "HH:MM:SS" or "HH:MM:SS.fff…", then nothing, "Z" or an offset "+HH:MM" (XML Schema 1.0 part 2, time; ODK
/// XForms, data types).
struct TimeOfDay {
    std::int32_t milliseconds = 0;     ///< since midnight, below day_milliseconds
    std::optional<std::int32_t> zone;  ///< minutes east of UTC, when the text says
};
[[nodiscard]] std::optional<TimeOfDay> parse_time(std::string_view text) noexcept;

/// Days since 1970-01-01T00:00 on a wall clock that stands `zone` minutes east of UTC: what dates and times are as
/// numbers. Takes "YYYY-MM-DD", which is midnight, and that with "T" and a time; a time without offset is on the same
/// wall clock.
[[nodiscard]] std::optional<double> parse_days(std::string_view text, std::int32_t zone) noexcept;

/// A wall clock reading.
struct Moment {
    Date date;
    std::int32_t milliseconds = 0;
};
/// To the millisecond; empty outside years 0001 to 9999 and for what is no number.
[[nodiscard]] std::optional<Moment> moment_of(double days) noexcept;

/// Room for the longest text of write_moment.
inline constexpr std::size_t moment_bytes = 29;
/// Writes "2026-03-10T14:05:09.000-06:00", or "…Z" at offset 0, and gives its size.
std::size_t write_moment(const Moment& moment, std::int32_t zone, char* out) noexcept;

/// Room one identifier of a format needs at most.
inline constexpr std::size_t format_identifier_bytes = 8;
/// Whether `letter` after '%' is an identifier of format-date() or format-date-time() (ODK XForms, date and time
/// functions): Y y m n b d e a H h M S 3, and "%%".
[[nodiscard]] bool is_format_identifier(char letter) noexcept;
/// Writes what the identifier stands for and gives its size. Month and day names are Spanish for "es" and English
/// otherwise: they become part of a value, so they are in the form's language and not in that of the screen.
std::size_t write_identifier(char letter, const Moment& moment, std::string_view language, char* out) noexcept;

}  // namespace questionnaires::engine
