// The languages of the interface.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace locales {

enum class Language : std::uint8_t { Es, En };

/// "es" or "en" (ISO 639-1): as in records, policies and file names.
[[nodiscard]] constexpr std::string_view code(Language language) noexcept {
    return language == Language::Es ? "es" : "en";
}

/// From a code or a POSIX locale name ("es", "es_MX.UTF-8", "en-US"); nothing for every other language.
[[nodiscard]] constexpr std::optional<Language> language_from(std::string_view name) noexcept {
    const auto stem = name.substr(0, 2);
    if (name.size() > 2 && name[2] != '_' && name[2] != '-' && name[2] != '.' && name[2] != '@') return std::nullopt;
    if (stem == "es") return Language::Es;
    if (stem == "en") return Language::En;
    return std::nullopt;
}

}  // namespace locales
