// Characters that word processors, telephones and web pages put where a plain one is meant; knows no grammar.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace questionnaires::engine {

/// A character that stands for a plain one, or none.
struct Typed {
    enum class Kind : std::uint8_t {
        Plain,        ///< nothing to replace
        Space,        ///< no-break, thin, ideographic …: every space of Unicode that XML does not count as one
        Nothing,      ///< takes no room: zero-width space, word joiner, soft hyphen, byte order mark
        Joiner,       ///< zero-width (non-)joiner: part of a word in some scripts, nothing around a word
        SingleQuote,  ///< curly, low or slanted
        DoubleQuote,  ///< the same, and angle quotes
        Dash,         ///< hyphens, dashes and minus signs other than '-'
        Symbol,       ///< an operator as it is printed: ≤ ≥ ≠ × ÷, and full-width signs
    };
    Kind kind = Kind::Plain;
    std::size_t size = 0;    ///< in bytes
    std::string_view meant;  ///< of a Symbol: the operator it is like
};

/// What stands at byte `at` of UTF-8 text.
[[nodiscard]] Typed typed_at(std::string_view text, std::size_t at) noexcept;

/// Without spaces of any kind around it.
[[nodiscard]] std::string_view trim_spaces(std::string_view text) noexcept;
/// Whether plain_spaces() would change the text.
[[nodiscard]] bool has_odd_spaces(std::string_view text) noexcept;
/// Every space a plain one, what takes no room left out, joiners at the ends too.
[[nodiscard]] std::string plain_spaces(std::string_view text);

}  // namespace questionnaires::engine
