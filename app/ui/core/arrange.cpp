// Where things go, and the trace of where they went.
#include <algorithm>
#include <cmath>

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {
namespace {

class Arranger {
  public:
    Arranger(Scene& scene, const Look& look, Glyphs& glyphs) : scene_(scene), look_(look), glyphs_(glyphs) {}

    // `rect.h` is the room there is; what a column does not need goes to its pushes.
    void place(NodeId id, Rect rect) {
        Node& node = scene_.at(id);
        if (node.max_width > 0 && rect.w > node.max_width) {
            rect.x += (rect.w - node.max_width) / 2;
            rect.w = node.max_width;
        }
        node.rect = rect;
        switch (node.shape) {
            case Shape::leaf:
            case Shape::push:
            case Shape::gap:
                return;
            case Shape::column:
                return place_column(node);
            case Shape::row:
            case Shape::wrap:
                return place_row(node);
            case Shape::grid:
            case Shape::split:
            case Shape::pin_grid:
                return place_grid(node);
            case Shape::keyboard:
                return arrange_keyboard(scene_, node, look_);
        }
    }

  private:
    static Rect inside(const Node& node) {
        return {node.rect.x + node.pad_left, node.rect.y + node.pad_top, node.rect.w - node.pad_left - node.pad_right,
                node.rect.h - node.pad_top - node.pad_bottom};
    }

    [[nodiscard]] bool fills_column(const Node& child) const {
        if (child.shape == Shape::pin_grid) return false;
        return child.shape != Shape::leaf || box_of(child, look_).fill;
    }

    void place_column(const Node& node) {
        const Rect in = inside(node);
        float spare =
            in.h - (height_for(scene_, self(node), node.rect.w, look_, glyphs_) - node.pad_top - node.pad_bottom);
        int pushes = 0;
        for (NodeId id = node.first; id != no_node; id = scene_.at(id).next)
            pushes += scene_.at(id).shape == Shape::push ? 1 : 0;
        spare = std::max(0.0F, spare);
        const float push = pushes > 0 ? spare / static_cast<float>(pushes) : 0;
        float y = in.y + (pushes == 0 && node.across == Align::center && node.area == Area::middle &&
                                  node.parent == no_node && scene_.options.centered
                              ? spare / 2
                              : 0);
        bool any = false;
        for (NodeId id = node.first; id != no_node; id = scene_.at(id).next) {
            const Node& child = scene_.at(id);
            if (child.shape == Shape::push) {
                y += push;
                continue;
            }
            if (any) y += node.gap;
            any = true;
            const float height = height_for(scene_, id, in.w, look_, glyphs_);
            place(id, across(node, child, id, {in.x, y, in.w, height}));
            y += height;
        }
    }

    Rect across(const Node& node, const Node& child, NodeId id, Rect rect) {
        if (fills_column(child)) return rect;
        const float width = std::min(rect.w, natural_width(scene_, id, look_, glyphs_));
        if (node.centered)
            rect.x += (rect.w - width) / 2;
        else if (node.across == Align::end && node.parent != no_node)
            rect.x += rect.w - width;
        rect.w = width;
        return rect;
    }

    void place_row(const Node& node) {
        const Rect in = inside(node);
        const std::vector<RowLine> lines = row_lines(scene_, node, in.w, look_, glyphs_);
        float total = 0;
        for (const RowLine& line : lines) total += line.height + (total > 0 ? line_gap(node) : 0);
        float y = in.y + (node.fraction > 0 ? std::max(0.0F, (in.h - total) / 2) : 0);
        for (const RowLine& line : lines) {
            place_line(node, line, in.x + line_start(node, line, in.w), y);
            y += line.height + line_gap(node);
        }
    }

    // In a centred container what does not fill its line stands in the middle.
    [[nodiscard]] float line_start(const Node& node, const RowLine& line, float width) const {
        if (!node.centered) return 0;
        float used = 0;
        int seen = 0;
        for (std::size_t i = 0; i < line.items.size(); ++i) {
            used += line.widths[i];
            seen += scene_.at(line.items[i]).shape == Shape::push ? 0 : 1;
        }
        return std::max(0.0F, (width - used - node.gap * static_cast<float>(std::max(0, seen - 1))) / 2);
    }

    void place_line(const Node& node, const RowLine& line, float x, float y) {
        bool any = false;
        for (std::size_t i = 0; i < line.items.size(); ++i) {
            const NodeId id = line.items[i];
            const Node& child = scene_.at(id);
            if (child.shape == Shape::push) {
                x += line.widths[i];
                continue;
            }
            if (any) x += node.gap;
            any = true;
            const bool stretch = child.shape == Shape::leaf && (child.framed || child.kind->manner.stretches);
            const float height = stretch ? line.height : height_for(scene_, id, line.widths[i], look_, glyphs_);
            float top = y;
            if (node.across == Align::center) top += (line.height - height) / 2;
            if (node.across == Align::end) top += line.height - height;
            place(id, {x, top, line.widths[i], height});
            x += line.widths[i];
        }
    }

    void place_grid(const Node& node) {
        const Rect in = inside(node);
        const std::size_t columns = grid_columns(node, in.w, look_);
        const float cell = (in.w - node.gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
        float y = in.y;
        for (NodeId id = node.first; id != no_node;) {
            NodeId row[3] = {no_node, no_node, no_node};
            float height = 0;
            std::size_t n = 0;
            for (; n < columns && id != no_node; ++n, id = scene_.at(id).next) {
                row[n] = id;
                height = std::max(height, height_for(scene_, id, cell, look_, glyphs_));
            }
            for (std::size_t i = 0; i < n; ++i) {
                const float own =
                    node.shape == Shape::split ? height_for(scene_, row[i], cell, look_, glyphs_) : height;
                place(row[i], {in.x + static_cast<float>(i) * (cell + node.gap), y + (height - own) / 2, cell, own});
            }
            y += height + node.gap;
        }
    }

    [[nodiscard]] NodeId self(const Node& node) const { return static_cast<NodeId>(&node - scene_.nodes.data()); }

    Scene& scene_;
    const Look& look_;
    Glyphs& glyphs_;
};

// Where the footer's words do not fit side by side, the way back or home is shown by its icon alone: one line.
void shorten_footer(Scene& scene, const Look& look, Glyphs& glyphs) {
    const NodeId id = scene.root(Area::footer);
    if (id == no_node || natural_width(scene, id, look, glyphs) <= std::min(look.width, scene.at(id).max_width)) return;
    for (NodeId child = scene.at(id).first; child != no_node; child = scene.at(child).next) {
        Node& n = scene.at(child);
        const bool known = n.icon == Icon::arrow_back || n.icon == Icon::home;
        if (n.shape != Shape::leaf || !n.kind->manner.shortens || !known || n.text.empty()) continue;
        n.spoken = n.text;
        n.text = {};
    }
}

Rect clip_of(const Scene& scene, Area area) {
    return area == Area::middle ? scene.trace.middle.intersection(scene.trace.window) : scene.trace.window;
}

void make_trace(Scene& scene, const Look& look, Glyphs& glyphs) {
    scene.parts.resize(scene.nodes.size());
    scene.trace.widgets.clear();
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        const Node& node = scene.nodes[i];
        if (node.shape != Shape::leaf || node.hidden) continue;
        scene.parts[i] = parts_of(node, look, glyphs);
        const Parts& p = scene.parts[i];
        if (node.key.empty()) continue;
        Widget w;
        w.key = node.key;
        w.kind = node.kind->kind;
        w.kind_name = node.kind->name;
        w.area = node.area;
        w.rect = node.rect;
        w.visible = node.rect.intersection(clip_of(scene, node.area));
        const bool typed = node.kind->manner.typed;
        w.text = typed || node.text.empty() ? node.spoken : node.text;
        w.second = typed ? std::string_view{} : node.value.empty() ? node.second : node.value;
        w.group = node.group;
        w.enabled = node.enabled;
        w.target = node.target;
        w.urgent = node.urgent;
        w.selected = node.selected;
        w.focused = node.focused;
        const float content = p.text_block.height + p.second_block.height;
        w.overflow = p.text_block.overflow || p.second_block.overflow || p.value_block.overflow ||
                     content > node.rect.h + 0.5F || p.text_block.width > node.rect.w + 0.5F;
        w.missing_glyph = p.text_block.missing || p.second_block.missing || p.value_block.missing;
        scene.trace.widgets.push_back(w);
    }
}

}  // namespace

void arrange(Scene& scene, const Look& look, Glyphs& glyphs, float& scroll) {
    Arranger arranger(scene, look, glyphs);
    shorten_footer(scene, look, glyphs);
    Trace& trace = scene.trace;
    trace.screen = scene.screen;
    trace.window = {0, 0, look.width, look.height};
    float top = 0;
    float bottom = look.height;
    for (const Area area : {Area::banner, Area::header}) {
        for (const NodeId id : scene.roots) {
            if (scene.at(id).area != area) continue;
            const float h = height_for(scene, id, look.width, look, glyphs);
            arranger.place(id, {0, top, look.width, h});
            top += h;
        }
    }
    for (const Area area : {Area::keyboard, Area::footer}) {
        const NodeId id = scene.root(area);
        if (id == no_node) continue;
        const float h = height_for(scene, id, look.width, look, glyphs);
        bottom -= h;
        arranger.place(id, {0, bottom, look.width, h});
    }
    trace.middle = {0, top, look.width, std::max(0.0F, bottom - top)};
    trace.scroll = trace.scroll_range = 0;
    if (const NodeId id = scene.root(Area::middle); id != no_node) {
        const float h = height_for(scene, id, look.width, look, glyphs);
        trace.scroll_range = std::max(0.0F, std::ceil(h - trace.middle.h));
        scroll = std::clamp(scroll, 0.0F, trace.scroll_range);
        trace.scroll = scroll;
        arranger.place(id, {0, top - scroll, look.width, std::max(h, trace.middle.h)});
    }
    arrange_popup(scene, look);
    make_trace(scene, look, glyphs);
    set_carets(scene, look, glyphs);
}

}  // namespace app::ui
