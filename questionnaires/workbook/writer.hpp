// Writes the sheets of a questionnaire as CSV in one canonical way; knows nothing about what the columns mean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

/// Canonical CSV (RFC 4180): LF, quoted only where needed, every row as wide as the widest, no blank rows or columns at
/// the end, blank cells empty. What read_csv reads from it is written to the same bytes again.
[[nodiscard]] std::string write_csv(const engine::Sheet& sheet);

/// The sheet in its canonical form: what write_csv writes, without the detour.
[[nodiscard]] engine::Sheet canonical(const engine::Sheet& sheet);

/// Cells compared in canonical form, sheets by name in any order.
[[nodiscard]] bool same_sheets(const engine::Workbook& a, const engine::Workbook& b);

}  // namespace questionnaires::workbook
