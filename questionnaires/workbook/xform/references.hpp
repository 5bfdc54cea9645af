// Turns ${name} in expressions and texts into the paths of an XForm; knows no XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/workbook/xform/outline.hpp"

namespace questionnaires::workbook::xform {

/// A piece of a text: words, or the path of a value that stands there.
struct Piece {
    bool is_path = false;
    std::string text;
};

/// Paths as pyxform writes them: absolute, but relative to the context when both are in one repeat, so that each
/// repetition speaks of its own values.
class References {
  public:
    explicit References(const Outline& outline) : outline_(outline) {}

    /// Path of `target` for an expression of the node `context` (no_index: outside all nodes).
    [[nodiscard]] std::string path(NodeId context, NodeId target) const;
    /// An expression cell with its references replaced; "yes" and "no" become true() and false(). In a choice filter
    /// (`in_predicate`), and in the predicates of any expression, relative paths start at current().
    [[nodiscard]] std::string expression(NodeId context, std::string_view cell, bool in_predicate = false) const;
    /// A text cut at its references. A name that is no node stays as it is written.
    [[nodiscard]] std::vector<Piece> pieces(NodeId context, std::string_view text) const;

  private:
    const Outline& outline_;
};

}  // namespace questionnaires::workbook::xform
