// The described situations are complete as data, before any form is asked about them.
#include "tests/forms/situations.hpp"

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <fstream>
#include <iterator>
#include <regex>

namespace {

constexpr std::string_view quiet = "danger=none-reported harm=none-reported risk=none-reported";

}  // namespace

TEST_CASE("there are ninety-nine described situations, and each says what is told, why, and what it rests on") {
    const auto situations = forms_test::read_situations();
    CHECK(situations.size() == 99);
    int number = 0;
    for (const auto& one : situations) {
        INFO(one.file);
        const auto digits = std::to_string(++number);
        CHECK(one.file.starts_with((digits.size() < 2 ? "0" : "") + digits + "-"));
        CHECK(one.title.starts_with(one.file.substr(0, 3).replace(2, 1, " ")));
        CHECK(one.told.size() > 60);
        CHECK_FALSE(one.readings.empty());
        CHECK_FALSE(one.why.empty());
        CHECK_FALSE(one.rests_on.empty());
    }
}

TEST_CASE("every reading that a situation raises has its reason") {
    for (const auto& one : forms_test::read_situations())
        for (const auto& [form, readings] : one.readings)
            for (const std::string reading : {"danger", "harm", "risk"}) {
                if (readings.find(reading + "=none-reported") != std::string::npos) continue;
                INFO(one.file << " " << form << " " << reading);
                CHECK(std::any_of(one.why.begin(), one.why.end(),
                                  [&](const auto& why) { return why.starts_with(reading + ": "); }));
            }
}

TEST_CASE("at least eight situations raise nothing in any form") {
    int silent = 0;
    for (const auto& one : forms_test::read_situations())
        silent += std::all_of(one.readings.begin(), one.readings.end(),
                              [](const auto& expected) { return expected.second == quiet; })
                      ? 1
                      : 0;
    CHECK(silent >= 20);
}

TEST_CASE("what a form reads otherwise than a specialist stays rare, and its reason is in the guide") {
    std::ifstream file(AMPARO_SOURCE_DIR "/questionnaires/README.md", std::ios::binary);
    const std::string guide{std::istreambuf_iterator<char>(file), {}};
    int readings = 0;
    int differing = 0;
    for (const auto& one : forms_test::read_situations()) {
        readings += 3 * static_cast<int>(one.readings.size());
        differing += static_cast<int>(one.differs.size());
        if (one.differs.empty() && one.not_given.empty()) continue;
        INFO(one.file);
        CHECK(guide.find("| " + one.file.substr(0, 2) + " |") != std::string::npos);
        for (const auto& [form, expected] : one.readings)
            CHECK((expected != quiet || one.differs.empty()));  // a quiet situation is quiet, without exception
    }
    CHECK(differing * 100 <= readings * 5);
}

TEST_CASE("a changed expectation carries the day of the change") {
    const std::regex day("20[0-9]{2}-[0-9]{2}-[0-9]{2}: .{20,}");
    for (const auto& one : forms_test::read_situations())
        for (const auto& note : one.changed) {
            INFO(one.file << ": " << note);
            CHECK(std::regex_match(note, day));
        }
}
