#include "app/ui/core/brush.hpp"

namespace app::ui {

bool Brush::pressed(const Node& n) const {
    return n.target && !paint.pressed.empty() && paint.pressed == n.key;
}

Colour Brush::touched(const Node& n, Colour face, Colour front) const {
    return pressed(n) ? mix(front, face, look.high_contrast ? 0.25F : pressed_share) : face;
}

Colour Brush::able(const Node& n, Colour front, Colour back) const {
    return n.enabled ? front : mix(front, back, 0.45F);
}

Colour Brush::tone_colour(Tone tone) const {
    switch (tone) {
        case Tone::ink:
            return theme.ink;
        case Tone::soft:
            return theme.soft;
        case Tone::primary:
            return theme.primary;
        case Tone::amber:
            return theme.amber;
        case Tone::danger:
            return theme.danger;
        case Tone::good:
            return theme.good;
    }
    return theme.ink;
}

Colour Brush::tone_or(const Node& n, Colour otherwise) const {
    return n.tone == Tone::ink || n.tone == Tone::soft ? otherwise : tone_colour(n.tone);
}

Colour Brush::tone_soft(Tone tone) const {
    switch (tone) {
        case Tone::ink:
        case Tone::soft:
            return theme.background;
        case Tone::primary:
            return theme.primary_soft;
        case Tone::amber:
            return theme.amber_soft;
        case Tone::danger:
            return theme.danger_soft;
        case Tone::good:
            return theme.good_soft;
    }
    return theme.background;
}

void Brush::words(const Node& n, const Parts& parts, Colour first, Colour second) const {
    const Box box = box_of(n, look);
    painter.text(n.text, parts.text_block, box.text.face, parts.text, first, n.centered || box.hug);
    if (!n.second.empty())
        painter.text(n.second, parts.second_block, box.second.face, parts.second, second, n.centered);
}

}  // namespace app::ui
