// A line that opens and closes what is below it.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box fold_box(const Node& /*node*/, const Look& look) {
    Box b = text_box(Face::regular, dp::small, 1.38F, look);
    b.pad_y = 10;
    b.min_h = 52;
    b.lead = b.trail = dp::icon * look.icons();
    b.lead_gap = b.trail_gap = 10;
    return b;
}

void paint_fold(const Brush& b, const Node& n, const Parts& parts) {
    if (b.pressed(n)) b.painter.fill(n.rect, 10, b.touched(n, b.theme.background, b.theme.ink));
    b.painter.line(n.rect.x, n.rect.y, n.rect.right(), n.rect.y, 1, b.theme.line);
    b.painter.icon(n.icon, parts.lead, b.theme.soft);
    b.painter.icon(n.icon_after, parts.trail, b.theme.soft);
    b.words(n, parts, b.theme.soft, b.theme.soft);
}

}  // namespace

const WidgetKind widgets::fold{Kind::fold, "fold", fold_box, paint_fold, FocusRing::inside};

Scope Ui::fold(KeyName key, Icon icon, Text text) {
    Impl& i = *impl_;
    Node box;
    box.shape = Shape::column;
    box.gap = 4;
    box.across = Align::start;
    i.container(box);
    Node& n = i.leaf(widgets::fold, key, text.view());
    n.icon = icon;
    n.target = true;
    if (i.used(n)) {
        if (const auto found = i.folds.find(key); found != i.folds.end())
            i.folds.erase(found);
        else
            i.folds.emplace(key);
    }
    const bool wanted = i.folds.find(key) != i.folds.end();
    n.selected = wanted;
    n.icon_after = wanted ? Icon::expand_less : Icon::expand_more;
    return {this, wanted};
}

}  // namespace app::ui
