// Rows of lists: a number beside its name, and what leads further.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box row_box(const Node& node, const Look& look) {
    const bool stat = node.kind == &widgets::stat;
    Box b = text_box(node.strong && !stat ? Face::bold : Face::regular, dp::body, 1.38F, look);
    b.pad_x = 4;
    b.pad_y = 12;
    b.min_h = stat ? 50 : dp::choice;
    b.lead = node.icon == Icon::none ? 0 : dp::icon * look.icons();
    b.lead_gap = 12;
    b.second = style(Face::regular, dp::smaller, 1.38F, look.text);
    b.value = style(stat && node.strong ? Face::bold : Face::regular, dp::body, 1.38F, look.text);
    b.trail = node.icon_after == Icon::none ? 0 : dp::icon * look.icons();
    b.trail_gap = b.trail > 0 ? 8 : 0;
    return b;
}

void paint_row(const Brush& b, const Node& n, const Parts& parts) {
    if (b.pressed(n))
        b.painter.fill({n.rect.x, n.rect.y, n.rect.w, n.rect.h}, 10, b.touched(n, b.theme.background, b.theme.ink));
    b.painter.icon(n.icon, parts.lead, b.able(n, b.tone_colour(n.tone), b.theme.background));
    b.words(n, parts, b.able(n, b.theme.ink, b.theme.background), b.theme.soft);
    const Box box = box_of(n, b.look);
    const bool number = n.kind == &widgets::stat && n.strong;
    b.painter.text(n.value, parts.value_block, box.value.face, parts.value, number ? b.theme.ink : b.theme.soft, false);
    if (n.enabled) b.painter.icon(n.icon_after, parts.trail, b.theme.soft);
    if (n.next != no_node && b.scene.at(n.next).kind == n.kind && b.scene.at(n.next).shape == Shape::leaf)
        b.painter.line(n.rect.x, n.rect.bottom() - 1, n.rect.right(), n.rect.bottom() - 1, 1, b.theme.line);
}

}  // namespace

const WidgetKind widgets::stat{Kind::stat, "stat", row_box, paint_row};
const WidgetKind widgets::list_row{
    Kind::list_row, "list row", row_box, paint_row, FocusRing::inside, dp::radius, {.lead_on_first_line = true}};

void Ui::stat(KeyName key, Icon icon, Text text, Text value, Tone tone, bool strong) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::stat, key, text.view());
    n.icon = icon;
    n.value = i.back->pool.keep(value.view());
    n.tone = tone;
    n.strong = strong;
    n.centered = false;
}

bool Ui::list_row(KeyName key, Text text, const ListRowOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::list_row, key, text.view());
    n.second = i.back->pool.keep(options.second.view());
    n.value = i.back->pool.keep(options.value.view());
    n.icon = options.icon;
    n.icon_after = Icon::chevron_right;
    n.tone = options.tone;
    n.enabled = options.enabled;
    n.group = i.list_group;
    n.target = true;
    n.centered = false;
    return i.used(n);
}

}  // namespace app::ui
