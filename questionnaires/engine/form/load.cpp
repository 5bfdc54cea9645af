#include <algorithm>
#include <array>

#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {

ExpressionId Building::expression(const Table& table, std::size_t row, SheetColumn column, const Place& place) const {
    return expression(table, row, column, table.cell(row, column), place);
}

ExpressionId Building::expression(const Table& table, std::size_t row, SheetColumn column, std::string_view source,
                                  const Place& place) const {
    if (source.empty()) return {};
    const std::string word = source.size() <= 5 ? lower(source) : std::string();
    if (word == "yes" || word == "true") source = "true()";
    if (word == "no" || word == "false") source = "false()";
    std::vector<ExpressionNote> notes;
    auto parsed = parse(source, FormScope(form, reporter), place, form.expressions, &notes);
    if (parsed) {
        for (ExpressionNote& note : notes) warn(table, row, column, Fault::Expression, std::move(note.message));
        return *parsed;
    }
    const ExpressionFailure& found = parsed.error();
    if (found.said) return {};
    fault(table, row, column, found.reference ? Fault::Reference : Fault::Expression,
          said("at character {}: {}", std::to_string(found.position + 1), found.message), found.suggestion);
    return {};
}

void Building::fault(const Table& table, std::size_t row, SheetColumn column, Fault fault, Sentence message,
                     Sentence suggestion) const {
    reporter.error(fault, table.name(), static_cast<std::uint32_t>(row + 1),
                   column == no_index ? std::string_view() : table.header(column), std::move(message),
                   std::move(suggestion));
}

void Building::warn(const Table& table, std::size_t row, SheetColumn column, Fault fault, Sentence message,
                    Sentence suggestion) const {
    reporter.warning(fault, table.name(), static_cast<std::uint32_t>(row + 1),
                     column == no_index ? std::string_view() : table.header(column), std::move(message),
                     std::move(suggestion));
}

namespace {

constexpr std::array<std::string_view, 7> sheet_names{"survey",     "choices", "external_choices", "settings",
                                                      "indicators", "levels",  "actions"};

void refuse_cell(const Sheet& sheet, std::size_t row, std::size_t column, Reporter& reporter) {
    const std::string_view cell = sheet.cell(row, column);
    const std::string header = plain_header(sheet, column);
    const auto at = static_cast<std::uint32_t>(row + 1);
    if (find_unsafe(cell) != std::string_view::npos) {
        const bool readable = row != 0 && find_unsafe(header) == std::string_view::npos;
        reporter.error(Fault::Encoding, sheet.name(), at, readable ? std::string_view(header) : std::string_view(),
                       "invalid UTF-8, or an invisible control or direction character");
    } else {
        const bool unsaved = trim(cell) == no_value;
        reporter.spoiled(
            Fault::Value, sheet.name(), at, header,
            unsaved ? Sentence("the formula was saved without its value")
                    : said("the spreadsheet shows an error here: {}", quote(trim(cell))),
            unsaved ? Sentence("open the file in a spreadsheet program and save it") : "correct the formula");
    }
}

/// What a column of a sheet is to the engine: nothing, data that only expressions read, or known.
enum class Column : std::uint8_t { Unknown, Data, Known };

/// Cells of columns that nobody reads may hold whatever they like.
void check_sheet(const Sheet& sheet, std::span<const ColumnInfo> columns, bool extra_columns, Reporter& reporter) {
    if (sheet.rows() > Limits::rows + 1) {
        reporter.error(Fault::Limit, sheet.name(), 0, {}, said("more than {} rows", std::to_string(Limits::rows)));
    }
    std::vector<Column> kinds(sheet.width(0), Column::Unknown);
    std::size_t named = 0;
    for (std::size_t column = 0; column < kinds.size(); ++column) {
        const std::string header = plain_header(sheet, column);
        if (header.empty() || find_unsafe(header) != std::string_view::npos) continue;
        ++named;
        if (extra_columns) kinds[column] = Column::Data;
        if (parts_of_header(columns, header)) kinds[column] = Column::Known;
    }
    if (named > Limits::columns) {
        reporter.error(Fault::Limit, sheet.name(), 1, {},
                       said("more than {} columns", std::to_string(Limits::columns)));
    }
    for (std::size_t row = 1; row < sheet.rows() && !reporter.full(); ++row) {
        for (std::size_t column = 0; column < std::min(sheet.width(row), kinds.size()); ++column) {
            if (kinds[column] == Column::Unknown) continue;
            const std::string_view cell = sheet.cell(row, column);
            const bool error = kinds[column] == Column::Known && is_spreadsheet_error(trim(cell));
            if (error || find_unsafe(cell) != std::string_view::npos) refuse_cell(sheet, row, column, reporter);
        }
    }
}

/// All languages that headers name, each sheet's in order; every text is asked for in each of them. Columns without a
/// language are in the default one, which as in pyxform is called "default" when nobody gives it a name.
void collect_languages(FormData& form, Reporter& reporter, std::span<const Table* const> tables,
                       std::string_view default_language) {
    bool bare = false;
    const auto find = [&](const Language& wanted) {
        return std::find_if(form.languages.begin(), form.languages.end(),
                            [&](const Language& language) { return same_language(language, wanted); });
    };
    for (const Table* const table : tables) {
        if (table == nullptr) continue;
        bare = bare || table->has_bare_text();
        for (const std::string& text : table->languages()) {
            Language language = parse_language(text);
            const auto same = find(language);
            if (same == form.languages.end()) {
                form.languages.push_back(std::move(language));
            } else if (same->code == same->name) {
                *same = std::move(language);  // "English" in one column is "English (en)" in another
            }
        }
    }
    const bool named = !default_language.empty();
    const Language wanted = parse_language(named ? default_language : "default");
    auto found = find(wanted);
    if (found == form.languages.end() && named) {
        found = std::find_if(form.languages.begin(), form.languages.end(),
                             [&](const Language& language) { return lower(language.name) == lower(wanted.name); });
    }
    if (found == form.languages.end() && (bare || form.languages.empty())) {
        found = form.languages.insert(form.languages.begin(), wanted);
    }
    if (form.languages.size() > Limits::languages) {
        reporter.error(Fault::Limit, "survey", 1, {},
                       said("more than {} languages", std::to_string(Limits::languages)));
        return;
    }
    if (found == form.languages.end()) {
        if (named) {
            reporter.warning(Fault::Translation, "settings", 2, "default_language",
                             said("no column has the language {}; {} is the default", quote(default_language),
                                  form.languages.front().name));
        }
        found = form.languages.begin();
    }
    form.default_language = static_cast<std::uint8_t>(found - form.languages.begin());
    for (const Table* const table : tables) {
        if (table != nullptr) table->check_languages(form, reporter);
    }
}

struct Tables {
    std::optional<Table> survey;
    std::optional<Table> choices;
    std::optional<Table> external;
    std::optional<Table> indicators;
    std::optional<Table> levels;
    std::optional<Table> actions;
};

Tables open_tables(const Workbook& workbook, Reporter& reporter) {
    Tables tables;
    const auto open = [&](std::string_view name, std::optional<Table>& into, std::span<const ColumnInfo> columns,
                          bool extra) {
        if (const Sheet* const sheet = workbook.find(name)) into.emplace(*sheet, columns, extra, reporter);
    };
    open("survey", tables.survey, survey_columns(), false);
    open("choices", tables.choices, choices_columns(), true);
    open("external_choices", tables.external, choices_columns(), true);
    open("indicators", tables.indicators, indicators_columns(), false);
    open("levels", tables.levels, levels_columns(), false);
    open("actions", tables.actions, actions_columns(), false);
    return tables;
}

void check_sheets(const Workbook& workbook, Reporter& reporter) {
    for (const Sheet& sheet : workbook.sheets) {
        if (find_unsafe(sheet.name()) != std::string_view::npos) {
            reporter.warning(Fault::Encoding, {}, 0, {},
                             "the name of a sheet holds an invisible character; the sheet is ignored");
        } else if (lower(sheet.name()) == "entities") {
            reporter.error(Fault::Refused, sheet.name(), 0, {},
                           "entities follow a person across forms; they are refused on purpose");
        } else if (is_data_sheet(workbook, sheet)) {
            check_sheet(sheet, {}, true, reporter);
        } else if (const auto columns = usual_columns(sheet.name()); !columns.empty()) {
            check_sheet(sheet, columns, columns.data() == choices_columns().data(), reporter);
        } else {
            reporter.warning(Fault::UnknownColumn, sheet.name(), 0, {}, "this sheet is not known and is ignored",
                             did_you_mean(sheet.name(), sheet_names));
        }
    }
    for (const Sheet& file : workbook.files) {
        if (find_unsafe(file.name()) != std::string_view::npos) {
            reporter.error(Fault::Encoding, {}, 0, {}, "the name of a file is not clean UTF-8");
        } else {
            check_sheet(file, {}, true, reporter);
        }
    }
    if (workbook.find("survey") == nullptr) {
        reporter.error(Fault::Structure, {}, 0, {}, "there is no survey sheet", "name the file survey.csv");
    }
}

void read_all(const Building& building, const Workbook& workbook, const Tables& tables) {
    const auto pointer = [](const std::optional<Table>& table) { return table ? &*table : nullptr; };
    read_choices(building, pointer(tables.choices), pointer(tables.external));
    read_files(building, workbook);
    read_questions(building, *tables.survey);
    if (building.reporter.full()) return;
    if (tables.indicators) read_indicators(building, *tables.indicators);
    read_expressions(building, *tables.survey, pointer(tables.choices), pointer(tables.external));
    if (tables.levels) read_levels(building, *tables.levels);
    if (tables.actions) read_actions(building, *tables.actions);
}

Diagnostics in_sheet_order(Diagnostics diagnostics) {
    const auto rank = [](const Diagnostic& d) {
        return static_cast<std::size_t>(std::find(sheet_names.begin(), sheet_names.end(), d.sheet) -
                                        sheet_names.begin());
    };
    std::stable_sort(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& a, const Diagnostic& b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.row < b.row;
    });
    const auto same = [](const Diagnostic& a, const Diagnostic& b) {
        return a.row == b.row && a.column == b.column && a.sheet == b.sheet && a.message == b.message;
    };
    diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
    return diagnostics;
}

void build(FormData& form, Reporter& reporter, const Workbook& workbook, std::string_view name) {
    check_sheets(workbook, reporter);
    // What follows quotes cells, so they must be clean; a sheet that is too long, or an error in a cell, is no
    // obstacle.
    if (!reporter.is_clean() || workbook.find("survey") == nullptr) return;
    const Building building{form, reporter};
    form.unreadable = workbook.unreadable;
    std::string default_language;
    read_settings(building, workbook, name, default_language);
    const Tables tables = open_tables(workbook, reporter);
    const auto pointer = [](const std::optional<Table>& table) { return table ? &*table : nullptr; };
    const std::array<const Table*, 6> all{pointer(tables.survey),     pointer(tables.choices), pointer(tables.external),
                                          pointer(tables.indicators), pointer(tables.levels),  pointer(tables.actions)};
    collect_languages(form, reporter, all, default_language);
    read_all(building, workbook, tables);
}

}  // namespace

namespace {

/// FNV-1a of 64 bits, over cells with their lengths.
std::uint64_t fingerprint(const Workbook& workbook) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto mix = [&](std::uint64_t byte) { hash = (hash ^ byte) * 0x100000001b3U; };
    const auto mix_text = [&](std::string_view text) {
        for (const char c : text) mix(static_cast<unsigned char>(c));
        mix(256 + text.size());
    };
    for (const auto* const sheets : {&workbook.sheets, &workbook.files}) {
        for (const Sheet& sheet : *sheets) {
            mix_text(sheet.name());
            for (std::size_t row = 0; row < sheet.rows(); ++row) {
                for (std::size_t column = 0; column < sheet.width(row); ++column) mix_text(sheet.cell(row, column));
                mix(1);
            }
        }
    }
    return hash;
}

}  // namespace

std::span<const ColumnInfo> usual_columns(std::string_view sheet) noexcept {
    if (sheet == "survey") return survey_columns();
    if (sheet == "choices" || sheet == "external_choices") return choices_columns();
    if (sheet == "settings") return settings_columns();
    if (sheet == "indicators") return indicators_columns();
    if (sheet == "levels") return levels_columns();
    if (sheet == "actions") return actions_columns();
    return {};
}

namespace {

/// As a file, as text of instance() or pulldata(), or alone, as csv-external does.
bool speaks_of_file(std::string_view cell, std::string_view name) {
    if (trim(cell) == name) return true;
    bool found = false;
    for (std::size_t at = cell.find(name); at != std::string_view::npos; at = cell.find(name, at + 1)) {
        if (cell.substr(at + name.size(), 4) == ".csv") return true;
        found = true;
    }
    const auto has = [&](std::string_view word) { return cell.find(word) != std::string_view::npos; };
    if (!found || (!has("instance") && !has("pulldata")) || find_unsafe(cell) != std::string_view::npos) return false;
    const auto tokens = tokenize(cell);
    return tokens && std::any_of(tokens->all.begin(), tokens->all.end(), [&](const Token& token) {
               return token.kind == TokenKind::Literal && trim(token.text) == name;
           });
}

}  // namespace

bool is_data_sheet(const Workbook& workbook, const Sheet& sheet) {
    if (std::find(sheet_names.begin(), sheet_names.end(), sheet.name()) != sheet_names.end()) return false;
    const Sheet* const survey = workbook.find("survey");
    for (std::size_t row = 1; survey != nullptr && !sheet.name().empty() && row < survey->rows(); ++row) {
        for (std::size_t column = 0; column < survey->width(row); ++column) {
            if (speaks_of_file(survey->cell(row, column), sheet.name())) return true;
        }
    }
    return false;
}

tl::expected<std::shared_ptr<const Form>, Diagnostics> load(const Workbook& workbook, std::string_view name) {
    auto form = std::make_unique<FormData>();
    Reporter reporter;
    build(*form, reporter, workbook, name);
    Diagnostics found = reporter.take();
    if (!has_errors(found)) {
        make_graph(Building{*form, reporter});
        Diagnostics cycles = reporter.take();
        found.insert(found.end(), std::make_move_iterator(cycles.begin()), std::make_move_iterator(cycles.end()));
    }
    found = in_sheet_order(std::move(found));
    if (has_errors(found) || !workbook.unreadable.empty()) return tl::unexpected(std::move(found));
    form->fingerprint = fingerprint(workbook);
    make_pages(*form);
    make_blocks(*form);
    for (ChoiceList& list : form->lists) list.file = nullptr;
    std::sort(form->triggers.begin(), form->triggers.end());
    form->triggers.erase(std::unique(form->triggers.begin(), form->triggers.end()), form->triggers.end());
    std::size_t longest = 0;
    for (const ChoiceList& list : form->lists) longest = std::max(longest, list.choices.size());
    for (std::uint32_t i = 0; i < longest; ++i) form->all_choices.push_back(ChoiceId(i));
    form->warnings = std::move(found);
    return std::make_shared<const Form>(std::move(form));
}

}  // namespace questionnaires::engine
