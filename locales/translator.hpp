// Every text a person sees, in the language they chose: words, numbers, dates, lists. Knows no files, no clock, no
// screen, and does not depend on the C locale.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "locales/catalogue.hpp"
#include "locales/language.hpp"
#include "locales/text.hpp"
#include "locales/values.hpp"

namespace locales {

/// The catalogue of that language as it was when the program was built (UTF-8 JSON): for the words before a bundle was
/// verified, and to make bundles. Always a valid pair; tests/locales proves it.
[[nodiscard]] std::string_view shipped(Language language) noexcept;
class Translator {
  public:
    /// From the bytes of the two catalogues of a bundle. Refused unless both have the same keys, placeholders and
    /// plural forms, and every key of the shipped catalogue that is not of_command_line(), with the same placeholders:
    /// a screen never meets a key it does not have.
    [[nodiscard]] static tl::expected<Translator, Failure> make(std::string_view es_json, std::string_view en_json,
                                                                Language language = Language::Es) noexcept;
    /// With the texts built into the program: works when nothing can be read.
    [[nodiscard]] static Translator built_in(Language language = Language::Es);

    void set_language(Language language) noexcept { language_ = language; }
    [[nodiscard]] Language language() const noexcept { return language_; }
    [[nodiscard]] bool has(std::string_view key) const;

    /// The text of `key` (without plural suffix) with its placeholders filled in. The number called "count" chooses the
    /// plural form; without it, _other. A key that does not exist gives "[key]" and a placeholder without a value stays
    /// as {{name}}: both are faults of the program that tests/locales looks for in every source file.
    [[nodiscard]] Text tr(std::string_view key, Values values = {}) const;
    /// The same in a language given here, for screens that show both.
    [[nodiscard]] Text tr_in(Language language, std::string_view key, Values values = {}) const;

    /// "1,234,567": commas and points as in Mexico and Central America (CLDR es-MX, es-GT), alike in both languages.
    [[nodiscard]] Text number(std::int64_t value) const;
    /// One decimal, rounded half up, from tenths: 15 gives "1.5".
    [[nodiscard]] Text tenths(std::int64_t tenths) const;
    /// Percent of a whole: "38 %", "38%".
    [[nodiscard]] Text percent(std::int64_t value) const;
    /// In steps of 1000, as drives are sold: "940 bytes", "1.4 MB".
    [[nodiscard]] Text bytes(std::uint64_t value) const;

    /// "lunes 23 de noviembre", "Monday, November 23". An invalid date gives an empty text.
    [[nodiscard]] Text long_date(std::chrono::year_month_day day) const;
    /// The same with the year.
    [[nodiscard]] Text full_date(std::chrono::year_month_day day) const;
    /// "23 nov", "Nov 23": for lists.
    [[nodiscard]] Text short_date(std::chrono::year_month_day day) const;
    /// "hoy", "ayer", "hace 3 días"; from seven days on, and for days to come, the short date.
    [[nodiscard]] Text relative_day(std::chrono::year_month_day day, std::chrono::year_month_day today) const;
    /// "14:32" in Spanish, "2:32 PM" in English. `since_midnight` below 24 hours.
    [[nodiscard]] Text clock(std::chrono::minutes since_midnight) const;
    /// "a, b y c", with "e" before an i sound; "a, b, and c".
    [[nodiscard]] Text list(std::span<const std::string_view> items) const;

  private:
    struct Given;
    Translator(std::shared_ptr<const Given> given, Language language);
    [[nodiscard]] const Catalogue& catalogue(Language language) const;

    std::shared_ptr<const Given> given_;  ///< of a bundle; none: the shipped ones
    Language language_ = Language::Es;
};

}  // namespace locales
