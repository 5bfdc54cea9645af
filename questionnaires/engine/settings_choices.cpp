#include <array>

#include "questionnaires/engine/builder.hpp"
#include "questionnaires/engine/text.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::array settings_known{
    ColumnInfo{"form_title", "title"},
    ColumnInfo{"form_id", "id_string"},
    ColumnInfo{"version", ""},
    ColumnInfo{"default_language", ""},
    ColumnInfo{"style", ""},
    ColumnInfo{"allow_choice_duplicates", "", false, false},
    ColumnInfo{"instance_name", "", false, false},
    ColumnInfo{"public_key", "", false, false},
    ColumnInfo{"submission_url", "", false, false},
    ColumnInfo{"auto_send", "", false, false},
    ColumnInfo{"auto_delete", "", false, false},
};

constexpr std::array choices_known{
    ColumnInfo{"list_name", "list"},
    ColumnInfo{"name", "value"},
    ColumnInfo{"label", "", true},
    ColumnInfo{"media::audio", "audio", true},
    ColumnInfo{"media::image", "image", true},
    ColumnInfo{"media::video", "video", true},
};

}  // namespace

std::span<const ColumnInfo> choices_columns() noexcept {
    return choices_known;
}

void read_settings(const Building& building, const Workbook& workbook, std::string& default_language) {
    const Sheet* const sheet = workbook.find("settings");
    if (sheet == nullptr || sheet->rows() < 2) {
        building.reporter.error(Fault::Structure, "settings", 0, {}, "the settings sheet with form_id is missing");
        return;
    }
    const Table table(*sheet, settings_known, false, building.reporter);
    const auto cell = [&](std::string_view name) { return std::string(table.cell(1, table.column(name))); };
    building.form.id = cell("form_id");
    building.form.title = cell("form_title");
    building.form.version = cell("version");
    default_language = cell("default_language");
    if (!is_name(building.form.id)) {
        building.fault(table, 1, table.column("form_id"), Fault::Name,
                       "form_id is missing or not a name: " + quote(building.form.id),
                       "letters, digits, hyphen and underscore");
    }
    if (building.form.title.size() > Limits::label_bytes || building.form.version.size() > 255) {
        building.fault(table, 1, no_index, Fault::Limit, "form_title or version is too long");
    }
    for (std::size_t row = 2; row < table.rows(); ++row) {
        if (!table.is_blank(row)) building.fault(table, row, no_index, Fault::Structure, "settings has one row only");
    }
}

namespace {

struct ChoiceReader {
    const Building& building;
    const Table& table;
    std::uint32_t list_column;
    std::uint32_t name_column;
    TextColumn label;
    std::array<TextColumn, 3> media;
    std::unordered_map<std::string_view, std::uint32_t> lists;

    std::uint32_t list_of(std::string_view name) {
        const auto [found, added] = lists.try_emplace(name, static_cast<std::uint32_t>(building.form.lists.size()));
        if (added) {
            building.form.lists.emplace_back();
            building.form.lists.back().name = name;
        }
        return found->second;
    }

    void read(std::size_t row) {
        const std::string_view list = table.cell(row, list_column);
        const std::string_view name = table.cell(row, name_column);
        if (list.empty() || name.empty()) {
            building.fault(table, row, list.empty() ? list_column : name_column, Fault::Name,
                           list.empty() ? "list_name is missing" : "name is missing");
            return;
        }
        if (name.find_first_of(" \t\n") != std::string_view::npos || name.size() > 255) {
            building.fault(table, row, name_column, Fault::Name, "a choice name cannot hold spaces: " + quote(name));
            return;
        }
        Choice choice;
        choice.name = name;
        choice.media = table.media(row, media, building.reporter);
        choice.label = table.text(row, label, building.form, building.reporter);
        if (choice.label.text.empty()) {
            building.fault(table, row, no_index, Fault::Translation, "the choice " + quote(name) + " has no label");
        }
        for (std::size_t i = 0; i < table.extra().size(); ++i) {
            const std::string_view cell = table.cell(row, table.extra()[i].second);
            if (cell.empty()) continue;
            choice.columns.resize(i + 1);
            choice.columns[i] = cell;
        }
        building.form.lists[list_of(list)].choices.push_back(std::move(choice));
    }
};

}  // namespace

void read_choices(const Building& building, const Table& table) {
    FormData& form = building.form;
    // In a choice filter, `name` and the further columns of the sheet may be used.
    form.choice_columns.emplace_back("name");
    for (const auto& [name, column] : table.extra()) form.choice_columns.push_back(name);
    ChoiceReader reader{building,
                        table,
                        table.column("list_name"),
                        table.column("name"),
                        table.text_column("label", form),
                        table.media_columns(form),
                        {}};
    if (reader.list_column == no_index || reader.name_column == no_index) {
        building.reporter.error(Fault::Structure, table.name(), 1, {}, "the columns list_name and name are needed");
        return;
    }
    for (std::size_t row = 1; row < table.rows() && !building.reporter.full(); ++row) {
        if (!table.is_blank(row)) reader.read(row);
    }
    for (ChoiceList& list : form.lists) {
        for (std::uint32_t i = 0; i < list.choices.size(); ++i) {
            if (list.by_name.emplace(list.choices[i].name, i).second) continue;
            building.reporter.error(
                Fault::Name, table.name(), 0, "name",
                "the list " + quote(list.name) + " has the choice " + quote(list.choices[i].name) + " twice");
        }
    }
}

}  // namespace questionnaires::engine
