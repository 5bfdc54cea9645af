#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/sheet_names.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "questionnaires/workbook/xlsx.hpp"
#include "questionnaires/workbook/xlsx_sheet.hpp"

namespace questionnaires::workbook {
namespace {

namespace fs = std::filesystem;
using engine::Diagnostics;
using engine::Fault;
using engine::Sheet;

constexpr std::size_t most_characters = 32'767;

/// A folder for the library's temporary files and its result; removed with everything in it.
class Scratch {
  public:
    Scratch() {
        std::error_code error;
        std::string name = (fs::temp_directory_path(error) / "amparo-xlsx-XXXXXX").string();
        if (!error && ::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::vector<const Sheet*> in_usual_order(const engine::Workbook& workbook) {
    std::vector<const Sheet*> sheets;
    for (const Sheet& sheet : workbook.sheets) sheets.push_back(&sheet);
    const auto rank = [](const Sheet* sheet) {
        return std::find(usual_sheets.begin(), usual_sheets.end(), sheet->name()) - usual_sheets.begin();
    };
    std::sort(sheets.begin(), sheets.end(), [&](const Sheet* a, const Sheet* b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : a->name() < b->name();
    });
    return sheets;
}

/// What the format cannot hold is said before anything is written.
void check(const std::vector<const Sheet*>& sheets, Faults& faults) {
    std::set<std::string> names;
    if (sheets.empty()) faults.add(Fault::Structure, {}, 0, {}, "there are no sheets");
    for (const Sheet* const sheet : sheets) {
        if (!is_sheet_name(sheet->name())) {
            const bool clean = engine::find_unsafe(sheet->name()) == std::string_view::npos;
            faults.add(Fault::Name, clean ? sheet->name() : std::string_view(), 0, {},
                       "a spreadsheet cannot have a sheet of this name",
                       engine::said("at most 31 characters, and none of {}", "[]:*?/\\"));
            continue;
        }
        if (!names.insert(engine::lower(sheet->name())).second) {
            faults.add(Fault::Name, sheet->name(), 0, {}, "another sheet has this name but for its case");
        }
        for (std::size_t row = 0; row < sheet->rows(); ++row) {
            for (std::size_t column = 0; column < sheet->width(row); ++column) {
                // Bytes are never fewer than the UTF-16 units that the limit counts.
                if (escaped_text(sheet->cell(row, column)).size() <= most_characters) continue;
                faults.add(Fault::Limit, sheet->name(), static_cast<std::uint32_t>(row + 1), column_letters(column),
                           engine::said("a cell of a spreadsheet holds at most {} characters", "32767"));
            }
        }
    }
}

bool write_sheet(lxw_workbook* book, const Sheet& sheet, lxw_format* heading) {
    const std::string name(sheet.name());
    lxw_worksheet* const page = workbook_add_worksheet(book, name.c_str());
    if (page == nullptr) return false;
    const Sheet cells = canonical(sheet);
    worksheet_freeze_panes(page, 1, 0);
    if (cells.rows() > 0 && cells.width(0) > 0) {
        worksheet_set_column(page, 0, static_cast<lxw_col_t>(cells.width(0) - 1), 24, nullptr);
    }
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        for (std::size_t column = 0; column < cells.width(row); ++column) {
            if (cells.cell(row, column).empty()) continue;
            const std::string text = escaped_text(cells.cell(row, column));
            const auto written =
                worksheet_write_string(page, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), text.c_str(),
                                       row == 0 ? heading : nullptr);
            if (written != LXW_NO_ERROR) return false;
        }
    }
    return true;
}

bool write_file(const fs::path& file, const fs::path& scratch, const std::vector<const Sheet*>& sheets) {
    std::string folder = scratch.string();
    lxw_workbook_options options{};
    options.tmpdir = folder.data();
    lxw_workbook* const book = workbook_new_opt(file.c_str(), &options);
    if (book == nullptr) return false;
    // A form says nothing of when it was written, and the same sheets give the same file.
    lxw_doc_properties properties{};
    properties.created = 946'684'800;  // 2000-01-01
    workbook_set_properties(book, &properties);
    lxw_format* const heading = workbook_add_format(book);
    format_set_bold(heading);
    const bool all = std::all_of(sheets.begin(), sheets.end(),
                                 [&](const Sheet* sheet) { return write_sheet(book, *sheet, heading); });
    return workbook_close(book) == LXW_NO_ERROR && all;
}

}  // namespace

tl::expected<std::vector<std::byte>, Diagnostics> write_xlsx(const engine::Workbook& workbook) {
    const auto sheets = in_usual_order(workbook);
    Faults faults;
    check(sheets, faults);
    if (!faults.empty()) return tl::unexpected(faults.take());
    const auto stop = [&](engine::Sentence message) {
        faults.add(Fault::Structure, {}, 0, {}, std::move(message));
        return tl::unexpected(faults.take());
    };
    const Scratch scratch;
    const fs::path file = scratch.path() / "form.xlsx";
    if (scratch.path().empty() || !write_file(file, scratch.path(), sheets)) {
        return stop("there is no room for a temporary file");
    }
    auto bytes = read_bytes(file, {});
    if (!bytes) return tl::unexpected(Diagnostics{bytes.error()});
    const auto again = read_xlsx(*bytes);
    if (!again) return tl::unexpected(again.error());
    if (!same_sheets(workbook, again->workbook)) return stop("the spreadsheet would not read back the same");
    return std::move(*bytes);
}

}  // namespace questionnaires::workbook
