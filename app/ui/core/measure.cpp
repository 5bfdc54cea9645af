// How wide and how high things want to be.
#include <algorithm>

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {
namespace {

float leaf_width(const Node& node, const Look& look, Glyphs& glyphs,
                 float (*of)(Glyphs&, std::string_view, const TextStyle&)) {
    const Box box = box_of(node, look);
    float text = node.text.empty() ? 0 : of(glyphs, node.text, box.text);
    if (!node.second.empty()) text = std::max(text, of(glyphs, node.second, box.second));
    if (!node.value.empty()) text += 12 + text_width(glyphs, node.value, box.value);
    const float lead = box.lead > 0 ? box.lead + box.lead_gap : 0;
    const float trail = box.trail > 0 ? box.trail + box.trail_gap : 0;
    return std::max(box.min_w, 2 * box.pad_x + lead + text + trail);
}

float leaf_height(const Node& node, float width, const Look& look, Glyphs& glyphs) {
    if (node.kind->parts != nullptr) return 0;
    const Box box = box_of(node, look);
    Node probe = node;
    probe.rect = {0, 0, width, box.min_h};
    const Parts parts = parts_of(probe, look, glyphs);
    const float content =
        std::max(parts.text_block.height + box.second_gap + parts.second_block.height, parts.value_block.height);
    return std::max({box.min_h, content + 2 * box.pad_y, box.lead > 0 ? box.lead + 2 * box.pad_y * 0.5F : 0.0F});
}

template <class Width>
float widest(const Scene& scene, const Node& node, Width width) {
    float most = 0;
    float total = 0;
    int seen = 0;
    for (NodeId id = node.first; id != no_node; id = scene.at(id).next) {
        const float w = width(id);
        most = std::max(most, w);
        total += w;
        if (scene.at(id).shape != Shape::push) ++seen;
    }
    const bool side_by_side = node.shape == Shape::row || node.shape == Shape::wrap;
    if (side_by_side && seen > 1) total += node.gap * static_cast<float>(seen - 1);
    return (side_by_side ? total : most) + node.pad_left + node.pad_right;
}

bool is_flow(Shape shape) {
    return shape == Shape::leaf || shape == Shape::push || shape == Shape::gap;
}

float column_height(const Scene& scene, const Node& node, float inner, const Look& look, Glyphs& glyphs) {
    float height = 0;
    bool any = false;
    for (NodeId id = node.first; id != no_node; id = scene.at(id).next) {
        if (scene.at(id).shape == Shape::push) continue;
        height += (any ? node.gap : 0) + height_for(scene, id, inner, look, glyphs);
        any = true;
    }
    return height;
}

float grid_height(const Scene& scene, const Node& node, float inner, const Look& look, Glyphs& glyphs) {
    const std::size_t columns = grid_columns(node, inner, look);
    const float cell = (inner - node.gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    float height = 0;
    float line = 0;
    std::size_t at = 0;
    for (NodeId id = node.first; id != no_node; id = scene.at(id).next, ++at) {
        if (at % columns == 0) {
            height += line + (at == 0 ? 0 : node.gap);
            line = 0;
        }
        line = std::max(line, height_for(scene, id, cell, look, glyphs));
    }
    return height + line;
}

float rows_height(const Scene& scene, const Node& node, float inner, const Look& look, Glyphs& glyphs) {
    float height = 0;
    for (const RowLine& line : row_lines(scene, node, inner, look, glyphs))
        height += line.height + (height > 0 ? line_gap(node) : 0);
    return height;
}

}  // namespace

Box box_of(const Node& node, const Look& look) {
    return node.kind->box(node, look);
}

std::size_t grid_columns(const Node& node, float width, const Look& look) noexcept {
    if (node.shape == Shape::pin_grid) return 3;
    if (node.shape == Shape::split) return look.height < 560 && look.width >= 640 ? 2 : 1;
    return width / (dp::body * look.text) >= 38 ? 2 : 1;
}

float line_gap(const Node& row) noexcept {
    return std::max(8.0F, std::min(row.gap, dp::gap));
}

float natural_width(const Scene& scene, NodeId id, const Look& look, Glyphs& glyphs) {
    const Node& node = scene.at(id);
    if (node.shape == Shape::leaf) return leaf_width(node, look, glyphs, text_width);
    if (is_flow(node.shape)) return 0;
    const float inner = widest(scene, node, [&](NodeId child) { return natural_width(scene, child, look, glyphs); });
    return node.shape == Shape::pin_grid ? inner * 3 + 2 * node.gap : inner;
}

float minimum_width(const Scene& scene, NodeId id, const Look& look, Glyphs& glyphs) {
    const Node& node = scene.at(id);
    if (node.shape == Shape::leaf) return leaf_width(node, look, glyphs, longest_word);
    if (is_flow(node.shape)) return 0;
    const float inner = widest(scene, node, [&](NodeId child) { return minimum_width(scene, child, look, glyphs); });
    return node.shape == Shape::pin_grid ? inner * 3 + 2 * node.gap : inner;
}

float height_for(const Scene& scene, NodeId id, float width, const Look& look, Glyphs& glyphs) {
    const Node& node = scene.at(id);
    const float inner = (node.max_width > 0 ? std::min(width, node.max_width) : width) - node.pad_left - node.pad_right;
    const float pads = node.pad_top + node.pad_bottom;
    switch (node.shape) {
        case Shape::leaf:
            return leaf_height(node, width, look, glyphs);
        case Shape::push:
            return 0;
        case Shape::gap:
            return node.gap;
        case Shape::column:
            return pads + column_height(scene, node, inner, look, glyphs);
        case Shape::row:
        case Shape::wrap:
            return std::max(node.fraction, pads + rows_height(scene, node, inner, look, glyphs));
        case Shape::grid:
        case Shape::split:
        case Shape::pin_grid:
            return pads + grid_height(scene, node, inner, look, glyphs);
        case Shape::keyboard:
            return keyboard_height(look);
    }
    return 0;
}

}  // namespace app::ui
