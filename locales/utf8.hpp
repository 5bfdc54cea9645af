// Strict UTF-8 (RFC 3629), one character at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace locales {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};

/// The character at the start of `text`; nothing when it is empty, cut, overlong, a surrogate or above U+10FFFF.
[[nodiscard]] std::optional<Character> first_character(std::string_view text) noexcept;

/// True for what no text of the interface may carry, by general category and Default_Ignorable_Code_Point (Unicode 14
/// or later, UAX #44): controls (Cc), formatting and bidirectional controls (Cf), surrogates, private use, whatever is
/// not assigned, line and paragraph separators, everything that is ignored in drawing, spaces other than the ordinary
/// and the no-break ones, and the few symbols that look like nothing. A line feed is the caller's choice and is
/// reported here too.
[[nodiscard]] bool invisible_or_unsafe(char32_t code) noexcept;

/// True for a mark that is drawn onto the character before it (Mn, Mc, Me).
[[nodiscard]] bool combining_mark(char32_t code) noexcept;

}  // namespace locales
