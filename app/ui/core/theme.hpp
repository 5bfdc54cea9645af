// Colours and sizes of the interface; it must not know what is shown with them.
#pragma once

#include <array>
#include <cstdint>

#include "app/platform/picture.hpp"

namespace app::ui {

enum class Contrast : std::uint8_t { light, dark, high };
enum class TextSize : std::uint8_t { normal, larger, large, largest };  ///< 100, 125, 150, 200 %

/// What a person prefers; kept by the session, handed to Ui::prefer().
struct Preferences {
    Contrast contrast = Contrast::light;
    TextSize text_size = TextSize::normal;
    bool reduced_motion = false;  ///< stops inertia
};

/// The meaning of a colour, never the only sign of it: every control that uses a tone also has a word or an icon.
enum class Tone : std::uint8_t { ink, soft, primary, amber, danger, good };

using Colour = platform::Rgba;

struct Theme {
    Colour background, card, ink, soft, line;
    Colour primary, on_primary, primary_soft;
    Colour amber, amber_soft, danger, danger_soft, good, good_soft;
    Colour focus;
    Colour keyboard;  ///< behind the on-screen keyboard
    Colour outline;   ///< border of what can be touched: at least 3:1 in high contrast
};

[[nodiscard]] const Theme& theme(Contrast contrast) noexcept;
[[nodiscard]] float factor(TextSize size) noexcept;

/// `share` of `over` on `under`, both opaque.
[[nodiscard]] Colour mix(Colour over, Colour under, float share) noexcept;
inline constexpr float subtitle_share = 0.85F;  ///< a card's second line
inline constexpr float pressed_share = 0.10F;   ///< what is under a finger

/// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
[[nodiscard]] double contrast_ratio(Colour a, Colour b) noexcept;

/// Two colours that are ever drawn one over the other as text or as a sign, with a name for messages.
struct ColourPair {
    const char* name;
    Colour front;
    Colour back;
};
inline constexpr std::size_t text_pairs = 27;
/// Every pair of text over background the controls use; a test computes all their ratios.
[[nodiscard]] std::array<ColourPair, text_pairs> text_colour_pairs(const Theme& theme) noexcept;

/// Sizes in dp at 100 % text.
namespace dp {
inline constexpr float body = 18, question = 25, question_wide = 30, title = 22, small = 16, smaller = 15, code = 28,
                       clock = 92;
inline constexpr float icon = 26, big_icon = 38, target = 48;
inline constexpr float choice = 60, choice_wide = 66, button = 56, chip = 48, card = 96;
inline constexpr float radius = 16, big_radius = 22, panel_radius = 18, chip_radius = 24, border = 2, hairline = 1;
inline constexpr float gutter = 16, gap = 12, gap_wide = 16, column = 820, wide = 700, header = 60;
inline constexpr float slop = 10;  ///< a finger that moves further is dragging
}  // namespace dp

}  // namespace app::ui
