// A line between two things.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box divider_box(const Node& /*node*/, const Look& /*look*/) {
    Box b;
    b.min_h = 1;
    return b;
}

void paint_divider(const Brush& b, const Node& n, const Parts& /*parts*/) {
    b.painter.line(n.rect.x, n.rect.y, n.rect.right(), n.rect.y, 1, b.theme.line);
}

}  // namespace

const WidgetKind widgets::divider{Kind::divider, "divider", divider_box, paint_divider};

void Ui::divider() {
    impl_->leaf(widgets::divider, {}, {});
}

}  // namespace app::ui
