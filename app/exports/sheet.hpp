// A table of typed cells, and the ways in which text becomes a cell that no spreadsheet takes for a formula. Knows
// nothing of screenings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app::exports {

enum class CellType : std::uint8_t { Text, Number, Day, YesNo };

struct Cell {
    CellType type = CellType::Text;
    std::string text;  ///< empty: nothing. Number: decimal digits; Day: "2026-11-24"; YesNo: "yes" or "no"
};

/// What a spreadsheet would take for a formula, as every one of them does or did: it begins with = + - @, a tab or a
/// line end, in wide letters too, after blanks and quotes as well. A number is none.
[[nodiscard]] bool looks_like_formula(std::string_view text);
/// As one line without what steers or hides, and with an apostrophe before what looks like a formula.
[[nodiscard]] std::string plain_cell(const Cell& cell);
/// RFC 4180: comma, quotes where they are needed, CRLF at the end.
[[nodiscard]] std::string csv_line(const std::vector<Cell>& cells);
/// What a CSV file begins with, so that spreadsheets read it as UTF-8.
inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// A text, a number, yes or no.
[[nodiscard]] Cell text_cell(std::string_view text);
[[nodiscard]] Cell number_cell(std::uint64_t number);
[[nodiscard]] Cell yes_no_cell(bool yes);

}  // namespace app::exports
