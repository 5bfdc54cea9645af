#pragma once
// What a test needs from outside the project. Where everything has to be there (CI, ./dev test) something missing is a
// failure; somebody who runs one test on a bare machine sees it skipped.

#include <catch2/catch_all.hpp>
#include <cstdlib>
#include <initializer_list>
#include <string>

namespace support {

/// True in CI and under ./dev test, which installs what tests need.
inline bool nothing_may_be_missing() {
    return std::getenv("CI") != nullptr || std::getenv("AMPARO_COMPLETE") != nullptr;
}

/// Ends the test here unless all these programs are in reach.
inline void need_programs(std::initializer_list<const char*> names) {
    for (const std::string name : names) {
        if (std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0) continue;
        if (nothing_may_be_missing()) FAIL("the program " << name << " is not installed; ./dev test installs it");
        SKIP("the program " << name << " is not installed");
    }
}

}  // namespace support
