// A large picture in a disc.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box badge_box(const Node& /*node*/, const Look& /*look*/) {
    return fixed_box(96, 96);
}

void paint_badge(const Brush& b, const Node& n, const Parts& /*parts*/) {
    const float r = n.rect.w / 2;
    b.painter.disc(n.rect.x + r, n.rect.y + r, r, b.tone_soft(n.tone));
    if (b.look.high_contrast) b.painter.ring(n.rect.x + r, n.rect.y + r, r, 2, b.tone_colour(n.tone));
    b.painter.icon(n.icon, {n.rect.x + r - 26, n.rect.y + r - 26, 52, 52}, b.tone_colour(n.tone));
}

}  // namespace

const WidgetKind widgets::badge{Kind::badge, "badge", badge_box, paint_badge};

void Ui::badge(KeyName key, Icon icon, Tone tone) {
    Node& n = impl_->leaf(widgets::badge, key, {});
    n.icon = icon;
    n.tone = tone;
}

}  // namespace app::ui
