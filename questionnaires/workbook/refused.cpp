#include <algorithm>
#include <map>
#include <set>

#include "questionnaires/engine/expression/functions.hpp"
#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/survey_types.hpp"
#include "questionnaires/workbook/offer.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Fault;
using engine::Severity;
using engine::Sheet;

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t column_named(const Sheet& sheet, std::string_view canonical) {
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const auto parts = engine::parts_of_header(engine::survey_columns(), engine::plain_header(sheet, column));
        if (parts && parts->canonical == canonical) return column;
    }
    return none;
}

bool starts_another_program(std::string_view word) {
    return word.substr(0, 3) == "ex:" || word == "printer" || word.substr(0, 8) == "printer:";
}

void say(engine::Diagnostics& said, const Sheet& sheet, std::size_t row, std::size_t column, engine::Sentence message) {
    said.push_back({Severity::Warning,
                    Fault::Refused,
                    std::string(sheet.name()),
                    static_cast<std::uint32_t>(row + 1),
                    engine::plain_header(sheet, column),
                    std::move(message),
                    {}});
}

bool continues_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether what stands after `before` is the name of a question: ${name}, ${last-saved#name}, or in an expression a
/// step of a path, ../name.
bool leads_to_name(std::string_view before, bool paths) {
    const auto ends_with = [](std::string_view text, std::string_view end) {
        return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    };
    return ends_with(engine::trim(before), "${") || ends_with(before, "#") || (paths && ends_with(before, "/"));
}

/// The columns of a sheet whose cells the engine reads, and whether they hold texts.
std::vector<std::pair<std::size_t, bool>> columns_read(const Sheet& sheet) {
    std::vector<std::pair<std::size_t, bool>> columns;
    const auto known = engine::usual_columns(sheet.name());
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const auto parts = engine::parts_of_header(known, engine::plain_header(sheet, column));
        if (parts) columns.emplace_back(column, parts->translated);
    }
    return columns;
}

/// What an expression asks for that is never kept here, as part of a sentence; empty when it asks for nothing of it.
engine::Sentence never_kept(std::string_view cell) {
    if (cell.find("${last-saved#") != std::string_view::npos) {
        return "what was said in the last interview is never kept; the cell is left out";
    }
    if (cell.find('(') == std::string_view::npos || engine::find_unsafe(cell) != std::string_view::npos) return {};
    const auto tokens = engine::tokenize(cell);
    for (std::size_t i = 0; tokens && i + 1 < tokens->all.size(); ++i) {
        const auto& name = tokens->all[i];
        const auto& open = tokens->all[i + 1];
        if (name.kind != engine::TokenKind::Name || open.kind != engine::TokenKind::Open) continue;
        if (!engine::why_absent(name.text).empty()) {
            return engine::said("the function {} measures where a person is or was; the cell is left out",
                                engine::quote(name.text));
        }
    }
    return {};
}

class Filter {
  public:
    Filter(const engine::Workbook& workbook, const Sheet& survey, engine::Diagnostics& left_out)
        : workbook_(workbook),
          survey_(survey),
          left_out_(left_out),
          type_(column_named(survey, "type")),
          name_(column_named(survey, "name")),
          appearance_(column_named(survey, "appearance")) {
        for (const auto& [column, text] : columns_read(survey)) {
            if (!text && column != type_ && column != name_ && column != appearance_) expressions_.push_back(column);
        }
        calculation_ = column_named(survey, "calculation");
        default_ = column_named(survey, "default");
    }

    Sheet run() {
        find_refused();
        find_speakers();
        Sheet result{std::string(survey_.name())};
        auto next = refused_.begin();
        for (std::size_t row = 0; row < survey_.rows(); ++row) {
            if (next != refused_.end() && next->row == row) {
                if (next->spoken_of) add_hidden(result, row);
                ++next;
            } else {
                add(result, row);
            }
            result.end_row();
        }
        std::stable_sort(left_out_.begin(), left_out_.end(), [](const auto& a, const auto& b) {
            return (a.sheet != "survey") != (b.sheet != "survey") ? a.sheet == "survey" : a.row < b.row;
        });
        return result;
    }

  private:
    struct Refused {
        std::size_t row = 0;
        std::string_view name;
        bool spoken_of = false;
    };

    void find_refused() {
        for (std::size_t row = 1; type_ != none && row < survey_.rows(); ++row) {
            const auto type = engine::parse_type(engine::trim(survey_.cell(row, type_)));
            if (!type.refused) continue;
            say(left_out_, survey_, row, type_, type.message);
            const auto name = name_ == none ? std::string_view() : engine::trim(survey_.cell(row, name_));
            if (!name.empty()) by_name_.emplace(name, refused_.size());
            refused_.push_back({row, name, false});
        }
    }

    [[nodiscard]] bool is_refused(std::size_t row) const {
        return std::binary_search(refused_.begin(), refused_.end(), Refused{row, {}, false},
                                  [](const Refused& a, const Refused& b) { return a.row < b.row; });
    }

    /// Every cell that is read and speaks of a row that goes, once for each such row.
    void find_speakers() {
        if (refused_.empty()) return;
        for (const Sheet& sheet : workbook_.sheets) {
            const bool survey = &sheet == &survey_;
            for (const auto& [column, text] : columns_read(sheet)) {
                for (std::size_t row = 1; row < sheet.rows(); ++row) {
                    const std::string_view cell = sheet.cell(row, column);
                    if (cell.find_first_of("$/") == std::string_view::npos || (survey && is_refused(row))) continue;
                    if (survey && is_expression(column, cell) && !never_kept(cell).empty()) continue;  // goes as well
                    find_in(sheet, row, column, !text);
                }
            }
        }
    }

    /// Looks each name of the cell up, so that the cost is that of the cell and not of the rows that go.
    void find_in(const Sheet& sheet, std::size_t row, std::size_t column, bool paths) {
        const std::string_view cell = sheet.cell(row, column);
        std::set<std::size_t> found;
        for (std::size_t at = 0; at < cell.size();) {
            std::size_t end = at;
            while (end < cell.size() && continues_name(cell[end])) ++end;
            const auto [first, last] = by_name_.equal_range(cell.substr(at, end - at));
            if (first != last && leads_to_name(cell.substr(0, at), paths)) {
                for (auto one = first; one != last; ++one) found.insert(one->second);
            }
            at = end + 1;
        }
        for (const std::size_t one : found) {
            refused_[one].spoken_of = true;
            say(left_out_, sheet, row, column,
                engine::said("this speaks of {}, which is left out and reads as empty",
                             engine::quote(refused_[one].name)));
        }
    }

    void add_hidden(Sheet& result, std::size_t row) const {
        for (std::size_t column = 0; column <= std::max(type_, name_); ++column) {
            result.add_cell(column == type_   ? std::string_view("hidden")
                            : column == name_ ? survey_.cell(row, column)
                                              : std::string_view());
        }
    }

    void add(Sheet& result, std::size_t row) {
        for (std::size_t column = 0; column < survey_.width(row); ++column) {
            const std::string_view cell = survey_.cell(row, column);
            const bool expression = row != 0 && is_expression(column, cell);
            if (auto why = expression ? never_kept(cell) : engine::Sentence(); !why.empty()) {
                say(left_out_, survey_, row, column, std::move(why));
                result.add_cell(column == calculation_ ? std::string_view("''") : std::string_view());
            } else if (row == 0 || column != appearance_) {
                result.add_cell(cell);
            } else {
                result.add_cell(kept_words(row, cell));
            }
        }
    }

    /// A default may be words for people.
    [[nodiscard]] bool is_expression(std::size_t column, std::string_view cell) const {
        if (column == default_ && cell.find("${") == std::string_view::npos) return false;
        return std::find(expressions_.begin(), expressions_.end(), column) != expressions_.end();
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
            say(left_out_, survey_, row, appearance_,
                engine::said("the appearance {} starts another program; it is refused on purpose",
                             engine::quote(word)));
        }
        return any ? kept : std::string(cell);
    }

    const engine::Workbook& workbook_;
    const Sheet& survey_;
    engine::Diagnostics& left_out_;
    std::size_t type_;
    std::size_t name_;
    std::size_t appearance_;
    std::size_t calculation_ = none;
    std::size_t default_ = none;
    std::vector<std::size_t> expressions_;
    std::vector<Refused> refused_;  ///< in the order of their rows
    std::multimap<std::string_view, std::size_t> by_name_;
};

}  // namespace

void leave_out_refused(Offered& offered) {
    engine::Workbook& workbook = offered.workbook;
    engine::Diagnostics entities;
    const auto follows = [&](const Sheet& sheet) {
        if (engine::lower(sheet.name()) != "entities") return false;
        entities.push_back({Severity::Warning,
                            Fault::Refused,
                            std::string(sheet.name()),
                            0,
                            {},
                            "entities follow a person across forms; they are refused on purpose",
                            {}});
        return true;
    };
    workbook.sheets.erase(std::remove_if(workbook.sheets.begin(), workbook.sheets.end(), follows),
                          workbook.sheets.end());
    for (Sheet& sheet : workbook.sheets) {
        if (sheet.name() != "survey") continue;
        Sheet kept = Filter(workbook, sheet, offered.left_out).run();
        sheet = std::move(kept);
        break;
    }
    offered.left_out.insert(offered.left_out.end(), entities.begin(), entities.end());
}

engine::Workbook compact(const Offered& offered) {
    engine::Workbook result;
    result.files = offered.workbook.files;
    for (const Sheet& sheet : offered.workbook.sheets) {
        Sheet kept{std::string(sheet.name())};
        const bool moved = sheet.name() == "survey" && !offered.survey_rows.empty();
        for (std::size_t row = 0; row < sheet.rows(); ++row) {
            const std::size_t was = moved ? offered.survey_rows[row] : row;
            const bool removed =
                sheet.width(row) == 0 &&
                std::any_of(offered.left_out.begin(), offered.left_out.end(), [&](const engine::Diagnostic& left) {
                    return left.sheet == sheet.name() && left.row == was + 1;
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
