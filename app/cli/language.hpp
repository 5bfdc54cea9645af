// The language of the command line: from `--lang`, else from the environment, else English.
#pragma once

#include "locales/language.hpp"

namespace app::cli {

/// From --lang es|en (or --lang=…) when given, else from the first of LC_ALL, LC_MESSAGES, LANG that is set. Every
/// language that is not Spanish means English.
[[nodiscard]] locales::Language language_of(int argc, char** argv);

}  // namespace app::cli
