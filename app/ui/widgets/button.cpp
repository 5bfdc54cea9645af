// Something to tap, in words.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box button_box(const Node& node, const Look& look) {
    const bool text_only = node.button == ButtonStyle::text;
    const bool tight = look.text > 1.25F && look.width < 420;
    Box b;
    b.text = style(text_only ? Face::regular : Face::bold, dp::body, 1.38F, look.large());
    b.pad_x = text_only ? 12 : tight ? 16 : 24;
    b.pad_y = 8;
    b.min_h = dp::button;
    b.lead = node.icon == Icon::none ? 0 : dp::icon * look.icons();
    b.trail = node.icon_after == Icon::none ? 0 : dp::icon * look.icons();
    b.lead_gap = b.trail_gap = node.text.empty() ? 0 : 10;
    b.hug = true;
    b.fill = node.grow;
    return b;
}

void paint_button(const Brush& b, const Node& n, const Parts& parts) {
    Colour face = b.theme.background;
    Colour front = b.theme.ink;
    switch (n.button) {
        case ButtonStyle::primary:
            face = n.enabled ? b.theme.primary : mix(b.theme.soft, b.theme.background, 0.25F);
            front = n.enabled ? b.theme.on_primary : mix(b.theme.ink, face, 0.6F);
            break;
        case ButtonStyle::danger:
            front = b.theme.danger;
            [[fallthrough]];
        case ButtonStyle::plain:
            face = b.theme.card;
            front = b.able(n, front, face);
            break;
        case ButtonStyle::text:
            front = b.able(n, b.theme.soft, b.theme.background);
            break;
    }
    face = b.touched(n, face, front);
    if (n.button != ButtonStyle::text || b.pressed(n)) b.painter.fill(n.rect, dp::radius, face);
    if (n.button == ButtonStyle::plain) b.painter.frame(n.rect, dp::radius, dp::border, b.theme.outline);
    if (n.button == ButtonStyle::danger) b.painter.frame(n.rect, dp::radius, dp::border, b.theme.danger);
    b.painter.icon(n.icon, parts.lead, front);
    b.painter.icon(n.icon_after, parts.trail, front);
    b.words(n, parts, front, front);
}

}  // namespace

const WidgetKind widgets::button{Kind::button,
                                 "button",
                                 button_box,
                                 paint_button,
                                 FocusRing::around,
                                 dp::radius,
                                 {.stretches = true, .widens = true, .shortens = true}};

bool Ui::button(KeyName key, Text text, const ButtonOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::button, key, text.view());
    n.button = options.style;
    n.icon = options.before;
    n.icon_after = options.after;
    n.grow = options.grow;
    n.enabled = options.enabled;
    n.by_default = options.by_default || options.style == ButtonStyle::primary;
    n.target = true;
    return i.used(n);
}

}  // namespace app::ui
