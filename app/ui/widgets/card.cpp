// A large area to tap, with picture, title and subtitle.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box card_box(const Node& /*node*/, const Look& look) {
    Box b;
    b.text = style(Face::bold, dp::title, 1.3F, look.large());
    b.pad_x = b.pad_y = 20;
    b.lead = dp::big_icon * look.icons();
    b.lead_gap = 16;
    b.min_h = dp::card;
    b.second = style(Face::regular, dp::small, 1.38F, look.text);
    b.second_gap = 2;
    return b;
}

void paint_card(const Brush& b, const Node& n, const Parts& parts) {
    const bool primary = n.card == CardStyle::primary;
    const Colour front = primary ? b.theme.on_primary : b.theme.ink;
    const Colour face = b.touched(n, primary ? b.theme.primary : b.theme.card, front);
    b.painter.fill(n.rect, dp::big_radius, face);
    if (n.card == CardStyle::dashed)
        b.painter.dashes(n.rect, dp::big_radius, dp::hairline,
                         b.look.high_contrast ? b.theme.outline : mix(b.theme.soft, b.theme.card, 0.6F));
    else if (!primary)
        b.painter.frame(n.rect, dp::big_radius, b.look.high_contrast ? 2 : dp::hairline, b.theme.outline);
    b.painter.icon(n.icon, parts.lead, primary ? front : b.tone_colour(n.tone));
    b.words(n, parts, front, mix(front, face, subtitle_share));
}

}  // namespace

const WidgetKind widgets::card{Kind::card, "card", card_box, paint_card, FocusRing::around, dp::big_radius};

bool Ui::card(KeyName key, CardStyle style, Icon icon, Text title, Text subtitle, Tone tone) {
    Impl& i = *impl_;
    Node& n = i.leaf(widgets::card, key, title.view());
    n.second = i.back->pool.keep(subtitle.view());
    n.card = style;
    n.icon = icon;
    n.tone = tone;
    n.target = true;
    n.centered = false;
    return i.used(n);
}

}  // namespace app::ui
