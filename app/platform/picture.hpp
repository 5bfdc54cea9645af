// A frame ready to be shown; it must not know who drew it.
#pragma once

#include <cstddef>
#include <cstdint>

struct ImDrawData;

namespace app::platform {

struct Rgba {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
};

/// Coverage (one byte a pixel) of glyphs and of one opaque white block; the only texture a frame uses.
struct AtlasView {
    const std::uint8_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    std::uint64_t generation = 0;  ///< changes when everything must be sent again
    std::uint64_t revision = 0;    ///< changes when any pixel changed
    int dirty_top = 0;             ///< rows [dirty_top, dirty_bottom) changed since the last revision
    int dirty_bottom = 0;
};

/// One frame: what to draw, with which atlas, over which background. Valid until the next frame is made.
struct Picture {
    const ImDrawData* data = nullptr;
    AtlasView atlas;
    Rgba background;
};

}  // namespace app::platform
