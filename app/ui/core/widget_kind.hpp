// What the layout and the painter ask of a kind of widget. The kinds themselves are in app/ui/widgets: a new one is a
// file there, and nothing here changes.
#pragma once

#include <string_view>

#include "app/ui/core/brush.hpp"
#include "app/ui/core/scene.hpp"

namespace app::ui {

/// Where the mark of the keyboard's focus is drawn.
enum class FocusRing : std::uint8_t { around, inside, none };

/// How the layout treats it, where that differs from what it does with a text.
struct Manner {
    bool stretches = false;           ///< as high as the line of the row that it stands in
    bool widens = false;              ///< in a row that was broken into lines it takes the room left in its line
    bool shortens = false;            ///< in a full footer its icon alone will do, where it says the same
    bool even_lines = false;          ///< a row of these is broken into lines of as many each
    bool typed = false;               ///< its text is what a person types: all spaces count, there is a caret
    bool lead_on_first_line = false;  ///< the icon stands beside the first line, not in the middle
    bool at_top = false;              ///< its text begins at its upper edge
};

struct WidgetKind {
    Kind kind;              ///< what the trace calls it
    std::string_view name;  ///< used in messages
    Box (*box)(const Node& node, const Look& look);
    void (*paint)(const Brush& brush, const Node& node, const Parts& parts);
    FocusRing ring = FocusRing::around;
    float radius = dp::radius;  ///< of its corners, for the ring
    Manner manner = {};
    /// Places its parts itself, over all the room there is: it asks for no height. Null: as its box says.
    Parts (*parts)(const Node& node, const Look& look, Glyphs& glyphs) = nullptr;
    /// The face of a container of this kind; null: that of a panel.
    void (*face)(const Brush& brush, const Node& container) = nullptr;
};

}  // namespace app::ui
