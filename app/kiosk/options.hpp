// The command line of the kiosk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "app/kiosk/device.hpp"
#include "app/session/event.hpp"
#include "app/shell/exit.hpp"
#include "app/shell/options.hpp"
#include "locales/translator.hpp"

namespace app::kiosk {

using shell::Exit;

struct Options {
    Places places;
    std::filesystem::path programme_file;  ///< empty: the default one, where it is there
    shell::DisplayOptions display;
    std::optional<session::Theme> theme;  ///< what the display's contrast is in the words of the session
    bool confined = true;                 ///< not from the command line: the system keeps the program to its files
};

/// The options, or the exit code after help or an error was printed.
[[nodiscard]] std::variant<Options, Exit> read_options(int argc, char** argv, const locales::Translator& texts);

}  // namespace app::kiosk
