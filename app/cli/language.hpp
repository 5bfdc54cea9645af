// The words of the command line: from `--lang`, else from the environment, else English.
#pragma once

#include <optional>
#include <string>

#include "locales/translator.hpp"

namespace app::cli {

/// "es" or "en": from --lang es|en (or --lang=…) when given, any other word meaning English, else from LC_ALL,
/// LC_MESSAGES, LANG.
[[nodiscard]] std::string language_of(int argc, char** argv);

/// The catalogues in that language; nothing when they cannot be loaded.
[[nodiscard]] std::optional<locales::Translator> load_words(int argc, char** argv);

}  // namespace app::cli
