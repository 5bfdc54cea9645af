#pragma once
// The worked examples of the pages of formats, for the tests that recompute them.

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace test {

using Example = std::map<std::string, std::string>;

/// The `key: value` lines of the block of a page that begins with ```example NAME.
inline Example example_of(const std::string& page, const std::string& name) {
    std::ifstream in(std::filesystem::path(AMPARO_SOURCE_DIR) / page);
    std::string line;
    while (std::getline(in, line) && line != "```example " + name) {
    }
    REQUIRE(in);
    Example found;
    while (std::getline(in, line) && line != "```") {
        const auto colon = line.find(": ");
        REQUIRE(colon != std::string::npos);
        found.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    REQUIRE(in);
    return found;
}

}  // namespace test
