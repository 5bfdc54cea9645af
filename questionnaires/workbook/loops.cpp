// `begin loop over LIST`, as pyxform writes it out: the rows once for each choice of the list, in a group of its own.
#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/survey_types.hpp"
#include "questionnaires/workbook/offer.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Fault;
using engine::Severity;
using engine::Sheet;
using engine::TypeCell;

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// A column of a text, with its language; `language` is empty where it names none.
struct LabelColumn {
    std::size_t at = no_column;
    std::string language;
};

struct LoopColumns {
    explicit LoopColumns(const Sheet& sheet) {
        for (std::size_t column = 0; column < sheet.width(0); ++column) {
            const auto parts =
                engine::parts_of_header(engine::usual_columns(sheet.name()), engine::plain_header(sheet, column));
            if (!parts) continue;
            languages.resize(sheet.width(0));
            languages[column] = parts->language;
            if (parts->canonical == "label") labels.push_back({column, parts->language});
            if (parts->canonical == "type") type = column;
            if (parts->canonical == "name") name = column;
            if (parts->canonical == "list_name") list = column;
        }
    }
    /// The label in a language; the first of all where there is none.
    [[nodiscard]] std::size_t label_in(const std::string& language) const {
        for (const LabelColumn& label : labels) {
            if (engine::same_language(engine::parse_language(label.language), engine::parse_language(language))) {
                return label.at;
            }
        }
        return labels.empty() ? no_column : labels.front().at;
    }

    std::size_t type = no_column;
    std::size_t name = no_column;
    std::size_t list = no_column;
    std::vector<LabelColumn> labels;
    std::vector<std::string> languages;  ///< by column
};

/// The list of "begin loop over l"; empty for any other cell.
std::string_view looped_list(std::string_view cell) {
    std::string text = engine::lower(cell);
    std::replace(text.begin(), text.end(), '_', ' ');
    std::string_view rest = text;
    for (const std::string_view word : {"begin", "loop", "over"}) {
        if (engine::take_word(rest) != word) return {};
    }
    const std::string_view list = engine::trim(cell.substr(cell.size() - rest.size()));
    return list.find_first_of(" \t\n") == std::string_view::npos ? list : std::string_view();
}

/// "%(label)s" in a cell, as pyxform replaces it.
std::string filled_in(std::string cell, std::string_view hole, std::string_view text) {
    for (std::size_t at = cell.find(hole); at != std::string::npos; at = cell.find(hole, at + text.size())) {
        cell.replace(at, hole.size(), text);
    }
    return cell;
}

class LoopWriter {
  public:
    LoopWriter(const Sheet& survey, const Sheet& choices, Offered& offered)
        : survey_(survey), choices_(choices), offered_(offered), columns_(survey), choice_columns_(choices) {}

    /// Writes out the first loop from `row` on that can be; no_column when there is none.
    std::size_t find(std::size_t row) {
        for (; row < survey_.rows() && columns_.type != no_column && columns_.name != no_column; ++row) {
            const std::string_view list = looped_list(engine::trim(survey_.cell(row, columns_.type)));
            if (list.empty()) continue;
            choose(list);
            end_ = end_of(row);
            if (end_ != no_column && !items_.empty()) return row;
        }
        return no_column;
    }

    /// The survey with the loop that begins at `begin` written out; empty when it would be too long.
    [[nodiscard]] Sheet written(std::size_t begin, std::vector<std::uint32_t>& rows) {
        const std::size_t more = items_.size() * (end_ - begin + 1);
        Sheet result{std::string(survey_.name())};
        std::vector<std::uint32_t> now;
        if (survey_.rows() + more > engine::Limits::rows + 1) return result;
        const auto end_row = [&](std::size_t row) {
            result.end_row();
            now.push_back(rows[row]);
        };
        for (std::size_t row = 0; row < survey_.rows(); ++row) {
            const std::string_view word = row == begin ? "begin group" : "end group";
            for (std::size_t column = 0; column < survey_.width(row); ++column) {
                const bool type = column == columns_.type && (row == begin || row == end_);
                result.add_cell(type ? word : survey_.cell(row, column));
            }
            end_row(row);
            if (row != begin) continue;
            for (const std::size_t item : items_) {
                add_bracket(result, begin, item);
                end_row(begin);
                for (std::size_t inside = begin + 1; inside < end_; ++inside) {
                    add_copy(result, inside, item);
                    end_row(inside);
                }
                for (std::size_t column = 0; column <= columns_.type; ++column) {
                    result.add_cell(column == columns_.type ? std::string_view("end group") : std::string_view());
                }
                end_row(end_);
            }
            row = end_ - 1;
        }
        say(begin, rows);
        rows = std::move(now);
        return result;
    }

  private:
    void choose(std::string_view list) {
        items_.clear();
        for (std::size_t row = 1; row < choices_.rows() && choice_columns_.list != no_column; ++row) {
            if (engine::trim(choices_.cell(row, choice_columns_.list)) == list) items_.push_back(row);
        }
    }

    [[nodiscard]] std::size_t end_of(std::size_t begin) const {
        std::size_t depth = 0;
        for (std::size_t row = begin; row < survey_.rows(); ++row) {
            const TypeCell type = engine::parse_type(engine::trim(survey_.cell(row, columns_.type)));
            const bool opens = type.row == TypeCell::Row::Begin ||
                               (type.row == TypeCell::Row::Bad && type.kind == engine::Kind::Group);
            const bool closes = type.row == TypeCell::Row::EndGroup || type.row == TypeCell::Row::EndRepeat;
            if (opens) ++depth;
            if (closes && --depth == 0) return row;
        }
        return no_column;
    }

    [[nodiscard]] std::string_view choice(std::size_t item, std::size_t column) const {
        return column == no_column ? std::string_view() : engine::trim(choices_.cell(item, column));
    }

    /// The group of one choice, called as the choice; one whose name is none is called after the loop as well.
    void add_bracket(Sheet& result, std::size_t begin, std::size_t item) const {
        std::string name(choice(item, choice_columns_.name));
        if (!engine::is_name(name)) name = std::string(engine::trim(survey_.cell(begin, columns_.name))) + "_" + name;
        for (std::size_t column = 0; column < survey_.width(0); ++column) {
            const bool label = std::any_of(columns_.labels.begin(), columns_.labels.end(),
                                           [&](const LabelColumn& one) { return one.at == column; });
            result.add_cell(column == columns_.type   ? std::string_view("begin group")
                            : column == columns_.name ? std::string_view(name)
                            : label ? choice(item, choice_columns_.label_in(columns_.languages[column]))
                                    : std::string_view());
        }
    }

    void add_copy(Sheet& result, std::size_t row, std::size_t item) const {
        for (std::size_t column = 0; column < survey_.width(row); ++column) {
            std::string cell(survey_.cell(row, column));
            const std::string language = column < columns_.languages.size() ? columns_.languages[column] : "";
            cell = filled_in(std::move(cell), "%(name)s", choice(item, choice_columns_.name));
            cell = filled_in(std::move(cell), "%(label)s", choice(item, choice_columns_.label_in(language)));
            result.add_cell(cell);
        }
    }

    void say(std::size_t begin, const std::vector<std::uint32_t>& rows) const {
        offered_.notes.push_back(
            {Severity::Warning,
             Fault::Value,
             std::string(survey_.name()),
             rows[begin] + 1,
             engine::plain_header(survey_, columns_.type),
             engine::said("the loop is written out: a group for each of {} choices", std::to_string(items_.size())),
             {}});
    }

    const Sheet& survey_;
    const Sheet& choices_;
    Offered& offered_;
    LoopColumns columns_;
    LoopColumns choice_columns_;
    std::vector<std::size_t> items_;  ///< rows of the choices
    std::size_t end_ = no_column;
};

}  // namespace

void write_out_loops(Offered& offered) {
    auto& sheets = offered.workbook.sheets;
    const auto survey =
        std::find_if(sheets.begin(), sheets.end(), [](const Sheet& sheet) { return sheet.name() == "survey"; });
    const Sheet* const choices = offered.workbook.find("choices");
    if (survey == sheets.end() || choices == nullptr) return;
    std::vector<std::uint32_t> rows(survey->rows());
    for (std::uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
    for (std::size_t at = 1;;) {
        LoopWriter writer(*survey, *choices, offered);
        at = writer.find(at);
        if (at == no_column) return;
        Sheet written = writer.written(at, rows);
        if (written.rows() == 0) return;
        *survey = std::move(written);
        offered.survey_rows = rows;
    }
}

}  // namespace questionnaires::workbook
