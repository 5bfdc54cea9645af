// What the number of a spreadsheet cell says to a form author: whole numbers without ".0", dates as ISO 8601; pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace questionnaires::workbook {

/// How a cell's number format shows it.
enum class CellFormat : std::uint8_t { Plain, Date, DateTime, Time };

/// By the number of a built-in format (ECMA-376 part 1, 18.8.30).
[[nodiscard]] CellFormat built_in_format(unsigned id) noexcept;
/// By a format code such as `yyyy\-mm\-dd`.
[[nodiscard]] CellFormat format_of(std::string_view code);

/// The text of a number cell. Fifteen significant digits, as spreadsheets show them; never an exponent. A date is
/// counted from 1899-12-30 (with Lotus' 29 February 1900 before that), or from 1904-01-01. What is no number or no
/// date of the years 1900 to 9999 comes back as it was.
[[nodiscard]] std::string cell_text(std::string_view number, CellFormat format, bool from_1904);

/// ECMA-376 part 1, 22.9.2.19 ST_Xstring: `_x000D_` is a carriage return. Line ends become line feeds.
[[nodiscard]] std::string plain_text(std::string_view text);
/// The reverse, for text that would be taken for such an escape.
[[nodiscard]] std::string escaped_text(std::string_view text);

}  // namespace questionnaires::workbook
