// The measures of every kind of leaf, in one table.
#include <algorithm>

#include "app/ui/scene.hpp"

namespace app::ui {
namespace {

TextStyle style(Face face, float size, float line_factor, float factor) {
    return {face, size * factor, size * factor * line_factor};
}

Box text_box(Face face, float size, float line, const Look& look) {
    Box b;
    b.text = style(face, size, line, look.text);
    return b;
}

Box heading_box(const Node& node, const Look& look) {
    Box b;
    b.text = style(Face::bold, look.wide ? dp::question_wide : dp::question, 1.28F, look.large());
    b.second = style(Face::regular, 19, 1.35F, look.text);
    b.second_gap = node.second.empty() ? 0 : 6;
    return b;
}

Box card_box(const Look& look) {
    Box b;
    b.text = style(Face::bold, dp::title, 1.3F, look.large());
    b.pad_x = b.pad_y = 20;
    b.lead = dp::big_icon * look.icons();
    b.lead_gap = 16;
    b.min_h = dp::card;
    b.second = style(Face::regular, dp::small, 1.38F, look.text);
    b.second_gap = 2;
    return b;
}

Box choice_box(const Node& node, const Look& look) {
    Box b = text_box(node.selected ? Face::bold : Face::regular, look.wide ? 20 : dp::body, 1.38F, look);
    b.pad_x = 18;
    b.pad_y = 13;
    b.lead = dp::icon * look.icons();
    b.lead_gap = 14;
    b.min_h = look.wide ? dp::choice_wide : dp::choice;
    b.second = style(Face::regular, dp::small, 1.38F, look.text);
    return b;
}

Box button_box(const Node& node, const Look& look) {
    const bool text_only = node.button == ButtonStyle::text;
    const bool tight = look.text > 1.25F && look.width < 420;
    Box b;
    b.text = style(text_only ? Face::regular : Face::bold, dp::body, 1.38F, look.large());
    b.pad_x = text_only ? 12 : tight ? 16 : 24;
    b.pad_y = 8;
    b.min_h = dp::button;
    b.lead = node.icon == Icon::none ? 0 : dp::icon * look.icons();
    b.trail = node.icon_after == Icon::none ? 0 : dp::icon * look.icons();
    b.lead_gap = b.trail_gap = node.text.empty() ? 0 : 10;
    b.hug = true;
    b.fill = node.grow;
    return b;
}

Box row_box(const Node& node, const Look& look) {
    const bool stat = node.kind == Kind::stat;
    Box b = text_box(node.strong && !stat ? Face::bold : Face::regular, dp::body, 1.38F, look);
    b.pad_x = 4;
    b.pad_y = 12;
    b.min_h = stat ? 50 : dp::choice;
    b.lead = node.icon == Icon::none ? 0 : dp::icon * look.icons();
    b.lead_gap = 12;
    b.second = style(Face::regular, dp::smaller, 1.38F, look.text);
    b.value = style(stat && node.strong ? Face::bold : Face::regular, dp::body, 1.38F, look.text);
    b.trail = node.icon_after == Icon::none ? 0 : dp::icon * look.icons();
    b.trail_gap = b.trail > 0 ? 8 : 0;
    return b;
}

Box tag_box(const Node& node, const Look& look) {
    Box b;
    b.text =
        style(Face::bold, node.large ? 17 : dp::smaller, 1.38F, node.area == Area::header ? look.tools() : look.text);
    b.pad_x = node.large ? 16 : 12;
    b.pad_y = node.large ? 6 : 4;
    b.hug = true;
    b.fill = false;
    return b;
}

Box fixed_box(float w, float h) {
    Box b;
    b.min_w = w;
    b.min_h = h;
    b.fill = false;
    b.hug = true;
    return b;
}

Box icon_text_box(const Node& node, const Look& look) {
    Box b = text_box(node.strong ? Face::bold : Face::regular, dp::body, 1.38F, look);
    b.lead = dp::icon * look.icons();
    b.lead_gap = 12;
    b.second = style(Face::regular, dp::smaller, 1.38F, look.text);
    return b;
}

Box fold_box(const Look& look) {
    Box b = text_box(Face::regular, dp::small, 1.38F, look);
    b.pad_y = 10;
    b.min_h = 52;
    b.lead = b.trail = dp::icon * look.icons();
    b.lead_gap = b.trail_gap = 10;
    return b;
}

Box chip_box(const Look& look) {
    Box b = text_box(Face::regular, dp::small, 1.38F, look);
    b.pad_x = 17;
    b.pad_y = 8;
    b.min_h = dp::chip;
    b.hug = true;
    b.fill = false;
    return b;
}

Box field_box(const Look& look) {
    Box b = text_box(Face::regular, dp::body, 1.38F, look);
    b.second = b.text;  // the placeholder
    b.pad_x = 18;
    b.pad_y = 16;
    b.min_h = dp::choice;
    return b;
}

Box title_box(const Node& node, const Look& look) {
    Box b;
    const bool header = node.area == Area::header;
    b.text = style(Face::bold, header ? 20 : dp::title, 1.3F, header ? look.tools() : look.large());
    return b;
}

Box dots_box(const Node& node) {
    const float n = static_cast<float>(node.total);
    return fixed_box(n * 18 + std::max(0.0F, n - 1) * 16, 38);
}

Box pin_key_box(const Look& look) {
    Box b = fixed_box(look.low ? 84 : 88, look.height < 420 ? dp::target : look.low ? 54 : look.height < 700 ? 60 : 72);
    b.text = style(Face::regular, dp::code, 1.2F, look.tools());
    return b;
}

Box segment_box(const Node& node, const Look& look) {
    Box b;
    const float factor = node.area == Area::header ? look.tools() : look.text;
    b.text = style(Face::bold, dp::small, 1.3F, factor);
    b.pad_x = 14;
    b.min_h = dp::target;
    b.min_w = dp::target - 2;
    b.hug = true;
    b.fill = false;
    return b;
}

Box progress_box(const Node& node, const Look& look) {
    Box b;
    if (node.text.empty()) {
        b.min_h = 6;
        return b;
    }
    b = text_box(Face::regular, dp::small, 1.38F, look);
    b.second_gap = 18;  // the bar is drawn below the text
    return b;
}

Box key_box(const Node& node, const Look& look) {
    Box b = fixed_box(32, 48);
    const bool word = node.button != ButtonStyle::plain;
    b.text = style(node.button == ButtonStyle::primary ? Face::bold : Face::regular, word ? dp::small : 20, 1.2F,
                   look.tools());
    return b;
}

}  // namespace

Box box_of(const Node& node, const Look& look) {
    switch (node.kind) {
        case Kind::heading:
            return heading_box(node, look);
        case Kind::title:
            return title_box(node, look);
        case Kind::body:
        case Kind::hint:
            return text_box(Face::regular, dp::body, 1.38F, look);
        case Kind::strong:
            return text_box(Face::bold, dp::body, 1.38F, look);
        case Kind::small:
            return text_box(Face::regular, dp::small, 1.38F, look);
        case Kind::code:
            return text_box(Face::bold, dp::code, 1.25F, look);
        case Kind::clock:
            return fixed_box(0, 0);
        case Kind::icon_text:
            return icon_text_box(node, look);
        case Kind::badge:
            return fixed_box(96, 96);
        case Kind::tag:
            return tag_box(node, look);
        case Kind::stat:
        case Kind::list_row:
            return row_box(node, look);
        case Kind::banner: {
            Box b;
            b.text = style(Face::bold, 14, 1.3F, look.tools());
            b.pad_x = dp::gutter;
            b.pad_y = 4;
            b.min_h = 26;
            return b;
        }
        case Kind::progress:
            return progress_box(node, look);
        case Kind::divider: {
            Box b;
            b.min_h = 1;
            return b;
        }
        case Kind::card:
            return card_box(look);
        case Kind::choice:
            return choice_box(node, look);
        case Kind::chip:
            return chip_box(look);
        case Kind::fold:
            return fold_box(look);
        case Kind::button:
            return button_box(node, look);
        case Kind::icon_button:
            return node.framed ? fixed_box(74, std::max(dp::button, 30 * look.icons()))
                               : fixed_box(dp::target, dp::target);
        case Kind::segments:
            return segment_box(node, look);
        case Kind::pin_dots:
            return dots_box(node);
        case Kind::pin_key:
            return pin_key_box(look);
        case Kind::text_field:
            return field_box(look);
        case Kind::key:
            return key_box(node, look);
    }
    return {};
}

}  // namespace app::ui
