// A key of the on-screen keyboard; which there are, is in keyboard.cpp.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box key_box(const Node& node, const Look& look) {
    Box b = fixed_box(32, 48);
    const bool word = node.button != ButtonStyle::plain;
    b.text = style(node.button == ButtonStyle::primary ? Face::bold : Face::regular, word ? dp::small : 20, 1.2F,
                   look.tools());
    return b;
}

void paint_key(const Brush& b, const Node& n, const Parts& parts) {
    const bool go = n.button == ButtonStyle::primary;
    const bool soft = n.button == ButtonStyle::text;
    const bool held = n.selected;
    const Colour back = go ? b.theme.primary : held ? b.theme.primary_soft : b.theme.card;
    const Colour front = go ? b.theme.on_primary : soft && !held ? b.theme.soft : b.theme.ink;
    b.painter.fill(n.rect, 10, b.touched(n, back, front));
    if (b.look.high_contrast && !go) b.painter.frame(n.rect, 10, held ? 3 : 1, b.theme.outline);
    const float side = 24;
    if (n.icon != Icon::none)
        b.painter.icon(n.icon, {n.rect.x + (n.rect.w - side) / 2, n.rect.y + (n.rect.h - side) / 2, side, side}, front);
    else
        b.words(n, parts, front, front);
}

}  // namespace

const WidgetKind widgets::key{Kind::key, "key", key_box, paint_key};

}  // namespace app::ui
