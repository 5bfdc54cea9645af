#include <algorithm>
#include <array>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

/// A column that sends, names or seals records elsewhere: nothing here reads it.
constexpr ColumnInfo elsewhere(std::string_view name) noexcept {
    return {name, "", false, true, true};
}

constexpr std::array settings_known{
    ColumnInfo{"form_title", "title set_form_title", false, true, false, true},
    ColumnInfo{"form_id", "set_form_id"},
    ColumnInfo{"id_string", ""},  // the older name; form_id goes before it
    ColumnInfo{"version", ""},
    ColumnInfo{"default_language", ""},
    ColumnInfo{"style", ""},
    ColumnInfo{"allow_choice_duplicates", ""},
    elsewhere("instance_name"),
    elsewhere("public_key"),
    elsewhere("submission_url"),
    elsewhere("auto_send"),
    elsewhere("auto_delete"),
    elsewhere("sms_keyword"),
    elsewhere("sms_separator"),
    elsewhere("namespaces"),
};

constexpr std::array choices_known{
    ColumnInfo{"list_name", "list"},           ColumnInfo{"name", "value"},
    ColumnInfo{"label", "caption", true},      ColumnInfo{"media::audio", "audio", true},
    ColumnInfo{"media::image", "image", true}, ColumnInfo{"media::video", "video", true},
};

}  // namespace

std::span<const ColumnInfo> settings_columns() noexcept {
    return settings_known;
}

std::span<const ColumnInfo> choices_columns() noexcept {
    return choices_known;
}

void read_settings(const Building& building, const Workbook& workbook, std::string_view name,
                   std::string& default_language) {
    building.form.id = name;
    const Sheet* const sheet = workbook.find("settings");
    if (sheet == nullptr) return;
    const Table table(*sheet, settings_known, false, building.reporter);
    const auto cell = [&](std::string_view column) { return std::string(table.cell(1, table.column(column))); };
    for (const std::string_view column : {"id_string", "form_id"}) {
        if (std::string id = cell(column); !id.empty()) building.form.id = std::move(id);
    }
    building.form.title = cell("form_title");
    building.form.version = cell("version");
    default_language = cell("default_language");
    building.form.duplicate_choices = is_yes(cell("allow_choice_duplicates"));
    for (const std::string_view column : {"form_id", "id_string", "form_title", "version"}) {
        const std::size_t most = column == "form_title" ? Limits::label_bytes : 255;
        if (cell(column).size() <= most) continue;
        building.fault(table, 1, table.column(column), Fault::Limit, said("{} is too long", column));
    }
    for (std::size_t row = 2; row < table.rows(); ++row) {
        if (!table.is_blank(row)) {
            building.warn(table, row, no_index, Fault::Structure, "settings has one row only; the others are ignored");
            return;
        }
    }
}

namespace {

/// One of the sheets that hold choices.
struct ChoiceReader {
    const Building& building;
    const Table& table;
    bool external;
    std::unordered_map<std::string_view, ListId>& lists;  ///< of both sheets
    SheetColumn list_column = table.column("list_name");
    SheetColumn name_column = table.column("name");
    TextColumn label = table.text_column("label", building.form);
    std::array<TextColumn, 3> media = table.media_columns(building.form);
    std::vector<std::size_t> columns = {};  ///< of each further column of the sheet: its place among those of both
    std::set<std::string_view> elsewhere = {};
    std::size_t notes = 0;  ///< rows that belong to no list and have no name
    std::size_t note = 0;   ///< the first of them

    /// The list of that name; no_index when it belongs to the other sheet, which is said once.
    ListId list_of(std::string_view name, std::size_t row) {
        const auto [found, added] = lists.try_emplace(name, building.form.lists.end_id());
        if (added) {
            building.form.lists.emplace_back();
            building.form.lists.back().name = name;
            building.form.lists.back().external = external;
            building.form.lists.back().row = static_cast<std::uint32_t>(row + 1);
        }
        if (building.form.lists[found->second].external == external) return found->second;
        if (elsewhere.insert(name).second) {
            building.fault(table, row, list_column, Fault::Name,
                           said("the list {} is in the sheet choices as well", quote(name)), "rename one of them");
        }
        return no_index;
    }

    void run() {
        Columns& all = building.form.column_sets.front();
        for (const auto& [name, column] : table.extra()) {
            const auto found = std::find(all.begin() + choice_columns_from, all.end(), name);
            columns.push_back(static_cast<std::size_t>(found - all.begin()) - choice_columns_from);
            if (found == all.end()) all.push_back(name);
        }
        if (list_column == no_index || name_column == no_index) {
            building.reporter.error(Fault::Structure, table.name(), 1, {}, "the columns list_name and name are needed");
            return;
        }
        for (std::size_t row = 1; row < table.rows() && !building.reporter.full(); ++row) {
            if (!table.is_blank(row)) read(row);
        }
        if (notes == 0) return;
        building.warn(table, note, list_column, Fault::Name,
                      notes == 1 ? said("{} row has neither list_name nor name: no choice", std::to_string(notes))
                                 : said("{} rows have neither list_name nor name: no choice", std::to_string(notes)));
    }

    void read(std::size_t row) {
        const std::string_view list = table.cell(row, list_column);
        const std::string_view name = table.cell(row, name_column);
        if (list.empty() && name.empty()) {
            if (notes++ == 0) note = row;
            return;
        }
        if (list.empty() || name.empty()) {
            building.fault(table, row, list.empty() ? list_column : name_column, Fault::Name,
                           list.empty() ? Sentence("list_name is missing") : "name is missing");
            return;
        }
        if (name.find_first_of("\t\n") != std::string_view::npos || name.size() > 255) {
            building.fault(table, row, name_column, Fault::Name,
                           said("a choice name is one line without tabs, of at most 255 bytes: {}", quote(name)));
            return;
        }
        Choice choice;
        choice.name = name;
        choice.media = table.media(row, media, building.reporter);
        choice.label = table.text(row, label, building.form, building.reporter);
        choice.row = static_cast<std::uint32_t>(row + 1);
        const bool shown =
            std::any_of(choice.media.begin(), choice.media.end(), [](const auto& f) { return !f.empty(); });
        if (choice.label.text.empty() && !shown) {
            building.reporter.error(Fault::Translation, table.name(), choice.row,
                                    table.header_of(label, building.form.default_language, building.form),
                                    said("the choice {} has no label", quote(name)));
        }
        for (std::size_t i = 0; i < table.extra().size(); ++i) {
            const std::string_view cell = table.cell(row, table.extra()[i].second);
            if (cell.empty()) continue;
            choice.columns.resize(std::max(choice.columns.size(), columns[i] + 1));
            choice.columns[columns[i]] = cell;
        }
        const ListId at = list_of(list, row);
        if (at != no_index) building.form.lists[at].choices.push_back(std::move(choice));
    }
};

}  // namespace

void read_choices(const Building& building, const Table* choices, const Table* external) {
    FormData& form = building.form;
    if (choices == nullptr && external == nullptr) return;
    form.column_sets.push_back({"name", "label", "itextId"});
    std::unordered_map<std::string_view, ListId> lists;
    if (choices != nullptr) ChoiceReader{building, *choices, false, lists}.run();
    if (external != nullptr) ChoiceReader{building, *external, true, lists}.run();
    for (const ListId at : form.lists.ids()) {
        ChoiceList& list = form.lists[at];
        const Table& table = list.external ? *external : *choices;
        form.list_by_name.emplace(list.name, at);
        for (const ChoiceId i : list.choices.ids()) {
            if (list.by_name.emplace(list.choices[i].name, i).second || form.duplicate_choices) continue;
            building.fault(table, list.choices[i].row - 1, table.column("name"), Fault::Name,
                           said("the list {} has the choice {} twice", quote(list.name), quote(list.choices[i].name)));
        }
    }
}

}  // namespace questionnaires::engine
