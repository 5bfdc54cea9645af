#include "questionnaires/workbook/offer.hpp"

#include <algorithm>
#include <functional>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Fault;
using engine::Severity;
using engine::Sheet;

void note(Offered& offered, const Sheet& sheet, std::size_t row, std::string column, engine::Sentence message) {
    offered.notes.push_back({Severity::Warning,
                             Fault::Value,
                             std::string(sheet.name()),
                             static_cast<std::uint32_t>(row),
                             std::move(column),
                             std::move(message),
                             {}});
}

std::string without_invisible(std::string_view text) {
    std::string clean;
    for (std::size_t bad = engine::find_unsafe(text); !text.empty(); bad = engine::find_unsafe(text)) {
        clean += text.substr(0, bad);
        if (bad == std::string_view::npos) break;
        if (text[bad] == '\v' || text[bad] == '\f' || text[bad] == '\r') clean += '\n';
        text.remove_prefix(bad + 1);  // what is left of a longer character is no character, and goes as well
    }
    return clean;
}

/// The sheet with each cell as `cell` gives it back.
Sheet with_cells(const Sheet& sheet, const std::function<std::string(std::size_t, std::size_t)>& cell) {
    Sheet result{std::string(sheet.name())};
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        for (std::size_t column = 0; column < sheet.width(row); ++column) result.add_cell(cell(row, column));
        result.end_row();
    }
    return result;
}

}  // namespace

void clean_cells(Offered& offered) {
    for (Sheet& sheet : offered.workbook.sheets) {
        std::vector<std::pair<std::size_t, std::size_t>> found;  // by column: how often, and the first row
        for (std::size_t row = 0; row < sheet.rows(); ++row) {
            for (std::size_t column = 0; column < sheet.width(row); ++column) {
                if (engine::find_unsafe(sheet.cell(row, column)) == std::string_view::npos) continue;
                if (found.size() <= column) found.resize(column + 1);
                if (found[column].first++ == 0) found[column].second = row;
            }
        }
        if (found.empty()) continue;
        sheet = with_cells(sheet, [&, old = sheet](std::size_t row, std::size_t column) {
            return without_invisible(old.cell(row, column));
        });
        for (std::size_t column = 0; column < found.size(); ++column) {
            const auto [count, row] = found[column];
            if (count == 0) continue;
            note(offered, sheet, row + 1, engine::plain_header(sheet, column),
                 count == 1 ? engine::said("invisible characters are left out of {} cell", std::to_string(count))
                            : engine::said("invisible characters are left out of {} cells", std::to_string(count)));
        }
    }
}

namespace {

/// Writes a cell of the one row of the settings sheet; the column is added when the sheet has none. Gives back its
/// header.
std::string write_setting(Sheet& sheet, std::string_view column_name, std::string_view value) {
    std::size_t at = 0;
    while (at < sheet.width(0)) {
        const auto parts = engine::parts_of_header(engine::settings_columns(), engine::plain_header(sheet, at));
        if (parts && parts->canonical == column_name) break;
        ++at;
    }
    Sheet result{std::string(sheet.name())};
    for (std::size_t row = 0; row < std::max<std::size_t>(sheet.rows(), 2); ++row) {
        for (std::size_t column = 0; column < std::max(sheet.width(row), row < 2 ? at + 1 : 0); ++column) {
            const bool header = row == 0 && column == at && column >= sheet.width(0);
            const bool cell = row == 1 && column == at;
            result.add_cell(header ? column_name : cell ? value : sheet.cell(row, column));
        }
        result.end_row();
    }
    sheet = std::move(result);
    return engine::plain_header(sheet, at);
}

std::string setting(const engine::Workbook& workbook, std::string_view column_name) {
    const Sheet* const sheet = workbook.find("settings");
    for (std::size_t column = 0; sheet != nullptr && column < sheet->width(0); ++column) {
        const auto parts = engine::parts_of_header(engine::settings_columns(), engine::plain_header(*sheet, column));
        if (parts && parts->canonical == column_name) return std::string(engine::trim(sheet->cell(1, column)));
    }
    return {};
}

Sheet& settings_of(engine::Workbook& workbook) {
    const auto found = std::find_if(workbook.sheets.begin(), workbook.sheets.end(),
                                    [](const Sheet& sheet) { return sheet.name() == "settings"; });
    if (found != workbook.sheets.end()) return *found;
    return workbook.sheets.emplace_back("settings");
}

}  // namespace

void write_settings(Offered& offered, const Names& names) {
    const bool unnamed = (setting(offered.workbook, "form_id") + setting(offered.workbook, "id_string")).empty();
    if (unnamed || !names.id.empty()) {
        const std::string& id = names.id.empty() ? names.name : names.id;
        Sheet& sheet = settings_of(offered.workbook);
        std::string column = write_setting(sheet, "form_id", id);
        if (names.id.empty()) {
            note(offered, sheet, 2, std::move(column),
                 engine::said("the form has no id; it is called {}, as its file", engine::quote(id)));
        }
    }
    if (!names.default_language.empty()) {
        static_cast<void>(write_setting(settings_of(offered.workbook), "default_language", names.default_language));
    }
}

namespace {

/// Calls `each` with every header of a text: its sheet, its column and the language it is in.
template <typename Each>
void for_each_text(engine::Workbook& workbook, const engine::Language& bare, const Each& each) {
    for (Sheet& sheet : workbook.sheets) {
        const auto known = engine::usual_columns(sheet.name());
        for (std::size_t column = 0; column < sheet.width(0); ++column) {
            const auto parts = engine::parts_of_header(known, engine::plain_header(sheet, column));
            if (!parts || !parts->translated) continue;
            each(sheet, column, parts->language.empty() ? bare : engine::parse_language(parts->language));
        }
    }
}

engine::Language bare_language(const engine::Workbook& workbook) {
    const std::string wanted = setting(workbook, "default_language");
    return engine::parse_language(wanted.empty() ? "default" : std::string_view(wanted));
}

bool is_language(const engine::Language& language, std::string_view wanted) {
    const engine::Language asked = engine::parse_language(wanted);
    return engine::same_language(language, asked) || engine::lower(language.name) == engine::lower(asked.name);
}

}  // namespace

std::vector<engine::Language> languages_of(const engine::Workbook& workbook) {
    std::vector<engine::Language> languages;
    engine::Workbook copy = workbook;
    for_each_text(copy, bare_language(workbook), [&](Sheet&, std::size_t, const engine::Language& language) {
        const auto same = [&](const engine::Language& other) { return engine::same_language(other, language); };
        if (std::none_of(languages.begin(), languages.end(), same)) languages.push_back(language);
    });
    return languages;
}

bool choose_languages(Offered& offered, const std::vector<std::string>& wanted) {
    const auto languages = languages_of(offered.workbook);
    const auto is_wanted = [&](const engine::Language& language) {
        return std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) { return is_language(language, one); });
    };
    for (const std::string& one : wanted) {
        const auto found = [&](const engine::Language& language) { return is_language(language, one); };
        if (std::none_of(languages.begin(), languages.end(), found)) return false;
    }
    const engine::Language bare = bare_language(offered.workbook);
    std::vector<std::pair<Sheet*, std::size_t>> dropped;
    for_each_text(offered.workbook, bare, [&](Sheet& sheet, std::size_t column, const engine::Language& language) {
        if (!is_wanted(language)) dropped.emplace_back(&sheet, column);
    });
    for (auto last = dropped.rbegin(); last != dropped.rend(); ++last) {
        const auto [sheet, gone] = *last;
        note(offered, *sheet, 1, {},
             engine::said("the column {} is left out: its language was not asked for",
                          engine::quote(engine::plain_header(*sheet, gone))));
        Sheet kept{std::string(sheet->name())};
        for (std::size_t row = 0; row < sheet->rows(); ++row) {
            for (std::size_t column = 0; column < sheet->width(row); ++column) {
                if (column != gone) kept.add_cell(sheet->cell(row, column));
            }
            kept.end_row();
        }
        *sheet = std::move(kept);
    }
    if (is_wanted(bare) || (bare.code == "default" && dropped.empty())) return true;
    const auto first = std::find_if(languages.begin(), languages.end(), [&](const engine::Language& language) {
        return is_language(language, wanted.front());
    });
    const bool coded = first->code != first->name;
    static_cast<void>(write_setting(settings_of(offered.workbook), "default_language",
                                    coded ? first->name + " (" + first->code + ")" : first->name));
    return true;
}

}  // namespace questionnaires::workbook
