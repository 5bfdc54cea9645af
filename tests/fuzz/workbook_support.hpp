// What every reading of a spreadsheet owes: clean faults, or sheets within the limits that CSV carries unchanged.
#pragma once

#include <cstdlib>
#include <span>
#include <string>

#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace fuzz {

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

inline void require(bool good) {
    if (!good) std::abort();
}

inline void check_sheet(const engine::Sheet& sheet) {
    require(sheet.rows() <= engine::Limits::rows + 1);
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        require(sheet.width(row) <= engine::Limits::columns);
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
            require(engine::find_unsafe(sheet.cell(row, column)) == std::string_view::npos);
        }
    }
    const std::string csv = workbook::write_csv(sheet);
    if (csv.size() > engine::Limits::file_bytes) return;
    const auto again = workbook::read_csv(sheet.name(), std::as_bytes(std::span(csv.data(), csv.size())));
    require(again.has_value());
    require(workbook::write_csv(*again) == csv);
}

inline void check(const tl::expected<workbook::Spreadsheet, engine::Diagnostics>& read) {
    if (!read) {
        require(engine::has_errors(read.error()));
        for (const auto& fault : read.error()) {
            require(engine::find_unsafe(engine::to_text(fault)) == std::string_view::npos);
        }
        return;
    }
    for (const auto& sheet : read->workbook.sheets) check_sheet(sheet);
    const auto offered = workbook::without_refused(read->workbook);
    for (const auto& sheet : workbook::compact(offered).sheets) check_sheet(sheet);
}

}  // namespace fuzz
