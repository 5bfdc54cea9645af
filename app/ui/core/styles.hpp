// How a screen and the things on it may be told to look; it must not know how that is done.
#pragma once

#include <cstdint>

#include "app/ui/core/theme.hpp"

namespace app::ui {

enum class ButtonStyle : std::uint8_t { plain, primary, text, danger };
enum class CardStyle : std::uint8_t { plain, primary, dashed };
enum class Align : std::uint8_t { start, center, end };

struct ScreenOptions {
    bool always_dark = false;   ///< the neutral screen, whatever the theme (high contrast stays high contrast)
    bool centered = false;      ///< the middle is centred between header and footer when it is shorter
    float column = dp::column;  ///< widest content, dp
};

}  // namespace app::ui
