// Rows: side by side when they fit, narrower when words allow it, else on several lines.
#include <algorithm>
#include <numeric>

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {
namespace {

struct Item {
    NodeId id;
    float natural, minimum;
    bool push;
};

std::vector<Item> items_of(const Scene& scene, const Node& row, float width, const Look& look, Glyphs& glyphs) {
    std::vector<Item> items;
    for (NodeId id = row.first; id != no_node; id = scene.at(id).next) {
        const bool push = scene.at(id).shape == Shape::push;
        const float natural = push ? 0 : std::min(width, natural_width(scene, id, look, glyphs));
        const float minimum = push ? 0 : std::min(natural, minimum_width(scene, id, look, glyphs));
        items.push_back({id, natural, minimum, push});
    }
    return items;
}

// Gaps stand between things that are seen; a push is not seen.
float gaps(const std::vector<Item>& items, float gap) {
    const auto seen = std::count_if(items.begin(), items.end(), [](const Item& i) { return !i.push; });
    return seen > 1 ? gap * static_cast<float>(seen - 1) : 0;
}

float sum(const std::vector<Item>& items, float Item::*part) {
    return std::accumulate(items.begin(), items.end(), 0.0F, [part](float s, const Item& i) { return s + i.*part; });
}

void share_spare(const Scene& scene, const std::vector<Item>& items, float room, bool broken,
                 std::vector<float>& widths) {
    std::vector<std::size_t> growing;
    std::vector<std::size_t> pushes;
    float fixed = 0;
    float widest = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Node& n = scene.at(items[i].id);
        const bool alone_on_line = broken && n.shape == Shape::leaf && n.kind->manner.widens;
        if (items[i].push) {
            pushes.push_back(i);
        } else if (n.grow || alone_on_line) {
            growing.push_back(i);
            widest = std::max(widest, widths[i]);
        } else {
            fixed += widths[i];
        }
    }
    if (!growing.empty()) {
        const auto n = static_cast<float>(growing.size());
        const float equal = (room - fixed) / n;
        float used = fixed;
        for (const std::size_t i : growing) used += widths[i];
        for (const std::size_t i : growing) widths[i] = equal >= widest ? equal : widths[i] + (room - used) / n;
    } else if (!pushes.empty()) {
        float used = 0;
        for (const float w : widths) used += w;
        for (const std::size_t i : pushes) widths[i] = std::max(0.0F, room - used) / static_cast<float>(pushes.size());
    }
}

RowLine fit_line(const Scene& scene, const std::vector<Item>& items, float width, float gap, bool broken) {
    RowLine line;
    const float room = width - gaps(items, gap);
    float over = sum(items, &Item::natural) - room;
    const float give = sum(items, &Item::natural) - sum(items, &Item::minimum);
    for (const Item& item : items) {
        const float take = over > 0 && give > 0 ? (item.natural - item.minimum) * std::min(1.0F, over / give) : 0;
        line.items.push_back(item.id);
        line.widths.push_back(item.natural - take);
    }
    if (over <= 0) share_spare(scene, items, room, broken, line.widths);
    return line;
}

// First where the description pushed things apart, then wherever the line is full.
std::vector<std::vector<Item>> break_items(const std::vector<Item>& items, float width, float gap) {
    std::vector<std::vector<Item>> lines(1);
    float used = 0;
    for (const Item& item : items) {
        const bool full = !lines.back().empty() && used > 0 && used + gap + item.minimum > width;
        if ((item.push || full) && used > 0) {
            lines.emplace_back();
            used = 0;
        }
        lines.back().push_back(item);
        if (!item.push) used += (used > 0 ? gap : 0) + item.natural;
    }
    return lines;
}

// The parts of one control look like one control only when its lines are equally full.
std::vector<std::vector<Item>> even_lines(const std::vector<Item>& items, std::size_t lines) {
    const std::size_t each = (items.size() + lines - 1) / std::max<std::size_t>(lines, 1);
    std::vector<std::vector<Item>> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i % each == 0) out.emplace_back();
        out.back().push_back(items[i]);
    }
    return out;
}

}  // namespace

std::vector<RowLine> row_lines(const Scene& scene, const Node& row, float width, const Look& look, Glyphs& glyphs) {
    const std::vector<Item> items = items_of(scene, row, width, look, glyphs);
    std::vector<RowLine> lines;
    const float room = width - gaps(items, row.gap);
    const bool shrinks = row.shape != Shape::wrap;
    if (sum(items, shrinks ? &Item::minimum : &Item::natural) <= room + 0.01F) {
        lines.push_back(fit_line(scene, items, width, row.gap, false));
    } else {
        auto parts = break_items(items, width, row.gap);
        if (row.kind != nullptr && row.kind->manner.even_lines) parts = even_lines(items, parts.size());
        for (const auto& part : parts) lines.push_back(fit_line(scene, part, width, row.gap, shrinks));
    }
    for (RowLine& line : lines)
        for (std::size_t i = 0; i < line.items.size(); ++i)
            line.height = std::max(line.height, height_for(scene, line.items[i], line.widths[i], look, glyphs));
    return lines;
}

}  // namespace app::ui
