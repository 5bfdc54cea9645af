// Breaks text into lines between words; it must not know where the lines go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "app/ui/core/glyphs.hpp"

namespace app::ui {

/// Sizes in dp with the text scale already applied.
struct TextStyle {
    Face face = Face::regular;
    float size = 0;
    float line = 0;  ///< from one baseline to the next
};

struct Line {
    std::uint32_t begin = 0;  ///< bytes into the text
    std::uint32_t end = 0;    ///< without the blanks at which it was broken
    float width = 0;
};

/// A paragraph as it fits into a width. Holds no text.
struct Block {
    std::vector<Line> lines;
    float width = 0;
    float height = 0;
    float size = 0;  ///< the style's size, or smaller when a long word would not fit otherwise
    float line = 0;
    bool overflow = false;  ///< a word had to be cut although the size was already reduced
    bool missing = false;   ///< a character has no glyph
};

/// The character at `at` and moves on; U+FFFD for what is not UTF-8. `at` must be below text.size().
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& at) noexcept;

[[nodiscard]] float text_width(Glyphs& glyphs, std::string_view text, const TextStyle& style);
/// The widest piece that may not be broken.
[[nodiscard]] float longest_word(Glyphs& glyphs, std::string_view text, const TextStyle& style);

/// Breaks after blanks and hyphens, at line feeds, never inside a word. A word wider than `width` makes the whole
/// paragraph smaller, to 60 % at most.
[[nodiscard]] Block wrap_text(Glyphs& glyphs, std::string_view text, const TextStyle& style, float width);

/// Keeps blanks at line ends and cuts long words, so that every byte of what is typed has a place for the caret.
[[nodiscard]] Block wrap_typed(Glyphs& glyphs, std::string_view text, const TextStyle& style, float width);

}  // namespace app::ui
