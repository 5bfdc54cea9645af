// Spreadsheets: reads a questionnaire from an Office Open XML workbook (ECMA-376) and writes one; knows nothing about
// what the columns mean. The kiosk does not link it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

class Parts;

/// The sheets of a questionnaire, and what is strange about the file without being wrong (hidden sheets); of tables
/// that cannot be read also what is wrong (weigh_tables).
struct Spreadsheet {
    engine::Workbook workbook;
    engine::Diagnostics warnings;
};

/// Pictures and the like make a spreadsheet large; its sheets are counted apart.
inline constexpr std::size_t most_spreadsheet_bytes = 32U << 20U;

/// An .xlsx of at most most_spreadsheet_bytes. Every worksheet, hidden ones too, in the order of the workbook; the
/// sheets of a questionnaire by their usual names whatever the case. Cells are text: whole numbers without ".0", dates
/// as ISO 8601 by their number format, TRUE and FALSE, rich text without its looks, of formulas the value they were
/// saved with, of errors what the spreadsheet shows. They may hold what engine::load refuses. A sheet without a usual
/// name that cannot be one here (a name that no file can have, too long, too wide, damaged) is left out with a warning.
/// A usual sheet may hold more than a form can have, for its author to cut; beyond 16 MiB of text its rows are left out
/// with a warning. Errors: another kind of file (.xls, .ods, locked with a password), damage, a zip bomb, XML that is
/// not plain.
[[nodiscard]] tl::expected<Spreadsheet, engine::Diagnostics> read_xlsx(std::span<const std::byte> bytes);
/// The same from parts that are unpacked already.
[[nodiscard]] tl::expected<Spreadsheet, engine::Diagnostics> read_parts(Parts& parts);

/// A folder of CSV files (read_folder) or an .xlsx file, by what is there and not by its name.
[[nodiscard]] tl::expected<Spreadsheet, engine::Diagnostics> read_spreadsheet(const std::filesystem::path& path);

/// An .xlsx that read_xlsx reads back to the same sheets, which is verified. All cells are text; the same sheets give
/// the same bytes. The usual sheets come first. Errors: a sheet whose name a spreadsheet cannot have, a cell above
/// 32,767 characters, two names that differ in case only, no room for the temporary file.
[[nodiscard]] tl::expected<std::vector<std::byte>, engine::Diagnostics> write_xlsx(const engine::Workbook& workbook);

/// Where a spreadsheet program shows the cell of a fault: "survey!C12", "survey!12" when it has no column, or empty
/// when it has no row.
[[nodiscard]] std::string cell_of(const engine::Workbook& workbook, const engine::Diagnostic& diagnostic);
/// "A", "B", … "AA" of a column counted from 0.
[[nodiscard]] std::string column_letters(std::size_t column);

}  // namespace questionnaires::workbook
