// One of a few, side by side in one control.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box segment_box(const Node& node, const Look& look) {
    Box b;
    const float factor = node.area == Area::header ? look.tools() : look.text;
    b.text = style(Face::bold, dp::small, 1.3F, factor);
    b.pad_x = 14;
    b.min_h = dp::target;
    b.min_w = dp::target - 2;
    b.hug = true;
    b.fill = false;
    return b;
}

void paint_segment(const Brush& b, const Node& n, const Parts& parts) {
    const Rect in{n.rect.x, n.rect.y, n.rect.w, n.rect.h};
    if (n.selected || b.pressed(n))
        b.painter.fill(in, 12, b.touched(n, n.selected ? b.theme.primary : b.theme.card, b.theme.ink));
    b.words(n, parts, n.selected ? b.theme.on_primary : b.theme.soft, b.theme.soft);
}

void paint_control(const Brush& b, const Node& control) {
    b.painter.fill(control.rect, 14, b.theme.card);
    b.painter.frame(control.rect, 14, b.look.high_contrast ? 2 : 1, b.theme.outline);
}

}  // namespace

const WidgetKind widgets::segments{Kind::segments,
                                   "segment",
                                   segment_box,
                                   paint_segment,
                                   FocusRing::inside,
                                   dp::radius,
                                   {.stretches = true, .even_lines = true},
                                   nullptr,
                                   paint_control};

std::optional<std::size_t> Ui::segments(KeyName key, std::span<const Segment> parts, std::string_view selected) {
    Impl& i = *impl_;
    Node box;
    box.shape = Shape::row;
    box.kind = &widgets::segments;
    box.decorated = true;
    box.pad_left = box.pad_right = box.pad_top = box.pad_bottom = 1;
    i.container(box);
    const int group = ++i.groups;
    std::optional<std::size_t> used;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        Node& n = i.leaf(widgets::segments, {}, parts[at].text.view());
        n.key = i.back->pool.join(key, ".", parts[at].id);
        n.selected = parts[at].id == selected;
        n.group = group;
        n.grow = n.area != Area::header;
        n.target = true;
        if (i.used(n)) used = at;
    }
    close();
    return used;
}

std::optional<std::size_t> Ui::segments(KeyName key, std::initializer_list<Segment> parts, std::string_view selected) {
    return segments(key, std::span<const Segment>(parts.begin(), parts.size()), selected);
}

}  // namespace app::ui
