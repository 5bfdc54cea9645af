#include "app/exports/sheet.hpp"

#include <algorithm>
#include <array>

#include "locales/visible.hpp"

namespace app::exports {
namespace {

bool is_decimal(std::string_view text) {
    const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
    return !digits.empty() && digits.front() != '.' && digits.back() != '.' &&
           std::count(digits.begin(), digits.end(), '.') <= 1 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

bool looks_like_formula(std::string_view text) {
    // Wide = + - @, and what looks the same: minus, small and wide forms.
    constexpr std::array<std::string_view, 12> first{"=",
                                                     "+",
                                                     "-",
                                                     "@",
                                                     "\xef\xbc\x9d",
                                                     "\xef\xbc\x8b",
                                                     "\xef\xbc\x8d",
                                                     "\xef\xbc\xa0",
                                                     "\xe2\x88\x92",
                                                     "\xef\xb9\xa6",
                                                     "\xef\xb9\xa2",
                                                     "\xef\xb9\xa3"};
    constexpr std::array<std::string_view, 10> passed{" ",
                                                      "'",
                                                      "\"",
                                                      "\xc2\xa0",
                                                      "\xe2\x80\x98",
                                                      "\xe2\x80\x99",
                                                      "\xe2\x80\x9c",
                                                      "\xe2\x80\x9d",
                                                      "\xe3\x80\x80",
                                                      "\xef\xbb\xbf"};
    const auto begins = [&](const auto& with) {
        return std::find_if(with.begin(), with.end(), [&](auto one) { return text.starts_with(one); });
    };
    for (auto at = begins(passed); at != passed.end(); at = begins(passed)) text.remove_prefix(at->size());
    if (text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) return true;
    return begins(first) != first.end();
}

std::string plain_cell(const Cell& cell) {
    if (cell.type == CellType::Number && is_decimal(cell.text)) return cell.text;
    // Judged as it came: what is written out begins with a backslash.
    return (looks_like_formula(cell.text) ? "'" : "") + locales::visible(cell.text);
}

std::string csv_line(const std::vector<Cell>& cells) {
    std::string line;
    for (const auto& cell : cells) {
        if (&cell != cells.data()) line += ',';
        const auto text = plain_cell(cell);
        if (text.find_first_of(",\"\r\n;\t") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ')) {
            line += text;
            continue;
        }
        line += '"';
        for (const char c : text) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

Cell text_cell(std::string_view text) {
    return {CellType::Text, std::string(text)};
}

Cell number_cell(std::uint64_t number) {
    return {CellType::Number, std::to_string(number)};
}

Cell yes_no_cell(bool yes) {
    return {CellType::YesNo, yes ? "yes" : "no"};
}

}  // namespace app::exports
