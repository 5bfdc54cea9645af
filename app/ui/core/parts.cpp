// Where the parts of a leaf go inside its rectangle.
#include <algorithm>

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {
namespace {

// The value at the right takes what it needs, but never more than 45 %.
float value_width(const Node& node, const Box& box, Glyphs& glyphs, float inner) {
    if (node.value.empty()) return 0;
    return std::min(text_width(glyphs, node.value, box.value), inner * 0.45F);
}

void centre_lines(Rect& rect, const Block& block) {
    const float spare = rect.w - block.width;
    if (spare > 0) {
        rect.x += spare / 2;
        rect.w = block.width;
    }
}

// Icon, text and icon side by side in the middle.
void place_hugging(const Node& node, const Box& box, Parts& parts) {
    const float text = parts.text_block.width;
    const float total =
        box.lead + (box.lead > 0 ? box.lead_gap : 0) + text + (box.trail > 0 ? box.trail_gap : 0) + box.trail;
    const float middle = node.rect.y + node.rect.h / 2;
    float x = node.rect.x + (node.rect.w - total) / 2;
    parts.lead = {x, middle - box.lead / 2, box.lead, box.lead};
    if (box.lead > 0) x += box.lead + box.lead_gap;
    parts.text = {x, middle - parts.text_block.height / 2, text, parts.text_block.height};
    x += text + (box.trail > 0 ? box.trail_gap : 0);
    parts.trail = {x, middle - box.trail / 2, box.trail, box.trail};
}

}  // namespace

Parts parts_of(const Node& node, const Look& look, Glyphs& glyphs) {
    if (node.kind->parts != nullptr) return node.kind->parts(node, look, glyphs);
    const Manner& manner = node.kind->manner;
    const Box box = box_of(node, look);
    Parts parts;
    const float inner = std::max(0.0F, node.rect.w - 2 * box.pad_x);
    const float value = value_width(node, box, glyphs, inner);
    float room = inner - (box.lead > 0 ? box.lead + box.lead_gap : 0) - (box.trail > 0 ? box.trail + box.trail_gap : 0);
    if (value > 0) room -= value + 12;
    room = std::max(room, 1.0F);
    if (manner.typed && !node.text.empty()) {
        parts.text_block = wrap_typed(glyphs, node.text, box.text, room);
    } else if (!node.text.empty()) {
        parts.text_block = wrap_text(glyphs, node.text, box.text, room);
    } else if (manner.typed) {
        parts.text_block.line = box.text.line;
        parts.text_block.size = box.text.size;
        parts.text_block.height = box.text.line;
    }
    if (!node.second.empty()) parts.second_block = wrap_text(glyphs, node.second, box.second, room);
    if (manner.typed && !node.second.empty()) parts.text_block.height = 0;  // the placeholder has its place
    if (value > 0) parts.value_block = wrap_text(glyphs, node.value, box.value, value);
    if (box.hug) {
        place_hugging(node, box, parts);
        return parts;
    }
    const float content = parts.text_block.height + box.second_gap + parts.second_block.height;
    const float left = node.rect.x + box.pad_x;
    float top = node.rect.y + std::max(box.pad_y, (node.rect.h - content) / 2);
    if (manner.at_top) top = node.rect.y;
    float x = left;
    if (box.lead > 0) {
        const float first_line = parts.text_block.line > 0 ? parts.text_block.line : box.lead;
        const float y =
            manner.lead_on_first_line ? top + (first_line - box.lead) / 2 : node.rect.y + (node.rect.h - box.lead) / 2;
        parts.lead = {x, y, box.lead, box.lead};
        x += box.lead + box.lead_gap;
    }
    parts.text = {x, top, room, parts.text_block.height};
    parts.second = {x, top + parts.text_block.height + box.second_gap, room, parts.second_block.height};
    if (node.centered) {
        centre_lines(parts.text, parts.text_block);
        centre_lines(parts.second, parts.second_block);
    }
    const float right = node.rect.right() - box.pad_x;
    parts.trail = {right - box.trail, node.rect.y + (node.rect.h - box.trail) / 2, box.trail, box.trail};
    const float value_right = box.trail > 0 ? parts.trail.x - box.trail_gap : right;
    const float value_y = node.second.empty() ? node.rect.y + (node.rect.h - parts.value_block.height) / 2 : top;
    parts.value = {value_right - parts.value_block.width, value_y, parts.value_block.width, parts.value_block.height};
    return parts;
}

}  // namespace app::ui
