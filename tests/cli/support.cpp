#include "tests/cli/support.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "tests/support/demo_programme.hpp"

namespace test {
namespace fs = std::filesystem;

crypto::SodiumReady ready() {
    const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

crypto::Bytes bytes(const std::string& text) {
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

Desk::Desk() {
    fs::create_directory(path() / ".said");
}

Ran Desk::run(const std::string& line) const {
    const auto command = "cd '" + path().string() +
                         "' && PATH='" AMPARO_BIN_DIR "':$PATH LC_ALL= LC_MESSAGES= LANG=C.UTF-8 setsid -w sh -c '" +
                         line + "' > .said/out 2> .said/err < /dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(".said/out"), read(".said/err")};
}

Ran Desk::good(const std::string& line) const {
    auto ran = run(line);
    INFO(line << "\n" << ran.err);
    REQUIRE(ran.code == 0);
    return ran;
}

void Desk::write(const std::string& name, std::string_view content) const {
    std::ofstream out(path() / name, std::ios::binary);
    out << content;
    REQUIRE(out.flush());
}

std::string Desk::read(const std::string& name) const {
    return folder_.read(name);
}

void Desk::take_programme(const std::string& folder, const std::string& name) const {
    static std::map<std::string, Desk> made;
    const auto [original, is_new] = made.try_emplace(name);
    if (is_new) make_demo_programme(ready(), original->second.path() / "demo", name);
    fs::copy(original->second.path() / "demo", path() / folder, fs::copy_options::recursive);
}

bool Desk::has(const std::string& name) const {
    return fs::exists(path() / name);
}

std::vector<std::string> Desk::names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path()))
        if (entry.path().filename() != ".said") names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

bool is_one_sentence(const std::string& text) {
    return text.starts_with("amparo: ") && std::count(text.begin(), text.end(), '\n') == 1 && text.ends_with(".\n") &&
           text.find('[') == std::string::npos && text.find("{{") == std::string::npos;
}

}  // namespace test
