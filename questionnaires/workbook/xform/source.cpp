#include <algorithm>

#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/workbook/xform/parts.hpp"

namespace questionnaires::workbook::xform {
namespace {

/// In the order of Cell.
constexpr std::array<std::string_view, 11> cell_columns{"relevant",     "constraint", "required",      "read_only",
                                                        "calculation",  "default",    "choice_filter", "appearance",
                                                        "repeat_count", "parameters", "trigger"};
/// In the order of Text.
constexpr std::array<std::string_view, 4> text_columns{"label", "hint", "constraint_message", "required_message"};
constexpr std::array<std::string_view, 4> text_suffixes{"label", "hint", "jr:constraintMsg", "jr:requiredMsg"};

std::string text_of(const engine::Table& table, std::size_t row, const engine::TextColumn& column,
                    engine::LanguageId language) {
    return std::string(table.cell(row, column.by_language[language.index]));
}

std::array<std::string, 3> media_of(const engine::Table& table, std::size_t row,
                                    const std::array<engine::TextColumn, 3>& columns, engine::LanguageId language) {
    return {text_of(table, row, columns[0], language), text_of(table, row, columns[1], language),
            text_of(table, row, columns[2], language)};
}

}  // namespace

Source::Source(const engine::Table& survey, const engine::Table* choices, const engine::Table* external,
               const engine::Form& form)
    : survey_(survey),
      form_(form),
      outline_(read_outline(survey)),
      references_(outline_),
      guidance_(survey.text_column("guidance_hint", form.data())),
      media_(survey.media_columns(form.data())) {
    for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] = survey.column(cell_columns[i]);
    for (std::size_t i = 0; i < texts_.size(); ++i) texts_[i] = survey.text_column(text_columns[i], form.data());
    choices_[0].table = choices;
    choices_[1].table = external;
    for (Choices& sheet : choices_) {
        if (sheet.table == nullptr) continue;
        sheet.label = sheet.table->text_column("label", form.data());
        sheet.media = sheet.table->media_columns(form.data());
    }
}

std::string_view Source::cell_of_row(std::size_t row, Cell cell) const noexcept {
    return survey_.cell(row, cells_[static_cast<std::size_t>(cell)]);
}

std::string_view Source::cell(NodeId node, Cell cell) const noexcept {
    const auto row = outline_.nodes[node].row;
    return row == 0 ? std::string_view() : cell_of_row(row, cell);
}

std::string Source::expression(NodeId node, Cell cell) const {
    return references_.expression(node, this->cell(node, cell), cell == Cell::ChoiceFilter);
}

std::string Source::id(NodeId node, Text text) const {
    return outline_.nodes[node].path + ":" + std::string(text_suffixes[static_cast<std::size_t>(text)]);
}

bool Source::has(NodeId node, Text text) const {
    const auto control = outline_.nodes[node].type.control;
    if (text != Text::Label && (control == Control::Group || control == Control::Repeat)) return false;
    if (!label(node, text, form_.default_language()).empty()) return true;
    for (std::uint8_t i = 0; i < form_.languages().size(); ++i) {
        if (text == Text::Hint && !guidance(node, {i}).empty()) return true;
        if (text == Text::Label && media(node, {i}) != std::array<std::string, 3>()) return true;
    }
    return false;
}

const engine::Question& Source::question(NodeId node) const {
    return form_.data().questions[*form_.find(outline_.nodes[node].name)];
}

bool Source::has_dynamic_default(NodeId node) const {
    if (outline_.nodes[node].row == 0) return false;
    const auto question = form_.find(outline_.nodes[node].name);
    return question && form_.data().questions[*question].default_value.exists();
}

std::string Source::label(NodeId node, Text text, engine::LanguageId language) const {
    const auto& of = outline_.nodes[node];
    if (of.row != 0) return text_of(survey_, of.row, column(text), language);
    if (of.type.control != Control::Input || text != Text::Label) return {};
    return std::string(engine::other_words(form_.languages()[language.index]).specify);
}

std::string Source::guidance(NodeId node, engine::LanguageId language) const {
    const auto row = outline_.nodes[node].row;
    return row == 0 ? std::string() : text_of(survey_, row, guidance_, language);
}

std::array<std::string, 3> Source::media(NodeId node, engine::LanguageId language) const {
    const auto row = outline_.nodes[node].row;
    return row == 0 ? std::array<std::string, 3>() : media_of(survey_, row, media_, language);
}

std::string Source::choice_label(const ListItem& item, engine::LanguageId language) const {
    const Choices& sheet = choices_[item.external ? 1 : 0];
    return text_of(*sheet.table, item.row, sheet.label, language);
}

std::array<std::string, 3> Source::choice_media(const ListItem& item, engine::LanguageId language) const {
    const Choices& sheet = choices_[item.external ? 1 : 0];
    return media_of(*sheet.table, item.row, sheet.media, language);
}

/// A list with "other" is a list of its own, so that it is not offered elsewhere.
std::string list_of(const Node& node) {
    return node.type.or_other ? node.type.list + std::string(other_suffix) : node.type.list;
}

Lists read_lists(const Source& source) {
    Lists all;
    for (const bool external : {false, true}) {
        const auto* const table = source.choices(external);
        if (table == nullptr) continue;
        const auto list = table->column("list_name");
        const auto name = table->column("name");
        for (std::size_t row = 1; row < table->rows(); ++row)
            if (!table->is_blank(row))
                all[std::string(table->cell(row, list))].push_back(
                    {row, std::string(table->cell(row, name)), external});
    }
    Lists used;
    for (const auto& node : source.outline().nodes) {
        if (node.type.list.empty() || !node.type.file.empty() || used.count(list_of(node)) != 0) continue;
        auto items = all[node.type.list];
        const bool has_other =
            std::any_of(items.begin(), items.end(), [](const ListItem& item) { return item.name == "other"; });
        if (node.type.or_other && !has_other) items.push_back({0, "other"});
        used.emplace(list_of(node), std::move(items));
    }
    return used;
}

pugi::xml_node add(pugi::xml_node parent, const char* name) {
    return parent.append_child(name);
}

void set(pugi::xml_node element, const char* attribute, std::string_view value) {
    element.append_attribute(attribute).set_value(std::string(value).c_str());
}

void add_setvalue(pugi::xml_node parent, const char* event, const std::string& path, const std::string& value) {
    auto element = add(parent, "setvalue");
    set(element, "event", event);
    set(element, "ref", path);
    set(element, "value", value);
}

}  // namespace questionnaires::workbook::xform
