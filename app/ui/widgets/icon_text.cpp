// A text with a picture before it.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box icon_text_box(const Node& node, const Look& look) {
    Box b = text_box(node.strong ? Face::bold : Face::regular, dp::body, 1.38F, look);
    b.lead = dp::icon * look.icons();
    b.lead_gap = 12;
    b.second = style(Face::regular, dp::smaller, 1.38F, look.text);
    return b;
}

void paint_icon_text(const Brush& b, const Node& n, const Parts& parts) {
    b.painter.icon(n.icon, parts.lead, b.tone_colour(n.tone));
    b.words(n, parts, b.theme.ink, b.theme.soft);
}

}  // namespace

const WidgetKind widgets::icon_text{Kind::icon_text,
                                    "icon text",
                                    icon_text_box,
                                    paint_icon_text,
                                    FocusRing::around,
                                    dp::radius,
                                    {.lead_on_first_line = true}};

void Ui::icon_text(KeyName key, Icon icon, Text text, const IconTextOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::icon_text, key, text.view());
    n.icon = icon;
    n.tone = options.tone;
    n.strong = options.strong;
    n.centered = false;
    n.second = i.back->pool.keep(options.second.view());
}

}  // namespace app::ui
