// What a widget is painted with: shapes, colours of its state, and its texts. Inside app/ui only.
#pragma once

#include "app/ui/core/painter.hpp"
#include "app/ui/core/scene.hpp"

namespace app::ui {

struct Brush {
    Painter& painter;
    const Scene& scene;
    const Look& look;
    const Theme& theme;
    const Paint& paint;

    [[nodiscard]] bool pressed(const Node& n) const;
    /// The face of a control, darker while a finger is on it.
    [[nodiscard]] Colour touched(const Node& n, Colour face, Colour front) const;
    /// What cannot be used now is paler; its words say why elsewhere.
    [[nodiscard]] Colour able(const Node& n, Colour front, Colour back) const;
    [[nodiscard]] Colour tone_colour(Tone tone) const;
    /// The colour of its tone where it has one.
    [[nodiscard]] Colour tone_or(const Node& n, Colour otherwise) const;
    /// The pale face that goes with a tone.
    [[nodiscard]] Colour tone_soft(Tone tone) const;
    /// Its text and second line, in the colours given.
    void words(const Node& n, const Parts& parts, Colour first, Colour second) const;
};

}  // namespace app::ui
