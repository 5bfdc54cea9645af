// Something to tap, as a picture with a spoken name.
#include <algorithm>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box icon_button_box(const Node& node, const Look& look) {
    return node.framed ? fixed_box(74, std::max(dp::button, 30 * look.icons())) : fixed_box(dp::target, dp::target);
}

void paint_icon_button(const Brush& b, const Node& n, const Parts& /*parts*/) {
    if (n.framed) {
        b.painter.fill(n.rect, dp::radius, b.touched(n, b.theme.card, b.theme.ink));
        b.painter.frame(n.rect, dp::radius, dp::border, b.theme.outline);
    } else if (b.pressed(n)) {
        b.painter.fill(n.rect, 14, b.touched(n, b.theme.background, b.theme.ink));
    }
    const float side = n.area == Area::header ? dp::icon * std::min(b.look.tools(), 1.25F) : dp::icon * b.look.icons();
    b.painter.icon(n.icon, {n.rect.x + (n.rect.w - side) / 2, n.rect.y + (n.rect.h - side) / 2, side, side},
                   n.framed ? b.theme.ink : b.theme.soft);
}

}  // namespace

const WidgetKind widgets::icon_button{Kind::icon_button, "icon button", icon_button_box, paint_icon_button};

bool Ui::icon_button(KeyName key, Icon icon, Text name, bool framed) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::icon_button, key, {});
    n.spoken = i.back->pool.keep(name.view());
    n.icon = icon;
    n.framed = framed;
    n.target = true;
    return i.used(n);
}

bool Ui::urgent_button(KeyName key, Icon icon, Text name) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::icon_button, key, {});
    n.spoken = i.back->pool.keep(name.view());
    n.icon = icon;
    n.urgent = true;
    n.target = true;
    // First in the header: its picture, not its edge, stands above the edge of the content.
    if (Node& row = i.back->at(i.open); row.area == Area::header && i.back->at(row.first).urgent)
        row.pad_left = dp::gutter - 12;
    return i.used(n);
}

}  // namespace app::ui
