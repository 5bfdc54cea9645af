// CSV files beside the sheets as lists: select_one_from_file, csv-external, pulldata() and instance().
#include <algorithm>

#include "questionnaires/engine/builder.hpp"
#include "questionnaires/engine/text.hpp"

namespace questionnaires::engine {
namespace {

/// Columns of the labels, one for each language; a column without language is for those that have none of their own.
std::vector<std::size_t> label_columns(const FormData& form, const Sheet& sheet, std::string_view label) {
    std::vector<std::size_t> columns(form.languages.size(), sheet.width(0));
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const std::string_view header = trim(sheet.cell(0, column));
        if (header == label) {
            for (std::size_t& own : columns) own = own == sheet.width(0) ? column : own;
        } else if (header.size() > label.size() + 2 && header.substr(0, label.size()) == label &&
                   header.substr(label.size(), 2) == "::") {
            const Language language = parse_language(header.substr(label.size() + 2));
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (form.languages[i].code == language.code) columns[i] = column;
            }
        }
    }
    return columns;
}

/// The rows of a file, chosen from by the columns `value` and `label`.
ChoiceList read_list(const FormData& form, const Sheet& sheet, std::string_view stem, std::string_view value,
                     std::string_view label) {
    ChoiceList list;
    list.name = stem;
    std::size_t name = sheet.width(0);
    for (std::size_t column = sheet.width(0); column-- > 0;) {
        if (trim(sheet.cell(0, column)) == value) name = column;
    }
    const std::vector<std::size_t> labels = label_columns(form, sheet, label);
    for (std::size_t row = 1; row < sheet.rows(); ++row) {
        Choice choice;
        choice.name = trim(sheet.cell(row, name));
        std::vector<std::string> texts;
        for (const std::size_t column : labels) texts.emplace_back(trim(sheet.cell(row, column)));
        const bool all = std::none_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); });
        if (all) choice.label.text = LocalText(std::move(texts));
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
            const std::string_view cell = trim(sheet.cell(row, column));
            if (cell.empty()) continue;
            choice.columns.resize(column + 1);
            choice.columns[column] = cell;
        }
        if (!choice.columns.empty()) list.choices.push_back(std::move(choice));
    }
    return list;
}

bool index_names(ChoiceList& list) {
    list.by_name.clear();
    for (std::uint32_t i = 0; i < list.choices.size(); ++i) {
        const Choice& choice = list.choices[i];
        const bool clean = !choice.name.empty() && choice.name.size() <= 255 &&
                           choice.name.find_first_of(" \t\n") == std::string::npos;
        const bool labelled =
            !choice.label.text.empty() && choice.label.text.in(LanguageId{0}).size() <= Limits::label_bytes;
        if (!clean || !labelled || !list.by_name.emplace(choice.name, i).second) return false;
    }
    return !list.choices.empty();
}

}  // namespace

void read_files(const Building& building, const Workbook& workbook) {
    FormData& form = building.form;
    if (form.column_sets.empty()) form.column_sets.push_back({"name", "label", "itextId"});
    const auto read = [&](const Sheet& sheet, std::string_view stem) {
        if (form.list_by_name.find(stem) != form.list_by_name.end()) return;
        std::vector<std::string> columns(choice_columns_from);
        for (std::size_t column = 0; column < sheet.width(0); ++column)
            columns.emplace_back(trim(sheet.cell(0, column)));
        form.list_by_name.emplace(stem, static_cast<std::uint32_t>(form.lists.size()));
        form.lists.push_back(read_list(form, sheet, stem, "name", "label"));
        form.lists.back().columns = static_cast<std::uint32_t>(form.column_sets.size());
        form.lists.back().file = &sheet;
        form.column_sets.push_back(std::move(columns));
    };
    for (const Sheet& sheet : workbook.files) {
        if (sheet.name().size() < 5 || sheet.name().substr(sheet.name().size() - 4) != ".csv") continue;
        read(sheet, sheet.name().substr(0, sheet.name().size() - 4));
    }
    for (const Sheet& sheet : workbook.sheets) {
        if (is_data_sheet(workbook, sheet)) read(sheet, sheet.name());
    }
}

std::uint32_t choices_of_file(const Building& building, std::string_view stem,
                              const tl::expected<Parameters, std::string_view>& parameters) {
    FormData& form = building.form;
    const std::uint32_t file = form.list_by_name.find(stem)->second;
    std::string_view value = parameters ? parameter(*parameters, "value") : std::string_view();
    std::string_view label = parameters ? parameter(*parameters, "label") : std::string_view();
    if (value.empty()) value = "name";
    if (label.empty()) label = "label";
    if (value == "name" && label == "label") return index_names(form.lists[file]) ? file : no_index;
    ChoiceList list = read_list(form, *form.lists[file].file, stem, value, label);
    list.columns = form.lists[file].columns;
    form.lists.push_back(std::move(list));
    if (!index_names(form.lists.back())) return no_index;
    return static_cast<std::uint32_t>(form.lists.size() - 1);
}

std::optional<OtherWords> other_words(std::string_view code) noexcept {
    const std::string_view language = code.substr(0, code.find('-'));
    if (language == "es") return OtherWords{"Otra respuesta", "¿Cuál?"};
    if (language == "en" || language == "default") return OtherWords{"Other", "Specify other."};
    return std::nullopt;
}

}  // namespace questionnaires::engine
