#include "app/ui/core/shaping.hpp"

#include <algorithm>

namespace app::ui {
namespace {

constexpr float smallest = 0.6F;
constexpr float tolerance = 0.01F;  // sums of floats: a text always fits the width measured for it

bool is_blank(char32_t c) {
    return c == U' ';
}

// A line may end after these. U+00A0 and U+2011 are the ones that do not break.
bool breaks_after(char32_t c) {
    return c == U'-' || c == U'\u2010' || c == U'\u2013' || c == U'\u2014' || c == U'/';
}

// A piece is a word with the blanks after it, or a part of it up to a hyphen.
struct Piece {
    std::size_t begin = 0, end = 0, next = 0;  // [begin, end) is drawn; next is where the following piece starts
    float width = 0, blank = 0;                // of what is drawn, of the blanks after it
    bool line_feed = false;
};

Piece next_piece(Glyphs& glyphs, std::string_view text, const TextStyle& style, std::size_t from, bool& missing) {
    Piece piece{from, from, from, 0, 0, false};
    std::size_t at = from;
    char32_t before = 0;
    while (at < text.size()) {
        std::size_t after = at;
        const char32_t c = next_character(text, after);
        if (c == U'\n') {
            piece.line_feed = true;
            piece.next = after;
            return piece;
        }
        const float wide = (glyphs.advance(style.face, c) + glyphs.kerning(style.face, before, c)) * style.size;
        before = c;
        if (is_blank(c)) {
            piece.blank += wide;
            at = piece.next = after;
            continue;
        }
        if (piece.blank > 0) return piece;
        if (!glyphs.has(style.face, c)) missing = true;
        piece.width += wide;
        at = piece.end = piece.next = after;
        if (breaks_after(c) && at < text.size() && text[at] != ' ') return piece;
    }
    return piece;
}

// The paragraph at one size; false when a single piece is wider than the line.
bool fill(Glyphs& glyphs, std::string_view text, const TextStyle& style, float width, Block& block) {
    bool fits = true;
    Line line;
    float pending = 0;  // blanks that count only if another word follows on the line
    bool empty = true;
    const auto finish = [&](std::size_t next) {
        block.width = std::max(block.width, line.width);
        block.lines.push_back(line);
        line = {static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(next), 0};
        pending = 0;
        empty = true;
    };
    for (std::size_t at = 0; at < text.size();) {
        const Piece piece = next_piece(glyphs, text, style, at, block.missing);
        if (!empty && line.width + pending + piece.width > width + tolerance) finish(piece.begin);
        if (piece.end > piece.begin) {
            line.width += pending + piece.width;
            line.end = static_cast<std::uint32_t>(piece.end);
            if (line.width > width + tolerance) fits = false;
            empty = false;
            pending = 0;
        }
        pending += piece.blank;
        at = piece.next;
        if (piece.line_feed) finish(at);
    }
    finish(text.size());
    return fits;
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) noexcept {
    const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return U'\uFFFD';
    char32_t c = first & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more; ++i) {
        if ((byte(at) & 0xC0U) != 0x80U) return U'\uFFFD';
        c = (c << 6U) | (byte(at++) & 0x3FU);
    }
    return c;
}

float text_width(Glyphs& glyphs, std::string_view text, const TextStyle& style) {
    float width = 0;
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        width += (glyphs.advance(style.face, c) + glyphs.kerning(style.face, before, c)) * style.size;
        before = c;
    }
    return width;
}

float longest_word(Glyphs& glyphs, std::string_view text, const TextStyle& style) {
    float longest = 0;
    bool missing = false;
    for (std::size_t at = 0; at < text.size();) {
        const Piece piece = next_piece(glyphs, text, style, at, missing);
        longest = std::max(longest, piece.width);
        at = piece.next;
    }
    return longest;
}

Block wrap_text(Glyphs& glyphs, std::string_view text, const TextStyle& style, float width) {
    Block block;
    if (text.empty()) return block;
    TextStyle fitted = style;
    const float longest = longest_word(glyphs, text, style);
    if (longest > width && width > 0) {
        const float share = std::max(smallest, width / longest);
        fitted.size = style.size * share;
        fitted.line = style.line * share;
    }
    block.overflow = !fill(glyphs, text, fitted, width, block);
    block.size = fitted.size;
    block.line = fitted.line;
    block.height = fitted.line * static_cast<float>(block.lines.size());
    return block;
}

Block wrap_typed(Glyphs& glyphs, std::string_view text, const TextStyle& style, float width) {
    Block block;
    Line line;
    std::size_t word = 0;   // where the word under way began
    float before_word = 0;  // width of the line up to there
    const auto finish = [&](std::size_t end, float line_width) {
        line.end = static_cast<std::uint32_t>(end);
        line.width = line_width;
        block.width = std::max(block.width, line_width);
        block.lines.push_back(line);
        line = {static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(end), 0};
    };
    float wide = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t c = next_character(text, at);
        if (c == U'\n') {
            finish(start, wide);
            line.begin = static_cast<std::uint32_t>(at);
            word = at;
            wide = before_word = 0;
            continue;
        }
        if (!glyphs.has(style.face, c)) block.missing = true;
        const float advance = glyphs.advance(style.face, c) * style.size;
        if (wide + advance > width + tolerance && !is_blank(c) && start > line.begin) {
            if (word > line.begin) {
                finish(word, before_word);
                wide -= before_word;
            } else {
                finish(start, wide);
                word = start;
                wide = 0;
            }
            before_word = 0;
        }
        wide += advance;
        if (is_blank(c) || breaks_after(c)) {
            word = at;
            before_word = wide;
        }
    }
    finish(text.size(), wide);
    block.size = style.size;
    block.line = style.line;
    block.height = style.line * static_cast<float>(block.lines.size());
    return block;
}

}  // namespace app::ui
