// Keeps the program to the files that its command line names.
#pragma once

#include "app/hardening/folders.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// What the command that was read may reach: it reads in the folder of everything that was named, and writes only in
/// the folders of what this command makes or changes (its output, its casebook, a device's data). `app` has been
/// parsed.
[[nodiscard]] hardening::Folders named_files(const CLI::App& app);

}  // namespace app::cli
