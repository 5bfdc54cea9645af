#pragma once
// What every program with a window takes on its command line: how large, in which language, how it looks. Must not know
// what the program is for.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/platform/window.hpp"
#include "app/ui/ui.hpp"
#include "locales/translator.hpp"

namespace CLI {
class App;
}

namespace app::shell {

struct DisplayOptions {
    int width = 412;   ///< dp
    int height = 915;  ///< dp
    bool size_given = false;
    std::optional<float> scale;
    std::optional<locales::Language> language;
    std::optional<int> text_percent;
    std::optional<ui::Contrast> contrast;
    std::filesystem::path fonts;  ///< empty: the system's font folders
};

/// As they were typed. Everything is read as text: CLI11 would name numbers and ranges in English words of its own.
struct RawDisplayOptions {
    std::string size, scale, language, text_percent, theme, fonts;
};

/// --size, --scale, --lang, --text-size, --theme, --fonts.
void add_display_options(CLI::App& app, RawDisplayOptions& raw, const locales::Translator& texts);

/// What is wrong: a key of the catalogue, and what was typed, for {{argument}}.
struct WrongOption {
    std::string_view key;
    std::string argument;
};

/// Nothing when all is well.
[[nodiscard]] std::optional<WrongOption> read_display_options(const RawDisplayOptions& raw, DisplayOptions& options);

/// Makes CLI11 speak the catalogue's language, not its own.
void word_help(CLI::App& app, const locales::Translator& texts);

/// The name of an option that was given without saying anything, as an empty variable of a script does it: it is not
/// taken for one that was left out.
[[nodiscard]] std::optional<std::string> given_empty(const CLI::App& app);

/// --lang, else LC_ALL, LC_MESSAGES, LANG; Spanish when none says English.
[[nodiscard]] locales::Language language_of(int argc, char** argv);

/// The whole screen unless a size was given.
[[nodiscard]] platform::WindowOptions window_of(const DisplayOptions& options);

/// The size of texts that is so many percent of the normal one: 100, 125, 150 or 200.
[[nodiscard]] std::optional<ui::TextSize> text_size_of(int percent) noexcept;

}  // namespace app::shell
