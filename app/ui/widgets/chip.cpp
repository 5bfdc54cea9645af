// A small choice among others in a line.
#include <algorithm>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box chip_box(const Node& /*node*/, const Look& look) {
    Box b = text_box(Face::regular, dp::small, 1.38F, look);
    b.pad_x = 17;
    b.pad_y = 8;
    b.min_h = dp::chip;
    b.hug = true;
    b.fill = false;
    return b;
}

void paint_chip(const Brush& b, const Node& n, const Parts& parts) {
    const float radius = std::min(dp::chip_radius, n.rect.h / 2);
    if (n.selected || b.pressed(n))
        b.painter.fill(n.rect, radius,
                       b.touched(n, n.selected ? b.theme.primary_soft : b.theme.background, b.theme.ink));
    b.painter.frame(n.rect, radius, n.selected ? 2 : 1, n.selected ? b.theme.primary : b.theme.outline);
    b.words(n, parts, b.able(n, n.selected ? b.theme.ink : b.theme.soft, b.theme.background), b.theme.soft);
}

}  // namespace

const WidgetKind widgets::chip{Kind::chip, "chip", chip_box, paint_chip, FocusRing::around, dp::chip_radius};

bool Ui::chip(KeyName key, Text text, bool selected, bool enabled) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::chip, key, text.view());
    n.selected = selected;
    n.enabled = enabled;
    n.target = true;
    return i.used(n);
}

}  // namespace app::ui
