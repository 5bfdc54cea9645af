#include "questionnaires/workbook/xlsx_tables.hpp"

#include <xlsxwriter.h>

#include <algorithm>

#include "questionnaires/engine/expression/date.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/sheet_names.hpp"
#include "questionnaires/workbook/xlsx_values.hpp"

namespace questionnaires::workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_exact_digits = 15;  // of a number in a spreadsheet
constexpr std::size_t most_tables_bytes = std::size_t{1} << 30U;

struct Formats {
    lxw_format* heading;
    lxw_format* day;
};

/// Its value where a spreadsheet holds it exactly.
std::optional<double> number_in(std::string_view text) {
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const double number = engine::parse_number(text);
    if (digits > static_cast<std::ptrdiff_t>(most_exact_digits) || !(number == number)) return std::nullopt;
    return number;
}

lxw_error write_cell(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const TypedCell& cell,
                     const Formats& formats) {
    if (cell.text.empty()) return LXW_NO_ERROR;
    if (cell.type == TypedCell::Type::Number)
        if (const auto number = number_in(cell.text))
            return worksheet_write_number(page, row, column, *number, nullptr);
    if (cell.type == TypedCell::Type::Day)
        if (const auto date = engine::parse_date(cell.text); date && date->year >= 1900) {
            lxw_datetime day{};
            day.year = date->year;
            day.month = static_cast<int>(date->month);
            day.day = static_cast<int>(date->day);
            return worksheet_write_datetime(page, row, column, &day, formats.day);
        }
    if (cell.type == TypedCell::Type::YesNo && (cell.text == "yes" || cell.text == "no"))
        return worksheet_write_boolean(page, row, column, cell.text == "yes" ? 1 : 0, nullptr);
    // A text, whatever it begins with: the library makes a formula only of what it is told is one.
    return worksheet_write_string(page, row, column, escaped_text(cell.text).c_str(),
                                  row == 0 ? formats.heading : nullptr);
}

bool fits(const std::vector<TypedCell>& row) {
    return row.size() <= most_table_columns && std::all_of(row.begin(), row.end(), [](const TypedCell& cell) {
               return escaped_text(cell.text).size() <= most_cell_bytes;
           });
}

bool write_table(lxw_workbook* book, const TypedTable& table, const Formats& formats) {
    auto* const page = workbook_add_worksheet(book, table.name.c_str());
    if (page == nullptr) return false;
    worksheet_freeze_panes(page, 1, 0);
    std::size_t rows = 0;
    const auto write_row = [&](const std::vector<TypedCell>& row) {
        if (rows == most_table_rows || !fits(row)) return false;
        for (std::size_t column = 0; column < row.size(); ++column)
            if (write_cell(page, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(column), row[column], formats) !=
                LXW_NO_ERROR)
                return false;
        ++rows;
        return true;
    };
    if (!std::all_of(table.rows.begin(), table.rows.end(), write_row)) return false;
    if (table.more && !table.more(write_row)) return false;
    if (table.rows.empty() || table.rows.front().empty()) return true;
    const auto last = static_cast<lxw_col_t>(table.rows.front().size() - 1);
    worksheet_set_column(page, 0, last, 18, nullptr);
    return worksheet_autofilter(page, 0, 0, static_cast<lxw_row_t>(rows - 1), last) == LXW_NO_ERROR;
}

bool write_book(std::span<const TypedTable> tables, const fs::path& file, const fs::path& scratch) {
    std::string folder = scratch.string();
    lxw_workbook_options options{};
    options.tmpdir = folder.data();
    options.constant_memory = LXW_TRUE;  // a row is written when the next one begins
    auto* const book = workbook_new_opt(file.c_str(), &options);
    if (book == nullptr) return false;
    lxw_doc_properties properties{};
    properties.created = 946'684'800;  // 2000-01-01: the same tables give the same file
    workbook_set_properties(book, &properties);
    const Formats formats{workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.heading);
    format_set_num_format(formats.day, "yyyy-mm-dd");
    const bool all = std::all_of(tables.begin(), tables.end(),
                                 [&](const TypedTable& table) { return write_table(book, table, formats); });
    if (!all) {
        lxw_workbook_free(book);  // closing looks into a page that could not be begun
        return false;
    }
    return workbook_close(book) == LXW_NO_ERROR;
}

}  // namespace

std::optional<std::vector<std::byte>> write_tables(std::span<const TypedTable> tables, const fs::path& scratch) {
    const auto is_named = [](const TypedTable& table) { return is_sheet_name(table.name); };
    if (tables.empty() || !std::all_of(tables.begin(), tables.end(), is_named)) return std::nullopt;
    const auto file = scratch / "tables.xlsx";
    const bool written = write_book(tables, file, scratch);
    auto bytes = written ? read_bytes(file, "workbook", most_tables_bytes)
                         : tl::expected<std::vector<std::byte>, engine::Diagnostic>();
    std::error_code ignored;
    fs::remove(file, ignored);
    if (!written || !bytes) return std::nullopt;
    return std::move(*bytes);
}

}  // namespace questionnaires::workbook
