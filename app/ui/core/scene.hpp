// What one pass described: a tree of nodes, and how its leaves are built; it must not know about input or drawing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/ui/core/icons.hpp"
#include "app/ui/core/shaping.hpp"
#include "app/ui/core/styles.hpp"
#include "app/ui/core/text_pool.hpp"
#include "app/ui/core/theme.hpp"
#include "app/ui/core/trace.hpp"

namespace app::ui {

using NodeId = std::int32_t;
inline constexpr NodeId no_node = -1;

struct WidgetKind;

enum class Shape : std::uint8_t {
    column,
    row,
    wrap,
    grid,
    split,
    pin_grid,
    keyboard,  // containers
    leaf,
    push,
    gap,
};

struct Node {
    Shape shape = Shape::leaf;
    const WidgetKind* kind = nullptr;  ///< of a leaf, and of a container that is a control
    Area area = Area::middle;
    std::string_view key, text, second, value;
    std::string_view spoken;  ///< name of a control that shows no words
    Icon icon = Icon::none;   ///< at the left
    Icon icon_after = Icon::none;
    Tone tone = Tone::ink;
    ButtonStyle button = ButtonStyle::plain;
    CardStyle card = CardStyle::plain;
    Align across = Align::center;
    bool target = false, enabled = true, selected = false, by_default = false, urgent = false;
    bool grow = false, strong = false, large = false, multiple = false, framed = false, focused = false,
         submits = false;
    bool centered = false;   ///< texts in the middle of their width
    bool decorated = false;  ///< a container drawn as panel, segments
    float fraction = 0;      ///< progress; least height of a row; weight of a key
    float gap = 0;
    float pad_left = 0, pad_top = 0, pad_right = 0, pad_bottom = 0;
    float max_width = 0;               ///< 0: as wide as there is room
    std::size_t count = 0, total = 0;  ///< PIN dots; caret of a text field; line of a key
    int group = 0;
    bool hidden = false;
    float caret_x = 0;  ///< dp from the start of the line
    std::size_t caret_line = 0;
    Rect rect;

    NodeId parent = no_node, first = no_node, last = no_node, next = no_node;
};

/// What sizes depend on.
struct Look {
    float scale = 1;              ///< pixels in a dp
    float text = 1;               ///< text size factor
    float width = 0, height = 0;  ///< window, dp
    bool wide = false;            ///< a tablet: larger question, taller choices
    bool low = false;             ///< little height: a phone held sideways, a keyboard open
    const Theme* theme = nullptr;
    bool high_contrast = false;

    [[nodiscard]] float icons() const noexcept { return text < 1.5F ? text : 1.5F; }
    /// Header and keyboard are tools, not reading matter: they grow less, so that the question keeps its room.
    [[nodiscard]] float tools() const noexcept {
        const float most = width < 400 ? 1.15F : 1.25F;
        return text < most ? text : most;
    }
    /// What is large already grows by two thirds, so that a question still leaves room for its answers.
    [[nodiscard]] float large() const noexcept { return 1 + (text - 1) * 0.66F; }
};

/// How a leaf is put together: [pad][icon][gap][text over second][gap][value or icon][pad].
struct Box {
    float pad_x = 0, pad_y = 0, min_w = 0, min_h = 0;
    float lead = 0, lead_gap = 0, trail = 0, trail_gap = 0;
    TextStyle text, second, value;
    float second_gap = 0;
    bool hug = false;  ///< content sits together in the middle
    bool fill = true;  ///< takes the whole width of its column
};

/// Where a leaf's parts are, from its rectangle: used for drawing and for placing the caret.
struct Parts {
    Rect lead, text, second, value, trail;
    Block text_block, second_block, value_block;
};

/// One pass: nodes, their texts, and the trace made of them.
struct Scene {
    explicit Scene(crypto::SodiumReady ready) : pool(ready) {}

    TextPool pool;
    std::vector<Node> nodes;
    std::vector<Parts> parts;   ///< of each node, after arrange()
    std::vector<NodeId> roots;  ///< banner, header, progress, middle, footer, keyboard, in that order of description
    std::string_view screen;
    ScreenOptions options;
    Trace trace;

    void clear() noexcept;
    NodeId add(NodeId parent, const Node& node);
    [[nodiscard]] Node& at(NodeId id) noexcept { return nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const Node& at(NodeId id) const noexcept { return nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] NodeId root(Area area) const noexcept;
};

[[nodiscard]] Box box_of(const Node& node, const Look& look);

[[nodiscard]] Parts parts_of(const Node& node, const Look& look, Glyphs& glyphs);

/// Widths a container needs to decide, heights it gets for a width; dp.
[[nodiscard]] float natural_width(const Scene& scene, NodeId id, const Look& look, Glyphs& glyphs);
[[nodiscard]] float minimum_width(const Scene& scene, NodeId id, const Look& look, Glyphs& glyphs);
[[nodiscard]] float height_for(const Scene& scene, NodeId id, float width, const Look& look, Glyphs& glyphs);

/// Cells side by side in a grid of this width.
[[nodiscard]] std::size_t grid_columns(const Node& node, float width, const Look& look) noexcept;
/// Between the lines of a row that was broken.
[[nodiscard]] float line_gap(const Node& row) noexcept;

/// Gives every node its rectangle and makes the trace. `scroll` is limited to what there is to scroll.
void arrange(Scene& scene, const Look& look, Glyphs& glyphs, float& scroll);

/// Lines of a row: indices of children and the widths they get. Children without width are pushes.
struct RowLine {
    std::vector<NodeId> items;
    std::vector<float> widths;
    float height = 0;
};
[[nodiscard]] std::vector<RowLine> row_lines(const Scene& scene, const Node& row, float width, const Look& look,
                                             Glyphs& glyphs);

/// The on-screen keyboard: its children are keys, whose line is their `count`, and the pop-up, a row.
[[nodiscard]] float keyboard_height(const Look& look) noexcept;
void arrange_keyboard(Scene& scene, Node& keyboard, const Look& look);
void arrange_popup(Scene& scene, const Look& look);
/// The column and line of each text field's caret (caret.cpp).
void set_carets(Scene& scene, const Look& look, Glyphs& glyphs);

}  // namespace app::ui
