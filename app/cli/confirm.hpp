// Asking a person before something that cannot be taken back.
#pragma once

#include "app/cli/files.hpp"

namespace app::cli {

/// Asks on the terminal; `question` is a catalogue key. Goes on only after a "yes" or "sí" written out, in whatever
/// language. Without a terminal nobody can say yes: says so, and how to say it in the command.
[[nodiscard]] Outcome<void> confirm(const Context& context, std::string_view question);

}  // namespace app::cli
