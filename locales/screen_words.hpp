// Which words travel in bundles: those of screens. What the command line says is the program's own.
#pragma once

#include <string>
#include <string_view>

#include "locales/language.hpp"

namespace locales {

/// Whether only command lines and their help say it: no bundle carries it, and none is asked for it.
[[nodiscard]] bool of_command_line(std::string_view key) noexcept;
/// The shipped catalogue as a bundle carries it, JSON of one key a line.
[[nodiscard]] std::string screen_words(Language language);

}  // namespace locales
