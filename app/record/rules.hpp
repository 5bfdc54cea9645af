// How ids, names and words in a record look: everything that a kiosk writes, and as little else as can be.
#pragma once

#include <cstddef>
#include <string_view>

namespace app::record {

inline constexpr std::size_t id_digits = 32;          ///< of a record and of a device
inline constexpr std::size_t deployment_digits = 16;  ///< of a programme's id
inline constexpr std::size_t digest_digits = 64;      ///< SHA-256
inline constexpr std::size_t most_form_id = 40;       ///< bytes, as the others below
inline constexpr std::size_t most_version = 255;      ///< what the engine takes from a form
inline constexpr std::size_t most_language = 255;     ///< the same
inline constexpr std::size_t most_word = 32;
inline constexpr std::size_t most_key = 64;

/// Lower-case hexadecimal.
[[nodiscard]] bool is_hex(std::string_view text, std::size_t digits) noexcept;
/// The id under which a bundle holds a form and a record names it: [a-z0-9-], 1 to 40 characters, beginning with a
/// letter. It is the id in the settings of the form where that is such a word; any other id, as ODK takes them, is the
/// author's own, and the folder's name stands for it.
[[nodiscard]] bool is_form_id(std::string_view text) noexcept;
/// A language of the screens, "es", "es-MX": [a-z]{2,3}, optionally a hyphen and 2 to 8 letters or digits.
[[nodiscard]] bool is_language(std::string_view text) noexcept;
/// "2026-11-24", from 1970 on.
[[nodiscard]] bool is_day(std::string_view text) noexcept;
/// Three words in full and three digits, between hyphens.
[[nodiscard]] bool is_case_code(std::string_view text);
/// What a form calls things by: a name of XLSForm without anything that steers or is not UTF-8.
[[nodiscard]] bool is_plain_name(std::string_view text) noexcept;
/// "age", or with the places in repeats "kid[2]/age".
[[nodiscard]] bool is_address(std::string_view text) noexcept;
/// A word of ours, of this version or a later one.
[[nodiscard]] bool is_word(std::string_view text) noexcept;
/// A key of the catalogue, "consent.assisted".
[[nodiscard]] bool is_key(std::string_view text) noexcept;
/// What a form's author wrote on one line.
[[nodiscard]] bool is_label(std::string_view text, std::size_t most) noexcept;

}  // namespace app::record
