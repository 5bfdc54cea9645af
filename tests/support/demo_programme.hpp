#pragma once
// The programme that `amparo deployment new --demo` makes, whose kiosk's words cost no more than they must.

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "app/deployment/programme.hpp"
#include "tests/support/slow_clock.hpp"

namespace test {

inline void make_demo_programme(crypto::SodiumReady ready, const std::filesystem::path& root, const std::string& name) {
    const auto before = umask(S_IRWXG | S_IRWXO);  // as the program has it
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const auto made = app::deployment::make_programme(
        ready, root, {name, "Coordination", "Recovery", app::deployment::shipped_content(), true}, nullptr, today,
        slow_clock());
    umask(before);
    REQUIRE(made);
}

}  // namespace test
