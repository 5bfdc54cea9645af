// The command line of the kiosk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "app/kiosk/device.hpp"
#include "app/session/event.hpp"
#include "locales/translator.hpp"

namespace app::kiosk {

/// Exit codes of amparo-kiosk (also in its manual page).
enum class Exit : int {
    Done = 0,
    Usage = 64,      ///< the command line itself
    NoDisplay = 69,  ///< no display, or no OpenGL 3 on it
    Internal = 70,   ///< self-test or memory protection failed
    NoFonts = 72,    ///< a font file is missing or damaged
    Programme = 78,  ///< the file with the programme's key cannot be relied on
};

struct Options {
    Places places;
    std::filesystem::path programme_file;  ///< empty: the default one, where it is there
    int width = 412;                       ///< dp
    int height = 915;                      ///< dp
    bool size_given = false;
    std::optional<float> scale;
    std::optional<locales::Language> language;
    std::optional<int> text_percent;
    std::optional<session::Theme> theme;
    std::filesystem::path fonts;  ///< empty: the system's font folders
    bool confined = true;         ///< not from the command line: the system keeps the program to its files
};

/// The options, or the exit code after help or an error was printed.
[[nodiscard]] std::variant<Options, Exit> read_options(int argc, char** argv, const locales::Translator& texts);

/// --lang, else LC_ALL, LC_MESSAGES, LANG; Spanish when none says English.
[[nodiscard]] locales::Language language_of(int argc, char** argv);

}  // namespace app::kiosk
