#include "questionnaires/engine/expression/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace questionnaires::engine {

bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view take_word(std::string_view& rest) noexcept {
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest.size() && !is_space(rest[end])) ++end;
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    return word;
}

bool has_word(std::string_view list, std::string_view word) noexcept {
    for (std::string_view next = take_word(list); !next.empty(); next = take_word(list)) {
        if (next == word) return true;
    }
    return false;
}

bool has_words(std::string_view list, std::string_view words) noexcept {
    if (words.find(' ') == std::string_view::npos) return has_word(list, words);
    for (std::size_t at = list.find(words); at != std::string_view::npos; at = list.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        const bool begins = at == 0 || is_space(list[at - 1]);
        if (begins && (end == list.size() || is_space(list[end]))) return true;
    }
    return false;
}

std::size_t count_words(std::string_view list) noexcept {
    std::size_t count = 0;
    while (!take_word(list).empty()) ++count;
    return count;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool is_yes(std::string_view text) {
    const std::string word = lower(trim(text));
    return word == "yes" || word == "true" || word == "true()";
}

std::string quote(std::string_view text) {
    constexpr std::size_t room = 60;
    std::string result = "'";
    if (text.size() <= room) {
        result += text;
    } else {
        std::size_t end = room;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        result += text.substr(0, end);
        result += "…";
    }
    result += '\'';
    return result;
}

bool is_name(std::string_view text) noexcept {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    };
    if (text.empty() || text.size() > 255 || !letter(text.front())) return false;
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

double parse_number(std::string_view text) noexcept {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    text = trim(text);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    std::uint64_t mantissa = 0;
    int exponent = 0;
    bool any = false;
    bool point = false;
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return nan;
        any = true;
        if (mantissa <= (std::numeric_limits<std::uint64_t>::max() - 9) / 10) {
            mantissa = mantissa * 10 + static_cast<std::uint64_t>(c - '0');
            if (point) --exponent;
        } else if (!point) {
            ++exponent;  // digits beyond the nineteenth only move the point
        }
    }
    if (!any) return nan;
    // Both operands exact below 2^53 and 10^22: one rounding (Clinger 1990). Beyond, long double keeps 64 bits.
    constexpr std::uint64_t exact = 1ULL << 53U;
    double value = static_cast<double>(mantissa);
    if (exponent != 0 && mantissa != 0) {
        if (mantissa <= exact && exponent >= -22 && exponent < 0) {
            value /= std::pow(10.0, -exponent);
        } else {
            value = static_cast<double>(static_cast<long double>(mantissa) *
                                        std::pow(10.0L, static_cast<long double>(exponent)));
        }
    }
    return negative ? -value : value;
}

std::optional<double> parse_integer(std::string_view text) noexcept {
    const std::string_view digits = !text.empty() && text.front() == '-' ? text.substr(1) : text;
    if (digits.empty() || digits.size() > 18) return std::nullopt;
    const bool all = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!all) return std::nullopt;
    return parse_number(text);
}

std::string_view format_number(double number, NumberText& room) noexcept {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    if (number == 0) return "0";  // negative zero too
    const auto end = [&] {
        if (std::abs(number) < 1e15 && number == std::trunc(number)) {
            return std::to_chars(std::begin(room.bytes), std::end(room.bytes), static_cast<std::int64_t>(number)).ptr;
        }
        return std::to_chars(std::begin(room.bytes), std::end(room.bytes), number, std::chars_format::fixed).ptr;
    }();
    return {room.bytes, static_cast<std::size_t>(end - room.bytes)};
}

namespace {

/// Insertions, deletions, replacements and swapped neighbours (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates) {
    if (text.empty() || text.size() > 64) return {};
    const std::string wanted = lower(text);
    std::size_t best = std::max<std::size_t>(1, text.size() / 3) + 1;
    std::string_view result;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > text.size() + best || candidate.size() + best < text.size()) continue;
        const std::size_t distance = edit_distance(wanted, lower(candidate));
        if (distance < best) {
            best = distance;
            result = candidate;
        }
    }
    return result;
}

Sentence did_you_mean(std::string_view text, std::span<const std::string_view> candidates) {
    const std::string_view name = nearest(text, candidates);
    return name.empty() ? Sentence() : said("did you mean {}?", name);
}

}  // namespace questionnaires::engine
