// A line over the whole width that says something about everything below.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box banner_box(const Node& /*node*/, const Look& look) {
    Box b;
    b.text = style(Face::bold, 14, 1.3F, look.tools());
    b.pad_x = dp::gutter;
    b.pad_y = 4;
    b.min_h = 26;
    return b;
}

void paint_banner(const Brush& b, const Node& n, const Parts& parts) {
    b.painter.fill(n.rect, 0, b.tone_soft(n.tone));
    b.words(n, parts, b.tone_colour(n.tone), b.tone_colour(n.tone));
}

}  // namespace

const WidgetKind widgets::banner{Kind::banner, "banner", banner_box, paint_banner};

void Ui::banner(KeyName key, Text text, Tone tone) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::banner, key, text.view());
    n.area = Area::banner;
    n.tone = tone;
    n.centered = true;
}

}  // namespace app::ui
