#pragma once
// How a program with a window ends, and why it does not begin.

#include <string>
#include <string_view>

#include "app/platform/failure.hpp"

namespace app::shell {

/// Exit codes of the programs with a window (also in their manual pages).
enum class Exit : int {
    Done = 0,
    Usage = 64,      ///< the command line itself
    NoDisplay = 69,  ///< no display, or no OpenGL 3 on it
    Internal = 70,   ///< self-test or memory protection failed
    NoFonts = 72,    ///< a font file is missing or damaged
    Programme = 78,  ///< the file with the programme's key cannot be relied on
};

/// Why it does not begin: the code, the catalogue's key of the sentence, and what fills {{subject}} in it.
struct Refusal {
    Exit exit;
    std::string_view key;
    std::string subject;
};

/// No window, or no fonts for it.
[[nodiscard]] Refusal refusal_of(const platform::Failure& failure);

}  // namespace app::shell
