// What is on the screen, as data, after each frame; it must not know how it was drawn. Tests and tours read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app::ui {

/// dp, origin top left.
struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    [[nodiscard]] float right() const noexcept { return x + w; }
    [[nodiscard]] float bottom() const noexcept { return y + h; }
    [[nodiscard]] bool contains(float px, float py) const noexcept {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    [[nodiscard]] Rect intersection(const Rect& o) const noexcept;
};

enum class Kind : std::uint8_t {
    heading,
    title,
    body,
    strong,
    hint,
    small,
    code,
    clock,
    icon_text,
    badge,
    tag,
    stat,
    banner,
    progress,
    divider,
    card,
    choice,
    chip,
    fold,
    button,
    icon_button,
    list_row,
    segments,
    pin_dots,
    pin_key,
    text_field,
    key,
};

enum class Area : std::uint8_t { banner, header, middle, footer, keyboard, popup };

struct Widget {
    std::string_view key;  ///< stable, independent of language
    Kind kind = Kind::body;
    std::string_view kind_name;  ///< used in messages
    Area area = Area::middle;
    Rect rect;                ///< where it is, also the part outside the window
    Rect visible;             ///< what of it can be seen; empty when scrolled out
    std::string_view text;    ///< what it shows; never what was typed into a field or a PIN
    std::string_view second;  ///< its second line, or the value at the right
    int group = 0;            ///< parts of one control share a number; they may touch each other
    bool enabled = true;
    bool target = false;  ///< can be tapped
    bool urgent = false;  ///< can be tapped even right after a change of screen
    bool selected = false;
    bool focused = false;
    bool overflow = false;  ///< some text does not fit or had to be cut inside a word
    bool missing_glyph = false;
};

/// Widgets of one frame in drawing order. Views are valid until the next frame.
struct Trace {
    std::string_view screen;
    Rect window;
    Rect middle;             ///< the scrolling part
    float scroll = 0;        ///< dp scrolled
    float scroll_range = 0;  ///< dp that can be scrolled
    std::vector<Widget> widgets;

    /// The widget with this key, or null.
    [[nodiscard]] const Widget* find(std::string_view key) const noexcept;
};

struct Fault {
    std::string key;
    std::string what;  ///< for the developer, in English
};

/// Everything wrong with a frame by the rules of touch and layout: targets of 48 dp (keyboard: 48 high, 32 wide) and 8
/// dp (keyboard: 4) apart, nothing overlapping, nothing outside the window or its scrolling part, no text cut or
/// without glyphs, no key used twice, header and footer leaving room for the middle.
[[nodiscard]] std::vector<Fault> faults(const Trace& trace);

}  // namespace app::ui
