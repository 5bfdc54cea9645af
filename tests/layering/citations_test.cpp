// A comment sends its reader to a page: the page is in the repository.
#include <catch2/catch_all.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/layering/root.hpp"

namespace fs = std::filesystem;
using layering::root;

namespace {

/// The names of pages without their ending.
constexpr std::array bare_names{"DESIGN", "FORMAT", "PROOF",        "QUESTIONNAIRES",
                                "STYLE",  "UX",     "ARCHITECTURE", "TESTING"};

/// std::regex takes microseconds for each character: most lines name no page and are not given to it.
bool may_name_a_page(const std::string& line) {
    const auto found = [&line](const char* name) { return line.find(name) != std::string::npos; };
    return found(".md") || std::any_of(bare_names.begin(), bare_names.end(), found);
}

void look_at_line(const std::string& line, const fs::path& folder, std::vector<std::string>& missing) {
    static const std::regex page(R"(([A-Za-z0-9_./-]+\.md)\b)");
    static const std::regex bare(
        R"(\b(DESIGN|FORMATS?|PROOFS?|QUESTIONNAIRES|STYLE|UX|ARCHITECTURE|TESTING)\b(?!\.md))");
    const std::array places{root, folder, folder / "situations"};
    for (std::sregex_iterator at(line.begin(), line.end(), page), end; at != end; ++at) {
        const fs::path named = at->str(1).substr(at->str(1).front() == '/' ? 1 : 0);
        const auto begin = static_cast<std::size_t>(at->position());
        if (named.string().starts_with("usr/")) continue;                      // where an installed one lies
        if (begin >= 5 && line.compare(begin - 5, 5, "C2SP ") == 0) continue;  // a specification, cited by its source
        const bool there = std::any_of(places.begin(), places.end(),
                                       [&](const fs::path& place) { return fs::is_regular_file(place / named); });
        if (!there) missing.push_back(named.string());
    }
    for (std::sregex_iterator at(line.begin(), line.end(), bare), end; at != end; ++at) missing.push_back(at->str(1));
}

/// What is wrong with the pages that a text names; nothing when all of them are there.
std::vector<std::string> missing_pages(const std::string& text, const fs::path& folder) {
    std::vector<std::string> missing;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (may_name_a_page(line)) look_at_line(line, folder, missing);
    return missing;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("every page that a source file names is in the repository") {
    CHECK(missing_pages("see docs/FORMATS.md and crypto/FORMAT.md", root).empty());  // the patterns find what they seek
    CHECK(missing_pages("see docs/NOWHERE.md", root) == std::vector<std::string>{"docs/NOWHERE.md"});
    CHECK(missing_pages("as FORMATS asks", root) == std::vector<std::string>{"FORMATS"});
    const std::set<std::string> sources{".cpp", ".hpp", ".txt", ".cmake", ".sh", ""};
    std::size_t read = 0;
    for (const char* top : {"app", "crypto", "locales", "questionnaires", "tests", "tools", ".cmake"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto relative = fs::relative(entry.path(), root).string();
            const bool data =
                relative.starts_with("tests/fuzz/seeds") || relative == "tests/layering/citations_test.cpp";
            if (!entry.is_regular_file() || data || !sources.contains(entry.path().extension().string())) continue;
            ++read;
            for (const auto& page : missing_pages(content_of(entry.path()), entry.path().parent_path())) {
                INFO(relative << " names " << page);
                CHECK(page.empty());
            }
        }
    CHECK(read > 500);
}
