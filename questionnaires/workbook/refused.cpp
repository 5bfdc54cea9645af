#include <algorithm>

#include "questionnaires/engine/survey_types.hpp"
#include "questionnaires/engine/text.hpp"
#include "questionnaires/workbook/writer.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Fault;
using engine::Severity;
using engine::Sheet;

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t column_named(const Sheet& sheet, std::initializer_list<std::string_view> names) {
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const std::string header = engine::lower(engine::trim(sheet.cell(0, column)));
        if (std::find(names.begin(), names.end(), header) != names.end()) return column;
    }
    return none;
}

bool starts_another_program(std::string_view word) {
    return word.substr(0, 3) == "ex:" || word == "printer" || word.substr(0, 8) == "printer:";
}

class Filter {
  public:
    Filter(const Sheet& sheet, engine::Diagnostics& left_out)
        : sheet_(sheet),
          left_out_(left_out),
          type_(column_named(sheet, {"type", "command"})),
          appearance_(column_named(sheet, {"appearance", "control::appearance"})) {}

    Sheet run() {
        Sheet result{std::string(sheet_.name())};
        for (std::size_t row = 0; row < sheet_.rows(); ++row) {
            if (row == 0 || !is_refused(row)) add(result, row);
            result.end_row();
        }
        return result;
    }

  private:
    bool is_refused(std::size_t row) {
        if (type_ == none) return false;
        const std::string_view cell = engine::trim(sheet_.cell(row, type_));
        const engine::TypeCell type = engine::parse_type(cell);
        if (!type.refused) return false;
        say(row, type_, type.message);
        return true;
    }

    void add(Sheet& result, std::size_t row) {
        for (std::size_t column = 0; column < sheet_.width(row); ++column) {
            const std::string_view cell = sheet_.cell(row, column);
            if (row == 0 || column != appearance_) {
                result.add_cell(cell);
            } else {
                result.add_cell(kept_words(row, cell));
            }
        }
    }

    std::string kept_words(std::size_t row, std::string_view cell) {
        std::string kept;
        bool any = false;
        std::string_view rest = cell;
        for (std::string_view word = engine::take_word(rest); !word.empty(); word = engine::take_word(rest)) {
            if (!starts_another_program(word)) {
                kept += (kept.empty() ? "" : " ") + std::string(word);
                continue;
            }
            any = true;
            // Its arguments may hold blanks: all of "ex:app(a='b c')" goes.
            if (word.find('(') != std::string_view::npos && word.find(')') == std::string_view::npos) {
                rest = rest.substr(std::min(rest.find(')'), rest.size()));
                static_cast<void>(engine::take_word(rest));
            }
            say(row, appearance_,
                "the appearance " + engine::quote(word) + " starts another program; it is refused on purpose");
        }
        return any ? kept : std::string(cell);
    }

    void say(std::size_t row, std::size_t column, std::string message) {
        left_out_.push_back({Severity::Warning,
                             Fault::Refused,
                             std::string(sheet_.name()),
                             static_cast<std::uint32_t>(row + 1),
                             std::string(engine::trim(sheet_.cell(0, column))),
                             std::move(message),
                             {}});
    }

    const Sheet& sheet_;
    engine::Diagnostics& left_out_;
    std::size_t type_;
    std::size_t appearance_;
};

}  // namespace

Offered without_refused(engine::Workbook workbook) {
    Offered offered;
    for (Sheet& sheet : workbook.sheets) {
        if (sheet.name() == "survey") {
            offered.workbook.sheets.push_back(Filter(sheet, offered.left_out).run());
        } else if (engine::lower(sheet.name()) == "entities") {
            offered.left_out.push_back({Severity::Warning,
                                        Fault::Refused,
                                        std::string(sheet.name()),
                                        0,
                                        {},
                                        "entities follow a person across forms; they are refused on purpose",
                                        {}});
        } else {
            offered.workbook.sheets.push_back(std::move(sheet));
        }
    }
    return offered;
}

engine::Workbook compact(const Offered& offered) {
    engine::Workbook result;
    for (const Sheet& sheet : offered.workbook.sheets) {
        Sheet kept{std::string(sheet.name())};
        for (std::size_t row = 0; row < sheet.rows(); ++row) {
            const bool removed =
                sheet.width(row) == 0 &&
                std::any_of(offered.left_out.begin(), offered.left_out.end(), [&](const engine::Diagnostic& left) {
                    return left.sheet == sheet.name() && left.row == row + 1;
                });
            if (removed) continue;
            for (std::size_t column = 0; column < sheet.width(row); ++column) kept.add_cell(sheet.cell(row, column));
            kept.end_row();
        }
        result.sheets.push_back(std::move(kept));
    }
    return result;
}

}  // namespace questionnaires::workbook
