#include "app/cli/language.hpp"

#include <cstdlib>
#include <string_view>
#include <utility>

namespace app::cli {
namespace {

constexpr std::string_view option = "--lang";

/// "es_MX.UTF-8" -> "es"; anything not Spanish -> "en".
std::string supported(std::string_view locale) {
    return locale.substr(0, 2) == "es" ? "es" : "en";
}

}  // namespace

std::string language_of(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == option && i + 1 < argc) return supported(argv[i + 1]);
        if (word.starts_with("--lang=")) return supported(word.substr(option.size() + 1));
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return supported(value);
    return "en";
}

std::optional<locales::Translator> load_words(int argc, char** argv) {
    auto translator = locales::shipped_translator();
    if (!translator || !translator->set_language(language_of(argc, argv))) return std::nullopt;
    return std::move(*translator);
}

}  // namespace app::cli
