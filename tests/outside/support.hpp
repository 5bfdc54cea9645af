// Runs the programs with arguments that hold any bytes, looks at what they print, and ends them when they hang.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/ready.hpp"
#include "tests/support/folder.hpp"

namespace outside {

namespace fs = std::filesystem;

[[nodiscard]] crypto::SodiumReady ready();

struct Ran {
    int code = -1;      ///< the exit code; -1 when it was ended
    bool hung = false;  ///< it was ended because it waited longer than `most_seconds`
    std::string out;
    std::string err;
};

/// A folder of its own in which programs run; removed with everything in it.
class Desk {
  public:
    static constexpr unsigned most_seconds = 60;

    Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    [[nodiscard]] const fs::path& path() const { return folder_.path(); }
    /// Runs a program of ours ("amparo") in the folder, without a shell and without a terminal, in English.
    [[nodiscard]] Ran run(const std::string& program, const std::vector<std::string>& arguments) const;
    void write(const std::string& name, std::string_view content) const;
    [[nodiscard]] std::string read(const std::string& name) const;

  private:
    test::Folder folder_;
};

/// What a terminal or a window must never be given by others: a name and the bytes.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& dangers();
/// The first dangerous thing in a text, named for a failure message; empty when there is none. Line feeds are allowed.
/// Written from the Unicode tables, apart from the program's own rule.
[[nodiscard]] std::string danger_in(std::string_view text);
[[nodiscard]] std::size_t lines_of(std::string_view text);

}  // namespace outside
