// What the writers of the head and the body of an XForm share: the sheets read once, and where their texts go.
#pragma once

#include <array>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/form/table.hpp"
#include "questionnaires/workbook/xform/outline.hpp"
#include "questionnaires/workbook/xform/references.hpp"

namespace questionnaires::workbook::xform {

/// A cell of the survey sheet, by the canonical name of its column.
enum class Cell : std::uint8_t {
    Relevant,
    Constraint,
    Required,
    ReadOnly,
    Calculation,
    Default,
    ChoiceFilter,
    Appearance,
    RepeatCount,
    Parameters,
    Trigger,
};

/// A text of a node in every language: what stands in one <text> of itext.
enum class Text : std::uint8_t { Label, Hint, Constraint, Required };

/// A choice of a sheet of choices, as the writers need it.
struct ListItem {
    std::size_t row = 0;  ///< 0: the choice that or_other adds
    std::string name;
    bool external = false;  ///< of the sheet external_choices
};

/// An accepted questionnaire, ready to be written.
class Source {
  public:
    /// Either sheet of choices may be null.
    Source(const engine::Table& survey, const engine::Table* choices, const engine::Table* external,
           const engine::Form& form);

    [[nodiscard]] const engine::Form& form() const noexcept { return form_; }
    [[nodiscard]] const engine::Table* choices(bool external) const noexcept {
        return choices_[external ? 1 : 0].table;
    }
    [[nodiscard]] const Outline& outline() const noexcept { return outline_; }
    [[nodiscard]] const Node& node(NodeId index) const noexcept { return outline_.nodes[index]; }
    [[nodiscard]] const References& references() const noexcept { return references_; }
    /// Empty for a node without a row.
    [[nodiscard]] std::string_view cell(NodeId node, Cell cell) const noexcept;
    [[nodiscard]] std::string_view cell_of_row(std::size_t row, Cell cell) const noexcept;
    /// The expression in a cell, references replaced.
    [[nodiscard]] std::string expression(NodeId node, Cell cell) const;
    [[nodiscard]] bool has(NodeId node, Text text) const;
    /// Id of the node's text in itext.
    [[nodiscard]] std::string id(NodeId node, Text text) const;
    /// What the engine made of a node that has a row of its own.
    [[nodiscard]] const engine::Question& question(NodeId node) const;
    /// The value is computed when the interview, or an instance of its repeat, starts.
    [[nodiscard]] bool has_dynamic_default(NodeId node) const;
    /// The calculation waits for other questions.
    [[nodiscard]] bool is_triggered(NodeId node) const { return !cell(node, Cell::Trigger).empty(); }

    /// A text in one language; empty when it has none.
    [[nodiscard]] std::string label(NodeId node, Text text, engine::LanguageId language) const;
    [[nodiscard]] std::string guidance(NodeId node, engine::LanguageId language) const;
    /// File names by engine::Media.
    [[nodiscard]] std::array<std::string, 3> media(NodeId node, engine::LanguageId language) const;
    /// The same of a choice that has a row.
    [[nodiscard]] std::string choice_label(const ListItem& item, engine::LanguageId language) const;
    [[nodiscard]] std::array<std::string, 3> choice_media(const ListItem& item, engine::LanguageId language) const;

  private:
    [[nodiscard]] const engine::TextColumn& column(Text text) const noexcept {
        return texts_[static_cast<std::size_t>(text)];
    }
    const engine::Table& survey_;
    const engine::Form& form_;
    Outline outline_;
    References references_;
    std::array<engine::SheetColumn, 11> cells_{};
    std::array<engine::TextColumn, 4> texts_;
    engine::TextColumn guidance_;
    std::array<engine::TextColumn, 3> media_;
    struct Choices {
        const engine::Table* table = nullptr;
        engine::TextColumn label;
        std::array<engine::TextColumn, 3> media;
    };
    std::array<Choices, 2> choices_;  ///< of the sheets choices and external_choices
};

/// Lists that are used, by the id of their instance, in sheet order; one that `or_other` uses ends with "other".
using Lists = std::map<std::string, std::vector<ListItem>, std::less<>>;
[[nodiscard]] Lists read_lists(const Source& source);
/// Id of the instance that a select takes its choices from.
[[nodiscard]] std::string list_of(const Node& node);

/// Fills <model>: texts, instances, binds, values set at the start.
void write_model(const Source& source, const Lists& lists, std::string_view instance_name, pugi::xml_node model);
/// Fills <h:body>.
void write_body(const Source& source, pugi::xml_node body);

/// An element with an attribute, for both writers.
pugi::xml_node add(pugi::xml_node parent, const char* name);
void set(pugi::xml_node element, const char* attribute, std::string_view value);
/// <setvalue> for a dynamic default or a triggered calculation.
void add_setvalue(pugi::xml_node parent, const char* event, const std::string& path, const std::string& value);

}  // namespace questionnaires::workbook::xform
