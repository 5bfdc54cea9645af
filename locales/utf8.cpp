#include "locales/utf8.hpp"

namespace locales {

std::optional<Character> first_character(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = at(0);
    if (lead < 0x80) return Character{lead, 1};
    const std::size_t bytes = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (bytes == 0 || text.size() < bytes) return std::nullopt;
    char32_t code = lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((at(i) & 0xC0U) != 0x80U) return std::nullopt;
        code = (code << 6U) | (at(i) & 0x3FU);
    }
    const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
    if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return std::nullopt;
    return Character{code, bytes};
}

bool invisible_or_unsafe(char32_t code) noexcept {
    struct Range {
        char32_t first, last;
    };
    constexpr Range refused[] = {
        {0x0000, 0x001F},    // C0 controls
        {0x007F, 0x009F},    // delete and C1 controls
        {0x00AD, 0x00AD},    // soft hyphen
        {0x034F, 0x034F},    // combining grapheme joiner
        {0x061C, 0x061C},    // Arabic letter mark
        {0x115F, 0x1160},    // Hangul fillers
        {0x17B4, 0x17B5},    // Khmer inherent vowels
        {0x180B, 0x180F},    // Mongolian variation selectors, vowel separator
        {0x200B, 0x200F},    // zero width, directional marks
        {0x2028, 0x202E},    // separators, embeddings and overrides
        {0x2060, 0x206F},    // invisible operators, isolates
        {0x3164, 0x3164},    // Hangul filler
        {0xE000, 0xF8FF},    // private use
        {0xFDD0, 0xFDEF},    // noncharacters
        {0xFE00, 0xFE0F},    // variation selectors
        {0xFEFF, 0xFEFF},    // byte order mark
        {0xFFA0, 0xFFA0},    // halfwidth Hangul filler
        {0xFFF0, 0xFFFF},    // specials
        {0x1BCA0, 0x1BCA3},  // shorthand format controls
        {0x1D173, 0x1D17A},  // musical format controls
        {0xE0000, 0x10FFFF}  // tags, private use planes
    };
    for (const auto& range : refused)
        if (code >= range.first && code <= range.last) return true;
    return (code & 0xFFFEU) == 0xFFFEU;
}

}  // namespace locales
