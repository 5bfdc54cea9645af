// A short word in a pill.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

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

void paint_tag(const Brush& b, const Node& n, const Parts& parts) {
    const bool outlined = n.tone == Tone::soft || n.tone == Tone::ink || b.look.high_contrast;
    if (!outlined)
        b.painter.fill(n.rect, n.rect.h / 2, b.tone_soft(n.tone));
    else
        b.painter.frame(n.rect, n.rect.h / 2, 1, b.look.high_contrast ? b.tone_colour(n.tone) : b.theme.line);
    b.words(n, parts, b.tone_colour(n.tone), b.theme.soft);
}

}  // namespace

const WidgetKind widgets::tag{Kind::tag, "tag", tag_box, paint_tag};

void Ui::tag(KeyName key, Tone tone, Text text, bool large) {
    Node& n = impl_->leaf(widgets::tag, key, text.view());
    n.tone = tone;
    n.large = large;
}

}  // namespace app::ui
