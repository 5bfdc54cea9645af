#include "app/cli/language.hpp"

#include <cstdlib>
#include <string_view>

namespace app::cli {
namespace {

constexpr std::string_view lang_option = "--lang";

locales::Language supported(std::string_view name) {
    return locales::language_from(name).value_or(locales::Language::En);
}

}  // namespace

locales::Language language_of(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == lang_option && i + 1 < argc) return supported(argv[i + 1]);
        if (word.starts_with("--lang=")) return supported(word.substr(lang_option.size() + 1));
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return supported(value);
    return locales::Language::En;
}

}  // namespace app::cli
