// The keys of a PIN, and how many digits are in; never which.
#include <algorithm>
#include <array>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box dots_box(const Node& node, const Look& /*look*/) {
    const float n = static_cast<float>(node.total);
    return fixed_box(n * 18 + std::max(0.0F, n - 1) * 16, 38);
}

Box pin_key_box(const Node& /*node*/, const Look& look) {
    Box b = fixed_box(look.low ? 84 : 88, look.height < 420 ? dp::target : look.low ? 54 : look.height < 700 ? 60 : 72);
    b.text = style(Face::regular, dp::code, 1.2F, look.tools());
    return b;
}

void paint_pin_dots(const Brush& b, const Node& n, const Parts& /*parts*/) {
    float x = n.rect.x + 9;
    const float y = n.rect.y + n.rect.h / 2;
    for (std::size_t i = 0; i < n.total; ++i, x += 34) {
        if (i < n.count)
            b.painter.disc(x, y, 9, b.theme.ink);
        else
            b.painter.ring(x, y, 9, 2, b.theme.soft);
    }
}

void paint_pin_key(const Brush& b, const Node& n, const Parts& parts) {
    const bool go = n.button == ButtonStyle::primary;
    const Colour front = b.able(n, go ? b.theme.on_primary : b.theme.ink, go ? b.theme.primary : b.theme.card);
    const Colour face = b.touched(
        n, go ? (n.enabled ? b.theme.primary : mix(b.theme.primary, b.theme.background, 0.45F)) : b.theme.card, front);
    b.painter.fill(n.rect, 20, face);
    if (!go) b.painter.frame(n.rect, 20, b.look.high_contrast ? 2 : 1, b.theme.outline);
    const Rect middle{n.rect.x + n.rect.w / 2 - 14, n.rect.y + n.rect.h / 2 - 14, 28, 28};
    if (n.icon != Icon::none)
        b.painter.icon(n.icon, middle, front);
    else
        b.words(n, parts, front, front);
}

}  // namespace

const WidgetKind widgets::pin_dots{Kind::pin_dots, "PIN dots", dots_box, paint_pin_dots};
const WidgetKind widgets::pin_key{Kind::pin_key, "PIN key", pin_key_box, paint_pin_key};

void Ui::pin_dots(KeyName key, std::size_t filled, std::size_t total) {
    Node& n = impl_->leaf(widgets::pin_dots, key, {});
    n.count = filled;
    n.total = total;
}

PinInput Ui::pin_pad(KeyName key, const PinPadTexts& texts, bool ok_enabled) {
    Impl& i = *impl_;
    constexpr std::array<std::string_view, 12> names{"1", "2", "3", "4",         "5", "6",
                                                     "7", "8", "9", "backspace", "0", "ok"};
    Node box;
    box.shape = Shape::pin_grid;
    box.gap = i.look.height < 420 ? 8 : i.look.height < 700 ? 10 : 14;
    i.container(box);
    PinInput input;
    for (const std::string_view name : names) {
        const bool digit = name.size() == 1;
        const bool ok = name == "ok";
        Node& n = i.leaf(widgets::pin_key, {}, digit ? name : std::string_view{});
        n.key = i.back->pool.join(key, ".", name);
        if (!digit) {
            n.icon = ok ? Icon::check : Icon::backspace;
            n.spoken = i.back->pool.keep(ok ? texts.ok.view() : texts.backspace.view());
        }
        if (ok) n.button = ButtonStyle::primary;
        n.enabled = !ok || ok_enabled;
        n.target = true;
        if (!i.used(n)) continue;
        input.key = digit ? PinKey::digit : ok ? PinKey::ok : PinKey::backspace;
        if (digit) input.digit = static_cast<std::uint8_t>(name[0] - '0');
    }
    close();
    return input;
}

}  // namespace app::ui
