// Cells whose spaces are plain ones whatever kinds they hold; texts for people keep theirs.
#include <algorithm>

#include "questionnaires/engine/expression/typing.hpp"
#include "questionnaires/engine/form/table.hpp"

namespace questionnaires::engine {

namespace {

std::string plain(std::string_view cell) {
    return plain_spaces(trim_spaces(cell));
}

/// A copy in which the cells that `is_plain(row, column)` holds for have plain spaces only.
template <typename IsPlain>
std::shared_ptr<const Sheet> with_plain_spaces(const Sheet& sheet, const IsPlain& is_plain) {
    auto copy = std::make_shared<Sheet>(std::string(sheet.name()));
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
            const std::string_view cell = sheet.cell(row, column);
            if (is_plain(row, column) && has_odd_spaces(cell)) {
                copy->add_cell(plain(cell));
            } else {
                copy->add_cell(cell);
            }
        }
        copy->end_row();
    }
    return copy;
}

}  // namespace

std::string plain_header(const Sheet& sheet, std::size_t column) {
    return plain(sheet.cell(0, column));
}

void Table::plain_headers() {
    bool odd = false;
    for (std::size_t column = 0; column < sheet_->width(0); ++column) {
        odd = odd || has_odd_spaces(sheet_->cell(0, column));
    }
    if (!odd) return;
    plain_ = with_plain_spaces(*sheet_, [](std::size_t row, std::size_t) { return row == 0; });
    sheet_ = plain_.get();
}

bool Table::is_text(SheetColumn column, std::span<const ColumnInfo> columns) const noexcept {
    for (const Header& header : headers_) {
        if (header.column != column) continue;
        const auto info = std::find_if(columns.begin(), columns.end(),
                                       [&](const ColumnInfo& known) { return known.name == header.canonical; });
        return info != columns.end() && (info->translated || info->text);
    }
    return std::none_of(extra_.begin(), extra_.end(), [&](const auto& extra) { return extra.second == column; });
}

/// One note for each column, so that a sheet pasted from elsewhere says it once.
void Table::plain_cells(std::span<const ColumnInfo> columns, Reporter& reporter) {
    Indexed<SheetColumn, std::vector<bool>> plain(sheet_->width(0));
    for (const SheetColumn column : plain.ids()) plain[column] = !is_text(column, columns);
    bool any = false;
    for (const SheetColumn column : plain.ids()) {
        for (std::size_t row = 1; plain[column] && row < rows(); ++row) {
            if (!has_odd_spaces(sheet_->cell(row, column.index))) continue;
            any = true;
            reporter.warning(Fault::Encoding, name(), static_cast<std::uint32_t>(row + 1), header(column),
                             "no-break and other special spaces in this column are read as plain ones");
            break;
        }
    }
    if (!any) return;
    plain_ = with_plain_spaces(*sheet_, [&](std::size_t row, std::size_t column) {
        return row > 0 && column < plain.size() && plain[SheetColumn::at(column)];
    });
    sheet_ = plain_.get();
}

}  // namespace questionnaires::engine
