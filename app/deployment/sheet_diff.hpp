#pragma once
// What differs between two versions of one sheet: rows by what they are called, cells by their headers. Must not know
// what a row means.

#include <functional>
#include <string>
#include <vector>

#include "questionnaires/engine/form/workbook.hpp"

namespace app::deployment {

/// One row or cell.
struct CellDifference {
    enum class How : std::uint8_t { Added, Removed, Changed, Moved };
    How how;
    std::string row;     ///< what the row is called
    std::string header;  ///< of the cell; empty for a whole row
    std::string before;
    std::string after;
};

/// What a row is called; two of one name are told apart by their place among them.
using RowName = std::function<std::string(const questionnaires::engine::Sheet&, std::size_t row)>;

/// The column with that header; nothing when there is none.
[[nodiscard]] std::string cell_under(const questionnaires::engine::Sheet& sheet, std::size_t row,
                                     std::string_view header);

/// Null for a sheet that is not there. Of rows that changed their order the fewest that explain it are said to have
/// moved. Of a row that was added, `after` is the first text in it that is for people, as of one removed `before`.
[[nodiscard]] std::vector<CellDifference> sheet_differences(const questionnaires::engine::Sheet* before,
                                                            const questionnaires::engine::Sheet* after,
                                                            const RowName& name);

}  // namespace app::deployment
