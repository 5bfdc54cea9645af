// What one person has to read at once stays small: files and functions have a limit.
#include <catch2/catch_all.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "tests/layering/root.hpp"

namespace fs = std::filesystem;
using layering::root;

namespace {

constexpr int most_lines_of_a_file = 400;
constexpr int most_lines_of_a_function = 80;

/// A line that begins a function or a type's body at the left edge, as the formatter writes it.
bool begins_a_body(std::string_view line) {
    return !line.empty() && line.front() != ' ' && line.front() != '}' && line.front() != '#' &&
           !line.starts_with("namespace") && line.find('(') != std::string_view::npos && line.ends_with('{');
}

/// Only one of the values that a switch sorts: as much to read as a word.
bool is_label(std::string_view line) {
    const auto at = line.find_first_not_of(' ');
    return at != std::string_view::npos && line.substr(at).starts_with("case ") && line.ends_with(':');
}

/// Lines of the longest body in a file, and where it begins.
struct Longest {
    int file = 0;
    int body = 0;
    int at = 0;
};

Longest lengths_of(const fs::path& file) {
    std::ifstream in(file);
    Longest longest;
    int from = 0;
    int labels = 0;
    for (std::string line; std::getline(in, line);) {
        ++longest.file;
        labels += is_label(line) ? 1 : 0;
        if (begins_a_body(line)) from = longest.file, labels = 0;
        if (line != "}" || from == 0) continue;
        if (const int body = longest.file - from + 1 - labels; body > longest.body)
            longest.body = body, longest.at = from;
        from = 0;
    }
    return longest;
}

template <class Use>
int each_source(std::initializer_list<const char*> folders, const Use& use) {
    int files = 0;
    for (const auto* folder : folders)
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto ending = entry.path().extension();
            if (ending != ".hpp" && ending != ".cpp") continue;
            ++files;
            use(entry.path());
        }
    return files;
}

}  // namespace

TEST_CASE("no source file has more than 400 lines") {
    const int files = each_source({"app", "crypto", "locales", "questionnaires", "tests"}, [](const fs::path& file) {
        INFO(file);
        CHECK(lengths_of(file).file <= most_lines_of_a_file);
    });
    CHECK(files > 500);
}

TEST_CASE("no function of the product has more than 80 lines") {
    const int files = each_source({"app", "crypto", "locales", "questionnaires"}, [](const fs::path& file) {
        const auto longest = lengths_of(file);
        INFO(file << ":" << longest.at);
        CHECK(longest.body <= most_lines_of_a_function);
    });
    CHECK(files > 300);
}
