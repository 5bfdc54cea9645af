// `amparo form import`, whose exit code says whether something is to be finished.
#pragma once

#include <catch2/catch_all.hpp>
#include <string>

#include "tests/cli/support.hpp"

namespace test {

/// Runs it: 1 exactly when something is said to be finished, and 0 otherwise.
inline Ran imported(const Desk& desk, const std::string& line) {
    auto ran = desk.run(line);
    INFO(line << "\n" << ran.out << ran.err);
    bool unfinished = false;
    for (const auto* word : {"to finish", "por terminar", "\"ready\": false"})
        unfinished = unfinished || ran.out.find(word) != std::string::npos;
    REQUIRE(ran.code == (unfinished ? 1 : 0));
    return ran;
}

}  // namespace test
