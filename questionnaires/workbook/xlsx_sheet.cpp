#include "questionnaires/workbook/xlsx_sheet.hpp"

#include <algorithm>
#include <optional>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/table.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Fault;
using engine::Limits;

/// Of any spreadsheet program.
constexpr std::uint32_t most_rows = 1U << 20U;

/// Column of "C12", counted from 0.
std::optional<std::size_t> column_of(std::string_view reference) noexcept {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (; letters < reference.size() && letters < 4; ++letters) {
        const char c = reference[letters];
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    }
    if (letters == 0 || letters > 3) return std::nullopt;
    return column - 1;
}

class WorksheetReader {
  public:
    WorksheetReader(std::string_view name, const Shared& shared, std::size_t most, Faults& faults)
        : sheet_(std::string(name)), shared_(shared), most_(most), faults_(faults) {}

    Worksheet run(pugi::xml_node worksheet) {
        const pugi::xml_node data = child_of(worksheet, "sheetData");
        for (pugi::xml_node row = data.first_child(); row && !stopped_; row = row.next_sibling()) {
            if (local_name(row.name()) == "row") read_row(row);
        }
        return {std::move(sheet_), wide_, cut_row_};
    }

  private:
    void read_row(pugi::xml_node node) {
        const auto given = attribute_of(node, "r");
        const auto number = given.empty() ? std::optional(row_ + 1) : count_of(given);
        if (!number || *number <= row_) return stop("its rows are not in order");
        row_ = *number;
        if (row_ > most_rows) return stop("its rows are not in order");
        cells_.clear();
        std::size_t next = 0;
        for (pugi::xml_node cell = node.first_child(); cell && !stopped_; cell = cell.next_sibling()) {
            if (local_name(cell.name()) != "c") continue;
            const auto reference = attribute_of(cell, "r");
            const auto column = reference.empty() ? std::optional(next) : column_of(reference);
            if (!column || *column < next) return stop("its cells are not in order");
            next = *column + 1;
            read_cell(cell, *column);
        }
        if (!cells_.empty() && !stopped_) add_row();
    }

    void read_cell(pugi::xml_node cell, std::size_t column) {
        std::string text = value_of(cell, column);
        if (engine::trim(text).empty()) return;
        if (column >= Limits::columns) {
            wide_ = true;
            return;
        }
        bytes_ += text.size();
        if (bytes_ > most_) {
            cut_row_ = row_;
            stopped_ = true;
            return;
        }
        if (cells_.size() <= column) cells_.resize(column + 1);
        cells_[column] = std::move(text);
    }

    /// ECMA-376 part 1, 18.18.11 ST_CellType.
    std::string value_of(pugi::xml_node cell, std::size_t column) {
        const std::string_view type = attribute_of(cell, "t");
        if (type == "inlineStr") return string_item(child_of(cell, "is"));
        const pugi::xml_node value = child_of(cell, "v");
        if (!value) {
            return child_of(cell, "f") ? std::string(engine::no_value) : std::string();
        }
        std::string text = text_of(value);
        if (type == "s") return shared_string(text, column);
        if (type == "str") return plain_text(text);
        if (type == "b") return text == "1" ? "TRUE" : "FALSE";
        if (type == "e") return text;
        if (type == "d") return plain_text(text);
        return cell_text(text, format_at(cell), shared_.from_1904);
    }

    std::string shared_string(std::string_view text, std::size_t column) {
        const auto index = count_of(text);
        if (index && *index < shared_.strings.size()) return shared_.strings[*index];
        fault(Fault::Structure, column, "the text of the cell is not in the file");
        return {};
    }

    [[nodiscard]] CellFormat format_at(pugi::xml_node cell) const {
        const auto style = count_of(attribute_of(cell, "s"));
        return style && *style < shared_.formats.size() ? shared_.formats[*style] : CellFormat::Plain;
    }

    void add_row() {
        while (sheet_.rows() + 1 < row_) sheet_.end_row();
        for (const std::string& cell : cells_) sheet_.add_cell(cell);
        sheet_.end_row();
    }

    /// By letters, as the spreadsheet shows it: the header may be what is wrong.
    void fault(Fault kind, std::size_t column, engine::Sentence message, engine::Sentence suggestion = {}) {
        faults_.add(kind, sheet_.name(), row_, column_letters(column), std::move(message), std::move(suggestion));
        stopped_ = stopped_ || faults_.full();
    }

    void stop(engine::Sentence message) {
        faults_.add(Fault::Structure, sheet_.name(), 0, {}, std::move(message));
        stopped_ = true;
    }

    engine::Sheet sheet_;
    const Shared& shared_;
    std::size_t most_;
    Faults& faults_;
    std::vector<std::string> cells_;
    std::uint32_t row_ = 0;
    std::size_t bytes_ = 0;
    bool wide_ = false;
    std::uint32_t cut_row_ = 0;
    bool stopped_ = false;
};

}  // namespace

void Faults::add(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column,
                 engine::Sentence message, engine::Sentence suggestion) {
    if (full()) return;
    found_.push_back({engine::Severity::Error, fault, std::string(sheet), row, std::string(column), std::move(message),
                      std::move(suggestion)});
}

Worksheet read_worksheet(std::string_view name, pugi::xml_node worksheet, const Shared& shared, std::size_t most,
                         Faults& faults) {
    return WorksheetReader(name, shared, most, faults).run(worksheet);
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (++column; column > 0; column = (column - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + static_cast<char>((column - 1) % 26)));
    }
    return letters;
}

}  // namespace questionnaires::workbook
