// From main() to the last picture: gives up privileges, checks the library, reads the command line, opens a window,
// runs.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "app/kiosk/program.hpp"

namespace app::kiosk {

/// What shows the kiosk to somebody. The program that people use shows it in a window and runs it; a test may do both
/// in another way.
struct Host {
    std::function<platform::Result<std::unique_ptr<platform::Window>>(platform::WindowOptions)> open;
    /// Until the program has ended; the exit code.
    std::function<int(Program&, platform::Window&, ui::Ui&)> run;
    std::vector<std::filesystem::path> read;         ///< files and folders that `run` reads, besides those of the kiosk
    std::filesystem::path pipes;                     ///< a folder that `run` writes to, pipes too; empty: none
    std::vector<std::filesystem::path> drives = {};  ///< folders that stand for sticks
};

/// The exit code of the process. Nothing is opened before privileges are given up; call shell::Signals::hold() first.
[[nodiscard]] int start(int argc, char** argv, const Host& host);

}  // namespace app::kiosk
