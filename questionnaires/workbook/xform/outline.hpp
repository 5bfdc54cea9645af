// The nodes of an XForm, from the rows of the survey sheet: names, paths, types; knows no XML and no texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "questionnaires/engine/form/table.hpp"

namespace questionnaires::workbook::xform {

/// What a node is in the body of the form.
enum class Control : std::uint8_t {
    None,  ///< in the instance only
    Input,
    SelectOne,
    SelectMultiple,
    Rank,
    Range,
    Trigger,
    Group,
    Repeat,
};

/// What a type cell of an accepted form says.
struct TypeCell {
    enum class Row : std::uint8_t { Node, End, Instance };
    Row row = Row::Node;
    Control control = Control::Input;
    std::string_view bind_type;  ///< of the ODK XForms specification, Bindings; empty for none
    std::string_view preload;    ///< jr:preload, with its parameter
    std::string_view preload_params;
    bool read_only = false;  ///< a note
    bool answers = false;    ///< of a select: its choices are answers of a repeat
    std::string list;        ///< of a select, or the file without its extension
    std::string file;        ///< of a select from a file
    bool or_other = false;
};
[[nodiscard]] TypeCell read_type(std::string_view cell);

/// A node of the primary instance: one for each row of the survey sheet and for what pyxform adds.
using NodeId = engine::Index<struct OutlineTag>;

/// What is known of one.
struct Node {
    TypeCell type;
    std::string name;
    std::string path;     ///< "/data/group/name"
    std::size_t row = 0;  ///< in the survey sheet; 0 for a node that has no row of its own
    NodeId parent = engine::no_index;
    NodeId end;                           ///< one past the last node inside
    std::uint32_t depth = 1;              ///< steps below /data
    NodeId companion = engine::no_index;  ///< the question whose "other" this asks for, or the repeat it counts
};

/// Companion nodes of pyxform: what `or_other` asks for, and the number of a repeat_count that is a calculation.
inline constexpr std::string_view other_suffix = "_other";
inline constexpr std::string_view count_suffix = "_count";

/// All nodes in form order. External instances are in `files`.
struct Outline {
    engine::Indexed<NodeId, std::vector<Node>> nodes;
    std::unordered_map<std::string_view, NodeId> by_name;
    std::vector<std::string> files;  ///< names of csv-external and xml-external rows: "places.csv"

    [[nodiscard]] bool is_inside(NodeId node, NodeId ancestor) const noexcept;
    /// Innermost repeat around the node, itself left out; no_index when there is none.
    [[nodiscard]] NodeId repeat_around(NodeId node) const noexcept;
};

/// Reads an accepted survey sheet.
[[nodiscard]] Outline read_outline(const engine::Table& survey);

/// Whether XML 1.0 (section 2.3, without the colon) allows it as the name of an element.
[[nodiscard]] bool is_element_name(std::string_view utf8) noexcept;

}  // namespace questionnaires::workbook::xform
