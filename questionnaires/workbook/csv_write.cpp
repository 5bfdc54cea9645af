#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/workbook/writer.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Sheet;

struct Size {
    std::size_t rows = 0;
    std::size_t columns = 0;
};

Size written_size(const Sheet& sheet) {
    Size size;
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
            if (engine::trim(sheet.cell(row, column)).empty()) continue;
            size = {row + 1, std::max(size.columns, column + 1)};
        }
    }
    return size;
}

std::string_view written_cell(const Sheet& sheet, std::size_t row, std::size_t column) {
    const std::string_view cell = sheet.cell(row, column);
    return engine::trim(cell).empty() ? std::string_view() : cell;
}

void append_cell(std::string& text, std::string_view cell) {
    const bool quoted = cell.find_first_of(",\"\n\r") != std::string_view::npos || engine::trim(cell) != cell;
    if (!quoted) {
        text += cell;
        return;
    }
    text += '"';
    for (const char c : cell) {
        if (c == '"') text += '"';
        text += c;
    }
    text += '"';
}

}  // namespace

std::string write_csv(const Sheet& sheet) {
    const Size size = written_size(sheet);
    std::string text;
    for (std::size_t row = 0; row < size.rows; ++row) {
        for (std::size_t column = 0; column < size.columns; ++column) {
            if (column > 0) text += ',';
            append_cell(text, written_cell(sheet, row, column));
        }
        text += '\n';
    }
    return text;
}

Sheet canonical(const Sheet& sheet) {
    const Size size = written_size(sheet);
    Sheet result{std::string(sheet.name())};
    for (std::size_t row = 0; row < size.rows; ++row) {
        for (std::size_t column = 0; column < size.columns; ++column) {
            result.add_cell(written_cell(sheet, row, column));
        }
        result.end_row();
    }
    return result;
}

bool same_sheets(const engine::Workbook& a, const engine::Workbook& b) {
    if (a.sheets.size() != b.sheets.size()) return false;
    return std::all_of(a.sheets.begin(), a.sheets.end(), [&](const Sheet& sheet) {
        const Sheet* const other = b.find(sheet.name());
        return other != nullptr && write_csv(sheet) == write_csv(*other);
    });
}

}  // namespace questionnaires::workbook
