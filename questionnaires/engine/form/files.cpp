// CSV files beside the sheets as lists: select_one_from_file, csv-external, pulldata() and instance().
#include <algorithm>
#include <utility>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

/// Columns of the labels, one for each language; a column without language is for those that have none of their own.
std::vector<std::size_t> label_columns(const FormData& form, const Sheet& sheet, std::string_view label) {
    std::vector<std::size_t> columns(form.languages.size(), sheet.width(0));
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const std::string spelled = plain_header(sheet, column);
        const std::string_view header = spelled;
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
    list.file = &sheet;
    list.value = value;
    list.label = label;
    std::size_t name = sheet.width(0);
    for (std::size_t column = sheet.width(0); column-- > 0;) {
        if (plain_header(sheet, column) == value) name = column;
    }
    const std::vector<std::size_t> labels = label_columns(form, sheet, label);
    for (std::size_t row = 1; row < sheet.rows(); ++row) {
        Choice choice;
        choice.row = static_cast<std::uint32_t>(row + 1);
        choice.name = trim(sheet.cell(row, name));
        std::vector<std::string> texts;
        for (const std::size_t column : labels) texts.emplace_back(trim(sheet.cell(row, column)));
        const bool any = std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return !text.empty(); });
        if (any) choice.label.text = LocalText(std::move(texts));
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

/// Whether choices can be taken from the rows; each row that is wrong is reported, and no more than twenty.
class FileCheck {
  public:
    FileCheck(const Building& building, ChoiceList& list) : building_(building), list_(list) {}

    bool run() {
        const bool columns = has_column(list_.value, false) && has_column(list_.label, true);
        if (columns && list_.choices.empty()) fault(0, {}, "the file has no rows to choose from");
        if (!columns || list_.choices.empty()) return false;
        list_.by_name.clear();
        for (const ChoiceId i : list_.choices.ids()) {
            if (faults_ < 20) check(i);
        }
        return faults_ == 0;
    }

  private:
    void check(ChoiceId index) {
        const Choice& choice = list_.choices[index];
        if (choice.name.empty()) return fault(choice.row, list_.value, "name is missing");
        if (choice.name.find_first_of("\t\n") != std::string::npos || choice.name.size() > 255) {
            return fault(choice.row, list_.value,
                         said("a choice name is one line without tabs, of at most 255 bytes: {}", quote(choice.name)));
        }
        const auto [first, added] = list_.by_name.emplace(choice.name, index);
        if (!added && !building_.form.duplicate_choices) {
            fault(choice.row, list_.value,
                  said("the name {} is already used in row {}", quote(choice.name),
                       std::to_string(list_.choices[first->second].row)));
        }
        for (std::uint8_t i = 0; i < building_.form.languages.size(); ++i) {
            const std::string_view label = choice.label.text.in({i});
            if (label.empty()) {
                return fault(choice.row, list_.label, said("the choice {} has no label", quote(choice.name)));
            }
            if (label.size() > Limits::label_bytes) {
                return fault(choice.row, list_.label,
                             said("longer than {} bytes", std::to_string(Limits::label_bytes)));
            }
        }
    }

    /// `translated`: one for a language will do.
    bool has_column(const std::string& name, bool translated) {
        std::vector<std::string_view> headers;
        for (std::size_t column = 0; column < list_.file->width(0); ++column) {
            headers.push_back(trim(list_.file->cell(0, column)));
            const std::string_view header = headers.back();
            if (header == name || (translated && header.substr(0, name.size() + 2) == name + "::")) return true;
        }
        const bool semicolons = headers.size() == 1 && headers.front().find(';') != std::string_view::npos;
        fault(1, {}, said("the file has no column {}", quote(name)),
              semicolons ? "put commas between the columns, not semicolons" : did_you_mean(name, headers));
        return false;
    }

    void fault(std::uint32_t row, std::string_view column, Sentence message, Sentence suggestion = {}) {
        ++faults_;
        building_.reporter.error(Fault::Value, list_.file->name(), row, column, std::move(message),
                                 std::move(suggestion));
    }

    const Building& building_;
    ChoiceList& list_;
    std::size_t faults_ = 0;
};

ListId checked(const Building& building, ListId at) {
    ChoiceList& list = building.form.lists[at];
    if (!std::exchange(list.checked, true)) list.fit = FileCheck(building, list).run();
    return list.fit ? at : ListId(no_index);
}

}  // namespace

void read_files(const Building& building, const Workbook& workbook) {
    FormData& form = building.form;
    if (form.column_sets.empty()) form.column_sets.push_back({"name", "label", "itextId"});
    const auto read = [&](const Sheet& sheet, std::string_view stem) {
        if (form.list_by_name.find(stem) != form.list_by_name.end()) return;
        Columns columns(choice_columns_from);
        for (std::size_t column = 0; column < sheet.width(0); ++column) columns.push_back(plain_header(sheet, column));
        form.list_by_name.emplace(stem, form.lists.end_id());
        form.lists.push_back(read_list(form, sheet, stem, "name", "label"));
        form.lists.back().columns = form.column_sets.end_id();
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

ListId choices_of_file(const Building& building, std::string_view stem,
                       const tl::expected<Parameters, std::string_view>& parameters) {
    FormData& form = building.form;
    const ListId file = form.list_by_name.find(stem)->second;
    std::string_view value = parameters ? parameter(*parameters, "value") : std::string_view();
    std::string_view label = parameters ? parameter(*parameters, "label") : std::string_view();
    if (value.empty()) value = "name";
    if (label.empty()) label = "label";
    if (value == "name" && label == "label") return checked(building, file);
    for (const ListId at : form.lists.ids()) {
        const ChoiceList& list = form.lists[at];
        if (list.file == form.lists[file].file && list.value == value && list.label == label) {
            return checked(building, at);
        }
    }
    ChoiceList list = read_list(form, *form.lists[file].file, stem, value, label);
    list.columns = form.lists[file].columns;
    form.lists.push_back(std::move(list));
    return checked(building, ListId::at(form.lists.size() - 1));
}

OtherWords other_words(const Language& language) {
    const std::string code = lower(language.code).substr(0, language.code.find_first_of("-_"));
    const std::string name = lower(language.name);
    const auto is = [&](std::string_view wanted, std::initializer_list<std::string_view> names) {
        const bool named = language.code == language.name && std::find(names.begin(), names.end(), name) != names.end();
        return code == wanted || named;
    };
    if (is("es", {"español", "espanol", "spanish", "castellano"})) return {"Otra respuesta", "¿Cuál?", true};
    const bool english = is("en", {"english", "inglés", "ingles"}) || language.code == "default";
    return {"Other", "Specify other.", english};
}

}  // namespace questionnaires::engine
