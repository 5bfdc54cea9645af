// One answer of several.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

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

void paint_choice(const Brush& b, const Node& n, const Parts& parts) {
    const Colour face = b.touched(n, n.selected ? b.theme.primary_soft : b.theme.card, b.theme.ink);
    b.painter.fill(n.rect, dp::radius, face);
    b.painter.frame(n.rect, dp::radius, n.selected && b.look.high_contrast ? 4 : dp::border,
                    n.selected ? b.theme.primary : b.theme.outline);
    const Rect& m = parts.lead;
    const float cx = m.x + m.w / 2;
    const float cy = m.y + m.h / 2;
    const Colour edge = b.able(n, n.selected ? b.theme.primary : b.theme.soft, face);
    if (n.multiple) {
        const Rect square{m.x + 1, m.y + 1, m.w - 2, m.h - 2};
        if (n.selected)
            b.painter.fill(square, 6, edge);
        else
            b.painter.frame(square, 6, dp::border, edge);
    } else if (n.selected) {
        b.painter.disc(cx, cy, m.w / 2, edge);
    } else {
        b.painter.ring(cx, cy, m.w / 2, dp::border, edge);
    }
    const float tick = m.w * 0.7F;
    if (n.selected) b.painter.icon(Icon::check, {cx - tick / 2, cy - tick / 2, tick, tick}, b.theme.on_primary);
    b.words(n, parts, b.able(n, b.theme.ink, face), b.theme.soft);
}

}  // namespace

const WidgetKind widgets::choice{Kind::choice, "choice", choice_box, paint_choice};

bool Ui::choice(KeyName key, Text text, const ChoiceOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::choice, key, text.view());
    n.second = i.back->pool.keep(options.second.view());
    n.selected = options.selected;
    n.multiple = options.multiple;
    n.enabled = options.enabled;
    n.target = true;
    n.centered = false;
    return i.used(n);
}

}  // namespace app::ui
