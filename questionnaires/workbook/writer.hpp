// Writes the sheets of a questionnaire as CSV in one canonical way; knows nothing about what the columns mean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "questionnaires/engine/diagnostic.hpp"
#include "questionnaires/engine/workbook.hpp"

namespace questionnaires::workbook {

/// Canonical CSV (RFC 4180): LF, quoted only where needed, every row as wide as the widest, no blank rows or columns at
/// the end, blank cells empty. What read_csv reads from it is written to the same bytes again.
[[nodiscard]] std::string write_csv(const engine::Sheet& sheet);

/// The sheet in its canonical form: what write_csv writes, without the detour.
[[nodiscard]] engine::Sheet canonical(const engine::Sheet& sheet);

/// Cells compared in canonical form, sheets by name in any order.
[[nodiscard]] bool same_sheets(const engine::Workbook& a, const engine::Workbook& b);

/// A form without what is refused on purpose, as an import offers it.
struct Offered {
    engine::Workbook workbook;     ///< refused rows are blank, so that all others keep their numbers
    engine::Diagnostics left_out;  ///< one warning for each row, word or sheet that was taken out, with the reason
};
/// Takes out survey rows of a refused type, appearances that start another program, and the entities sheet.
[[nodiscard]] Offered without_refused(engine::Workbook workbook);
/// The same without the rows that `without_refused` made blank.
[[nodiscard]] engine::Workbook compact(const Offered& offered);

}  // namespace questionnaires::workbook
