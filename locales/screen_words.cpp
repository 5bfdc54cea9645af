#include "locales/screen_words.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "locales/translator.hpp"

namespace locales {

bool of_command_line(std::string_view key) noexcept {
    return key.starts_with("cli.");
}

std::string screen_words(Language language) {
    const auto all = nlohmann::ordered_json::parse(shipped(language));
    nlohmann::ordered_json kept;
    for (const auto& [key, text] : all.items())
        if (!of_command_line(key)) kept[key] = text;
    return kept.dump(1) + "\n";
}

}  // namespace locales
