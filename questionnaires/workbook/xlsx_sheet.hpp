// One worksheet's XML to rows and cells; only the .xlsx reader includes this.
#pragma once

#include <string>
#include <vector>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"
#include "questionnaires/workbook/xlsx_values.hpp"
#include "questionnaires/workbook/xlsx_xml.hpp"

namespace questionnaires::workbook {

/// What the sheets of a workbook share.
struct Shared {
    std::vector<std::string> strings;
    std::vector<CellFormat> formats;  ///< by cell style
    bool from_1904 = false;
};

/// Faults of one file; keeps the first fifty.
class Faults {
  public:
    void add(engine::Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column,
             engine::Sentence message, engine::Sentence suggestion = {});
    [[nodiscard]] bool full() const noexcept { return found_.size() >= 50; }
    [[nodiscard]] bool empty() const noexcept { return found_.empty(); }
    [[nodiscard]] engine::Diagnostics take() { return std::move(found_); }

  private:
    engine::Diagnostics found_;
};

/// What is written in a worksheet.
struct Worksheet {
    engine::Sheet sheet;
    bool wide = false;          ///< cells beyond Limits::columns are left out
    std::uint32_t cut_row = 0;  ///< the first that is left out, for all the text before it; 0: none
};

/// Reads the rows of a worksheet; blank cells and rows at the ends are left out, so a sheet formatted to its last row
/// is as small as what is written in it. What a cell may hold and how many rows there may be is for the engine to say:
/// an error of the spreadsheet is read as its text, a formula without a value as engine::no_value. It ends where it
/// holds more text than `most` bytes. Faults: damage.
[[nodiscard]] Worksheet read_worksheet(std::string_view name, pugi::xml_node worksheet, const Shared& shared,
                                       std::size_t most, Faults& faults);

}  // namespace questionnaires::workbook
