#include "app/ui/core/theme.hpp"

#include <algorithm>
#include <cmath>

namespace app::ui {
namespace {

constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U), static_cast<std::uint8_t>(rgb),
            255};
}

constexpr Theme light_theme{.background = hex(0xF7F3EC),
                            .card = hex(0xFFFFFF),
                            .ink = hex(0x1D2B2E),
                            .soft = hex(0x55656A),
                            .line = hex(0xDED6C8),
                            .primary = hex(0x0E5A61),
                            .on_primary = hex(0xFFFFFF),
                            .primary_soft = hex(0xDCEBEA),
                            .amber = hex(0x8A5A00),
                            .amber_soft = hex(0xFBEBCB),
                            .danger = hex(0x9E2A22),
                            .danger_soft = hex(0xF8DFDB),
                            .good = hex(0x2A6A43),
                            .good_soft = hex(0xDDEFE2),
                            .focus = hex(0x1E6FD0),
                            .keyboard = hex(0xECE6DC),
                            .outline = hex(0xDED6C8)};

constexpr Theme dark_theme{.background = hex(0x12181A),
                           .card = hex(0x1C2427),
                           .ink = hex(0xF1EDE5),
                           .soft = hex(0xA9B6B8),
                           .line = hex(0x344044),
                           .primary = hex(0x67C7C3),
                           .on_primary = hex(0x06292C),
                           .primary_soft = hex(0x1E3A3D),
                           .amber = hex(0xF2C26B),
                           .amber_soft = hex(0x3A2E16),
                           .danger = hex(0xFF9B90),
                           .danger_soft = hex(0x43201D),
                           .good = hex(0x8AD3A4),
                           .good_soft = hex(0x1C3526),
                           .focus = hex(0x6FB1FF),
                           .keyboard = hex(0x0C1113),
                           .outline = hex(0x344044)};

// Black, white and one yellow: meaning is carried by words, icons, weight and borders.
constexpr Colour black = hex(0x000000);
constexpr Colour white = hex(0xFFFFFF);
constexpr Colour yellow = hex(0xFFE14D);
constexpr Theme high_theme{.background = black,
                           .card = black,
                           .ink = white,
                           .soft = white,
                           .line = white,
                           .primary = yellow,
                           .on_primary = black,
                           .primary_soft = black,
                           .amber = yellow,
                           .amber_soft = black,
                           .danger = yellow,
                           .danger_soft = black,
                           .good = white,
                           .good_soft = black,
                           .focus = white,
                           .keyboard = black,
                           .outline = white};

double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

}  // namespace

const Theme& theme(Contrast contrast) noexcept {
    switch (contrast) {
        case Contrast::light:
            return light_theme;
        case Contrast::dark:
            return dark_theme;
        case Contrast::high:
            return high_theme;
    }
    return light_theme;
}

float factor(TextSize size) noexcept {
    switch (size) {
        case TextSize::normal:
            return 1.0F;
        case TextSize::larger:
            return 1.25F;
        case TextSize::large:
            return 1.5F;
        case TextSize::largest:
            return 2.0F;
    }
    return 1.0F;
}

Colour mix(Colour over, Colour under, float share) noexcept {
    const auto channel = [share](std::uint8_t o, std::uint8_t u) {
        return static_cast<std::uint8_t>(
            std::lround(static_cast<float>(o) * share + static_cast<float>(u) * (1.0F - share)));
    };
    return {channel(over.r, under.r), channel(over.g, under.g), channel(over.b, under.b), 255};
}

double contrast_ratio(Colour a, Colour b) noexcept {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

std::array<ColourPair, text_pairs> text_colour_pairs(const Theme& t) noexcept {
    return {{
        {"ink on background", t.ink, t.background},
        {"ink on card", t.ink, t.card},
        {"ink on primary soft", t.ink, t.primary_soft},
        {"soft on background", t.soft, t.background},
        {"soft on card", t.soft, t.card},
        {"soft on primary soft", t.soft, t.primary_soft},
        {"primary on background", t.primary, t.background},
        {"primary on card", t.primary, t.card},
        {"primary on primary soft", t.primary, t.primary_soft},
        {"on primary", t.on_primary, t.primary},
        {"subtitle on primary", mix(t.on_primary, t.primary, subtitle_share), t.primary},
        {"subtitle on card", mix(t.ink, t.card, subtitle_share), t.card},
        {"pressed primary", t.on_primary, mix(t.on_primary, t.primary, pressed_share)},
        {"pressed card", t.ink, mix(t.ink, t.card, pressed_share)},
        {"pressed background", t.soft, mix(t.ink, t.background, pressed_share)},
        {"amber on background", t.amber, t.background},
        {"amber on card", t.amber, t.card},
        {"amber on amber soft", t.amber, t.amber_soft},
        {"danger on background", t.danger, t.background},
        {"danger on card", t.danger, t.card},
        {"danger on danger soft", t.danger, t.danger_soft},
        {"good on background", t.good, t.background},
        {"good on card", t.good, t.card},
        {"good on good soft", t.good, t.good_soft},
        {"key", t.ink, t.card},
        {"soft on keyboard", t.soft, t.keyboard},
        {"field placeholder", t.soft, t.card},
    }};
}

}  // namespace app::ui
