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

/// True for what no text of the interface may carry: control characters, bidirectional controls (Unicode UAX #9),
/// zero-width and other invisible formatting characters, line and paragraph separators, private use, noncharacters.
/// A line feed is the caller's choice and is reported here too.
[[nodiscard]] bool invisible_or_unsafe(char32_t code) noexcept;

}  // namespace locales
