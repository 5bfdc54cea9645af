// How the tree is built: where flags may stand.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;

TEST_CASE("compiler and linker flags stand in one file and reach every target through it") {
    const fs::path root = AMPARO_SOURCE_DIR;
    std::size_t looked = 0;
    for (const char* top : {".cmake", "app", "crypto", "locales", "questionnaires", "tests"})
        for (fs::recursive_directory_iterator entry(root / top), end; entry != end; ++entry) {
            const auto& path = entry->path();
            if (path.filename() != "CMakeLists.txt" && path.extension() != ".cmake") continue;
            if (path.filename() == "options.cmake") continue;
            ++looked;
            std::ifstream in(path);
            std::string line;
            for (int number = 1; std::getline(in, line); ++number)
                for (const char* word : {"compile_options", "link_options", "_FLAGS", "add_definitions"})
                    if (line.find(word) != std::string::npos) FAIL_CHECK(path.string() << ":" << number << " " << line);
        }
    CHECK(looked > 30);
}
