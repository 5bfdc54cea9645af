#include "app/ui/widgets/widgets.hpp"

namespace app::ui {

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
