#include <catch2/catch_all.hpp>
#include <regex>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets drawing() {
    Sheets sheets;
    sheets.survey(R"(
type      | name  | label     | calculation                       | required       | relevant
text      | a     | a         |                                   |                |
calculate | fresh |           | if(${a} = '', random(), random()) |                |
calculate | kept  |           | once(concat(${a}, random()))      |                |
calculate | id    |           | once(uuid())                      |                |
calculate | short |           | once(uuid(12))                    |                |
text      | maybe | maybe     |                                   | random() < 0.5 |
)");
    return sheets;
}

Scenario seeded(std::uint64_t seed) {
    return Scenario::in(drawing(), {{2026, 3, 10}, seed});
}

}  // namespace

TEST_CASE("random() is at least 0 and below 1 and draws anew when it is computed again") {
    Scenario s = seeded(7);
    std::string last = s.value("fresh");
    for (int i = 0; i < 50; ++i) {
        REQUIRE(s.answer("a", std::to_string(i)).empty());
        const std::string now = s.value("fresh");
        CHECK(now != last);
        CHECK(std::stod(now) >= 0);
        CHECK(std::stod(now) < 1);
        last = now;
    }
}

TEST_CASE("once() keeps its first value, whatever it was made of") {
    Scenario s = seeded(7);
    const std::string kept = s.value("kept");
    CHECK_FALSE(kept.empty());
    REQUIRE(s.answer("a", "later").empty());
    CHECK(s.value("kept") == kept);
}

TEST_CASE("the same seed gives the same interview, another seed another") {
    Scenario one = seeded(7);
    Scenario same = seeded(7);
    Scenario other = seeded(8);
    for (const std::string_view name : {"fresh", "kept", "id", "short"}) {
        INFO(name);
        CHECK(one.value(name) == same.value(name));
        CHECK(one.value(name) != other.value(name));
    }
}

TEST_CASE("looking at an interview draws nothing") {
    Scenario looked = seeded(7);
    Scenario alone = seeded(7);
    const auto node = looked.node("maybe");
    const bool first = looked.interview().required(node);
    for (int i = 0; i < 20; ++i) CHECK(looked.interview().required(node) == first);
    REQUIRE(looked.answer("a", "x").empty());
    REQUIRE(alone.answer("a", "x").empty());
    CHECK(looked.value("fresh") == alone.value("fresh"));
}

TEST_CASE("uuid() is a version 4 UUID, and with a number that many characters") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Scenario s = seeded(seed);
        CHECK(std::regex_match(s.value("id"),
                               std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")));
        CHECK(std::regex_match(s.value("short"), std::regex("[0-9A-Z]{12}")));
    }
}

TEST_CASE("uuid() of nothing is empty, of too much is refused") {
    const auto form = [](std::string_view length) {
        Sheets sheets;
        sheets.survey("type | name | label | calculation\n text | a | a |\n calculate | r | | uuid(" +
                      std::string(length) + ")");
        return sheets;
    };
    CHECK(Scenario(form("0")).value("r").empty());
    CHECK(Scenario(form("-1")).value("r").empty());
    CHECK(Scenario(form("'x'")).value("r").empty());
    CHECK(Scenario(form("4096")).value("r").size() == 4096);
    const auto loaded = form("4097").load();
    REQUIRE(loaded.has_value());
    std::pmr::monotonic_buffer_resource memory;
    const auto started = engine::Interview::start(*loaded, &memory, {{2026, 3, 10}, 1});
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().kind == engine::RefusalKind::Budget);
}

TEST_CASE("once() is refused where no value is kept") {
    Sheets sheets;
    sheets.survey("type | name | label | relevant\n text | a | a | once(random()) > 0.5");
    const auto loaded = sheets.load();
    REQUIRE_FALSE(loaded.has_value());
    CHECK_THAT(scenario::all_text(loaded.error()), Catch::Matchers::ContainsSubstring("calculation and default"));
}

TEST_CASE("reasons go through a kept value to the questions behind it") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | calculation
text      | a    | a     |
calculate | k    |       | once(${a}) = 'x' or ${a} = 'x'
)");
    sheets.indicators(R"(
indicator | dimension | strength | when          | label | basis
i         | d         | weak     | ${k} = 'true' | I     | design
)");
    Scenario s(sheets);
    REQUIRE(s.answer("a", "x").empty());
    CHECK(s.fired() == "i(a)");
}
