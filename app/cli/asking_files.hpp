// Asking on the terminal for the files and folders that a command cannot do without, before the system is told which
// ones it may reach. Which command asks for what is one list here; a command itself only says what is missing.
#pragma once

#include "app/cli/context.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// For the command that was read: what it needs and was not given is asked for, one question after the other, and then
/// is as if it had been written in the command. Without a terminal, and after an empty answer, nothing is asked any
/// more and the command says which option it is. `app` has been parsed, and no command has run yet.
void ask_for_files(const Context& context, CLI::App& app);

}  // namespace app::cli
