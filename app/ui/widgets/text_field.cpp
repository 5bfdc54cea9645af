// A field to type in: what it shows. What is typed lives in TextField.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box field_box(const Node& /*node*/, const Look& look) {
    Box b = text_box(Face::regular, dp::body, 1.38F, look);
    b.second = b.text;  // the placeholder
    b.pad_x = 18;
    b.pad_y = 16;
    b.min_h = dp::choice;
    return b;
}

Rect caret_rect(const Node& n, const Parts& parts) {
    const float height = parts.text_block.line * 0.9F;
    Rect at{parts.text.x, parts.text.y + parts.text_block.line * 0.05F, 2, height};
    at.x += n.caret_x;
    at.y += static_cast<float>(n.caret_line) * parts.text_block.line;
    return at;
}

void paint_text_field(const Brush& b, const Node& n, const Parts& parts) {
    b.painter.fill(n.rect, dp::radius, b.theme.card);
    b.painter.frame(n.rect, dp::radius, dp::border, n.focused ? b.theme.primary : b.theme.outline);
    const Box box = box_of(n, b.look);
    if (n.text.empty() && !n.focused)
        b.painter.text(n.second, parts.second_block, Face::regular, parts.second, b.theme.soft, false);
    b.painter.text(n.text, parts.text_block, box.text.face, parts.text, b.theme.ink, false);
    if (n.focused) {
        const Rect at = caret_rect(n, parts);
        b.painter.fill(at, 1, b.theme.primary);
    }
}

}  // namespace

const WidgetKind widgets::text_field{Kind::text_field, "text field", field_box,      paint_text_field,
                                     FocusRing::none,  dp::radius,   {.typed = true}};

Field Ui::text_field(KeyName key, Text name, std::string_view value, const FieldOptions& options) {
    Impl& i = *impl_;
    auto found = i.fields.find(key);
    if (found == i.fields.end()) {
        auto made = TextField::make(i.ready, options.capacity);
        if (!made) {
            i.field_failed = true;  // shown as a field that takes nothing; fails closed
            i.leaf(widgets::text_field, key, {});
            return {};
        }
        found = i.fields.emplace(std::string(key), FieldState{std::move(*made), options.revision}).first;
        found->second.field.assign(value);
        found->second.numeric = options.numeric;
        if (options.autofocus && i.focus.empty()) i.focus_field(key);
    }
    FieldState& state = found->second;
    if (state.revision != options.revision) {
        state.revision = options.revision;
        state.field.assign(value);
    }
    state.seen = true;
    state.multiline = options.multiline;
    state.numeric = options.numeric;
    Node& n = i.leaf(widgets::text_field, key, state.field.text());
    n.spoken = i.back->pool.keep(name.view());
    n.second = state.field.text().empty() ? i.back->pool.keep(options.placeholder.view()) : std::string_view{};
    n.count = state.field.caret();
    n.focused = i.focus == key;
    n.target = true;
    n.centered = false;
    return {state.field.text(), i.action.edited == key, i.action.submitted == key, n.focused};
}

}  // namespace app::ui
