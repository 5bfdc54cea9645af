#pragma once
// A folder that goes away, and lines run by the shell.

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace test {

/// Only for this user, and removed with everything in it.
class Folder {
  public:
    Folder() {
        auto made = (std::filesystem::temp_directory_path() / "amparo-test-XXXXXX").string();
        if (::mkdtemp(made.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp");
        path_ = made;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ifstream in(path_ / name, std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        return std::move(all).str();
    }
    void write(const std::string& name, std::string_view content) const {
        std::ofstream out(path_ / name, std::ios::binary);
        out << content;
    }
    /// Names of everything in it, sorted.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) found.push_back(entry.path().filename());
        std::sort(found.begin(), found.end());
        return found;
    }
    /// The exit code of a line run in the folder; what it says is in `out` and `err` there.
    [[nodiscard]] int run(const std::string& line) const {
        const auto whole = "cd '" + path_.string() + "' && { " + line + "; } > out 2> err < /dev/null";
        const int status = std::system(whole.c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    std::filesystem::path path_;
};

}  // namespace test
