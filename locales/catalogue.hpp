// One language's texts by key, checked; knows nothing about other languages, files or screens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace locales {

/// Why a catalogue, or a pair of them, is refused.
enum class Error : std::uint8_t {
    Json,          ///< not JSON (RFC 8259), or deeper than one object
    Encoding,      ///< not UTF-8, or a control, bidirectional or invisible formatting character in a text
    Limit,         ///< larger than 1 MiB, more than 5,000 keys, a text above 4 KiB
    Key,           ///< a key that is not lower_case words joined by dots, optionally ending in _one or _other
    DuplicateKey,  ///< the same key twice
    NotText,       ///< a value that is not a string
    Empty,         ///< a text without any character to show
    Placeholder,   ///< braces that are no {{name}}; nesting, formats and escapes of i18next are refused too
    Plural,        ///< _one without _other or the other way round, or a plain key beside its plural
    MissingKey,    ///< the other language has this key
    Differs,       ///< the placeholders or the plural forms are not those of the other language
};

struct Failure {
    Error error = Error::Json;
    std::string key;  ///< the key it is about, cut to 80 bytes; empty when it has none
};

/// One English sentence for developers and translators: "home.title: not the placeholders of the other language".
[[nodiscard]] std::string to_text(const Failure& problem);

/// A piece of a text: characters to copy, or the name of a placeholder.
struct Piece {
    bool placeholder = false;
    std::string text;
};
using Pieces = std::vector<Piece>;

/// The forms a text may have (CLDR plural categories; Spanish and English need two for whole numbers in use here).
/// `one` is empty when the text does not depend on a number.
struct Entry {
    Pieces one;
    Pieces other;
    [[nodiscard]] bool plural() const noexcept { return !one.empty(); }
    /// Sorted, each once, of both forms together.
    [[nodiscard]] std::vector<std::string> placeholders() const;
};

/// i18next JSON v4 (https://www.i18next.com/misc/json-format): one flat object of keys to texts, {{name}}
/// placeholders, plural suffixes _one and _other. Immutable.
class Catalogue {
  public:
    [[nodiscard]] static tl::expected<Catalogue, Failure> parse(std::string_view json) noexcept;

    /// Without plural suffix; null when there is none.
    [[nodiscard]] const Entry* find(std::string_view key) const noexcept;
    /// All keys in order, without plural suffixes.
    [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const& noexcept { return entries_; }
    // NOLINTNEXTLINE(modernize-use-nodiscard): there is nothing to use
    const std::map<std::string, Entry, std::less<>>& entries() const&& = delete;  // would not outlive the loop over it

  private:
    std::map<std::string, Entry, std::less<>> entries_;
};

/// Nothing when both have the same keys with the same placeholders and plural forms; else the first difference.
[[nodiscard]] tl::expected<void, Failure> check_pair(const Catalogue& a, const Catalogue& b);

}  // namespace locales
