#include "questionnaires/workbook/xlsx_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::workbook {
namespace {

constexpr double last_day = 2'958'465;  // 9999-12-31

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// "1.5E-7" without its exponent; nothing when it is no number of a sensible size.
std::optional<double> number_of(std::string_view text) {
    const std::size_t at = text.find_first_of("eE");
    if (at == std::string_view::npos) {
        const double value = engine::parse_number(text);
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    const double mantissa = engine::parse_number(text.substr(0, at));
    std::string_view digits = text.substr(at + 1);
    const bool small = !digits.empty() && digits.front() == '-';
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
    if (!std::isfinite(mantissa) || digits.empty() || digits.size() > 3) return std::nullopt;
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
    const double value = mantissa * std::pow(10.0, engine::parse_number(digits) * (small ? -1 : 1));
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Fifteen significant digits, zeros at the end dropped.
std::optional<std::string> decimal_text(double value) {
    std::array<char, 40> room{};
    const int length = std::snprintf(room.data(), room.size(), "%.14e", std::fabs(value));
    const std::string_view text(room.data(), static_cast<std::size_t>(std::max(length, 0)));
    const std::size_t at = text.find('e');
    if (at == std::string_view::npos) return std::nullopt;
    std::string digits;
    for (const char c : text.substr(0, at)) {
        if (is_digit(c)) digits += c;
    }
    const int exponent = static_cast<int>(std::strtol(room.data() + at + 1, nullptr, 10));
    if (exponent > 20 || exponent < -20) return std::nullopt;
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    const std::string sign = value < 0 ? "-" : "";
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
    return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

/// Gregorian date of a number of days after 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
std::string date_text(long days) {
    const long z = days + 719'468;
    const long era = z / 146'097;
    const long day_of_era = z - era * 146'097;
    const long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const long shifted = (5 * day_of_year + 2) / 153;
    const long day = day_of_year - (153 * shifted + 2) / 5 + 1;
    const long month = shifted < 10 ? shifted + 3 : shifted - 9;
    const long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    std::array<char, 80> room{};
    std::snprintf(room.data(), room.size(), "%04ld-%02ld-%02ld", year, month, day);
    return room.data();
}

std::string time_text(long seconds) {
    std::array<char, 80> room{};
    std::snprintf(room.data(), room.size(), "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return room.data();
}

std::optional<std::string> moment_text(double serial, CellFormat format, bool from_1904) {
    constexpr long day_seconds = 86'400;
    if (!(serial >= 0) || serial >= last_day + 1) return std::nullopt;
    auto days = static_cast<long>(std::floor(serial));
    long seconds = std::lround((serial - std::floor(serial)) * day_seconds);
    if (seconds == day_seconds) {
        ++days;
        seconds = 0;
    }
    if (format == CellFormat::Time) return days == 0 ? std::optional(time_text(seconds)) : std::nullopt;
    constexpr long from_1899 = -25'569;   // 1899-12-30
    constexpr long first_1904 = -24'107;  // 1904-01-01
    if (!from_1904 && (days == 0 || days == 60)) return std::nullopt;
    if (!from_1904 && days < 60) ++days;  // day 60 is a 29 February 1900 that never was
    const long day = days + (from_1904 ? first_1904 : from_1899);
    if (static_cast<double>(day - from_1899) > last_day) return std::nullopt;
    std::string text = date_text(day);
    if (format == CellFormat::DateTime || seconds != 0) text += "T" + time_text(seconds);
    return text;
}

/// The code of `_xHHHH_` at this place.
std::optional<unsigned> escape_at(std::string_view text, std::size_t at) noexcept {
    if (text.size() - at < 7 || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return std::nullopt;
    unsigned code = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (!is_digit(c) && !letter) return std::nullopt;
        code = code * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return code;
}

void append_utf8(std::string& text, unsigned code) {
    const auto byte = [&](unsigned value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

}  // namespace

CellFormat built_in_format(unsigned id) noexcept {
    if (id == 22) return CellFormat::DateTime;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return CellFormat::Date;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return CellFormat::Time;
    return CellFormat::Plain;
}

CellFormat format_of(std::string_view code) {
    const std::string text = engine::lower(code);
    if (text.substr(0, 7) == "general") return CellFormat::Plain;
    bool date = false;
    bool time = false;
    bool month = false;
    for (std::size_t i = 0; i < text.size() && text[i] != ';'; ++i) {
        const char c = text[i];
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '"') {
            i = std::min(text.find('"', i + 1), text.size());
        } else if (c == '[') {
            const std::size_t end = std::min(text.find(']', i), text.size());
            const std::string inside = text.substr(i + 1, end - i - 1);
            time = time || (!inside.empty() && inside.find_first_not_of(inside.front()) == std::string::npos &&
                            std::string_view("hms").find(inside.front()) != std::string_view::npos);
            i = end;
        } else {
            date = date || c == 'y' || c == 'd';
            time = time || c == 'h' || c == 's';
            month = month || c == 'm';
        }
    }
    date = date || (month && !time);
    if (date && time) return CellFormat::DateTime;
    if (date) return CellFormat::Date;
    return time ? CellFormat::Time : CellFormat::Plain;
}

std::string cell_text(std::string_view number, CellFormat format, bool from_1904) {
    number = engine::trim(number);
    const auto value = number_of(number);
    if (!value) return std::string(number);
    if (format != CellFormat::Plain) {
        if (auto moment = moment_text(*value, format, from_1904)) return *std::move(moment);
    }
    if (*value == 0) return "0";
    return decimal_text(*value).value_or(std::string(number));
}

std::string plain_text(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto code = text[i] == '_' ? escape_at(text, i) : std::nullopt;
        if (!code || (*code >= 0xD800 && *code <= 0xDFFF)) {
            decoded += text[i++];
            continue;
        }
        append_utf8(decoded, *code);
        i += 7;
    }
    std::string result;
    result.reserve(decoded.size());
    for (std::size_t i = 0; i < decoded.size(); ++i) {
        if (decoded[i] != '\r') {
            result += decoded[i];
        } else if (i + 1 == decoded.size() || decoded[i + 1] != '\n') {
            result += '\n';
        }
    }
    return result;
}

std::string escaped_text(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_' && escape_at(text, i)) result += "_x005F";
        result += text[i];
    }
    return result;
}

}  // namespace questionnaires::workbook
