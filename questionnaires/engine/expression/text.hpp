// Small text and number helpers of the engine: words, numbers as XPath writes them, nearest names; allocates only where
// it returns std::string.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "questionnaires/engine/expression/sentence.hpp"

namespace questionnaires::engine {

/// XML white space: space, tab, line feed, carriage return.
[[nodiscard]] bool is_space(char c) noexcept;
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
/// Next word separated by white space; removes it from `rest`. Empty at the end.
[[nodiscard]] std::string_view take_word(std::string_view& rest) noexcept;
/// Whether `word` is one of the words of `list`.
[[nodiscard]] bool has_word(std::string_view list, std::string_view word) noexcept;
/// Whether `words`, one or several with single spaces between, stand in `list` one after the other. A list of one
/// choice whose name has spaces is such words too, as in JavaRosa.
[[nodiscard]] bool has_words(std::string_view list, std::string_view words) noexcept;
[[nodiscard]] std::size_t count_words(std::string_view list) noexcept;
/// ASCII letters only.
[[nodiscard]] std::string lower(std::string_view text);
/// At most 60 bytes, cut at a character, quoted: for diagnostics.
[[nodiscard]] std::string quote(std::string_view text);
/// yes, true or true() in any case, as pyxform reads a cell that says yes or no.
[[nodiscard]] bool is_yes(std::string_view text);
/// A name as XLSForm allows it: letter or underscore, then letters, digits, hyphen, underscore, full stop.
[[nodiscard]] bool is_name(std::string_view text) noexcept;

/// XPath 1.0 section 4.4, number(): optional white space, '-', digits with at most one '.'; anything else is NaN.
/// Correctly rounded up to 19 digits.
[[nodiscard]] double parse_number(std::string_view text) noexcept;
/// As parse_number for a whole number of at most 18 digits; what integer questions take.
[[nodiscard]] std::optional<double> parse_integer(std::string_view text) noexcept;

/// Room for any double written without exponent.
struct NumberText {
    char bytes[400];
};
/// XPath 1.0 section 4.2, string(): "NaN", "Infinity", integers without '.', never an exponent; shortest that reads
/// back.
[[nodiscard]] std::string_view format_number(double number, NumberText& room) noexcept;

/// The candidate most like `text` (edit distance of at most a third of its length); empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates);
/// "did you mean x?", or empty.
[[nodiscard]] Sentence did_you_mean(std::string_view text, std::span<const std::string_view> candidates);

}  // namespace questionnaires::engine
