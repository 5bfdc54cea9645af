// The neutral screen: the time, and nothing of ours.
#include <algorithm>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box clock_box(const Node& /*node*/, const Look& /*look*/) {
    return fixed_box(0, 0);
}

Parts clock_parts(const Node& node, const Look& look, Glyphs& glyphs) {
    Parts parts;
    const float ems = std::max(0.5F, text_width(glyphs, node.text, {Face::regular, 1, 1}));
    const float size =
        std::min({dp::clock * std::min(look.text, 1.5F), (node.rect.w - 2 * dp::gutter) / ems, node.rect.h * 0.4F});
    parts.text_block = wrap_text(glyphs, node.text, {Face::regular, size, size * 1.3F}, node.rect.w);
    const float date = dp::body * look.text;
    parts.second_block =
        wrap_text(glyphs, node.second, {Face::regular, date, date * 1.38F}, node.rect.w - 2 * dp::gutter);
    const float height = parts.text_block.height + 6 + parts.second_block.height;
    const float top = node.rect.y + (node.rect.h - height) / 2;
    parts.text = {node.rect.x, top, node.rect.w, parts.text_block.height};
    parts.second = {node.rect.x + dp::gutter, top + height - parts.second_block.height, node.rect.w - 2 * dp::gutter,
                    parts.second_block.height};
    return parts;
}

void paint_clock(const Brush& b, const Node& n, const Parts& parts) {
    b.painter.text(n.text, parts.text_block, Face::regular, parts.text, b.theme.ink, true);
    b.painter.text(n.second, parts.second_block, Face::regular, parts.second, b.theme.soft, true);
}

}  // namespace

const WidgetKind widgets::clock{Kind::clock,     "clock",    clock_box, paint_clock,
                                FocusRing::none, dp::radius, {},        clock_parts};

bool Ui::clock(KeyName key, Text time, Text date) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::clock, key, time.view());
    n.second = i.back->pool.keep(date.view());
    n.target = true;
    return i.used(n) || i.action.any_key;
}

}  // namespace app::ui
