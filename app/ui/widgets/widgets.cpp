#include "app/ui/widgets/widgets.hpp"

namespace app::ui {

const WidgetKind& widget_kind(Kind kind) noexcept {
    switch (kind) {
        case Kind::heading:
            return widgets::heading;
        case Kind::title:
            return widgets::title;
        case Kind::body:
            return widgets::body;
        case Kind::strong:
            return widgets::strong;
        case Kind::hint:
            return widgets::hint;
        case Kind::small:
            return widgets::small;
        case Kind::code:
            return widgets::code;
        case Kind::clock:
            return widgets::clock;
        case Kind::icon_text:
            return widgets::icon_text;
        case Kind::badge:
            return widgets::badge;
        case Kind::tag:
            return widgets::tag;
        case Kind::stat:
            return widgets::stat;
        case Kind::banner:
            return widgets::banner;
        case Kind::progress:
            return widgets::progress;
        case Kind::divider:
            return widgets::divider;
        case Kind::card:
            return widgets::card;
        case Kind::choice:
            return widgets::choice;
        case Kind::chip:
            return widgets::chip;
        case Kind::fold:
            return widgets::fold;
        case Kind::button:
            return widgets::button;
        case Kind::icon_button:
            return widgets::icon_button;
        case Kind::list_row:
            return widgets::list_row;
        case Kind::segments:
            return widgets::segments;
        case Kind::pin_dots:
            return widgets::pin_dots;
        case Kind::pin_key:
            return widgets::pin_key;
        case Kind::text_field:
            return widgets::text_field;
        case Kind::key:
            return widgets::key;
    }
    return widgets::body;
}

std::string_view name(Kind kind) noexcept {
    return widget_kind(kind).name;
}

Box box_of(const Node& node, const Look& look) {
    return widget_kind(node.kind).box(node, look);
}

TextStyle style(Face face, float size, float line, float factor) {
    return {face, size * factor, size * factor * line};
}

Box text_box(Face face, float size, float line, const Look& look) {
    Box box;
    box.text = style(face, size, line, look.text);
    return box;
}

Box fixed_box(float width, float height) {
    Box box;
    box.min_w = width;
    box.min_h = height;
    box.fill = false;
    box.hug = true;
    return box;
}

}  // namespace app::ui
