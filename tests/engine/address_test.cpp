// Addresses: how the record and scripts tell the nodes of repeat instances apart.
#include <catch2/catch_all.hpp>
#include <set>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets houses() {
    Sheets sheets;
    sheets.survey(R"(
type         | name  | label
text         | town  | Town
begin repeat | house | House
begin group  | about | About
text         | door  | Door
end group    |       |
begin repeat | kid   | Kid
integer      | age   | Age
end repeat   |       |
end repeat   |       |
text         | last  | Last
)");
    return sheets;
}

std::string address(Scenario& s, std::string_view path) {
    return std::string(s.interview().address(s.node(path)));
}

}  // namespace

TEST_CASE("an address names the place of each instance around a node") {
    Scenario s(houses());
    REQUIRE(s.add("house").empty());
    for (int kids = 0; kids < 2; ++kids) REQUIRE(s.add("house[2]/kid").empty());
    CHECK(address(s, "town") == "town");
    CHECK(address(s, "house") == "house");
    CHECK(address(s, "house[2]") == "house[2]");
    CHECK(address(s, "house[2]/about") == "house[2]/about");
    CHECK(address(s, "house[2]/door") == "house[2]/door");
    CHECK(address(s, "house[1]/kid") == "house[1]/kid");
    CHECK(address(s, "house[2]/kid[2]") == "house[2]/kid[2]");
    CHECK(address(s, "house[2]/kid[2]/age") == "house[2]/kid[2]/age");
    REQUIRE(s.remove("house[1]").empty());
    CHECK(address(s, "house[1]/kid[2]/age") == "house[1]/kid[2]/age");
    CHECK(s.interview().address(questionnaires::engine::NodeId{s.interview().size()}).empty());
}

TEST_CASE("no two nodes have one address, and each leads back to its node") {
    Scenario s(houses());
    REQUIRE(s.add("house").empty());
    REQUIRE(s.add("house[2]/kid").empty());
    REQUIRE(s.add("house").empty());
    std::set<std::string> seen;
    for (const auto node : s.interview().nodes()) {
        const std::string text(s.interview().address(node));
        INFO(text);
        CHECK(seen.insert(text).second);
        REQUIRE(s.interview().at(text).has_value());
        CHECK(*s.interview().at(text) == node);
    }
}

TEST_CASE("an address that names no node, or one elsewhere, leads nowhere") {
    Scenario s(houses());
    const auto wrong =
        GENERATE(as<std::string>(), "", "nothing", "house[0]", "house[2]", "house[1", "house[x]", "house[1.5]",
                 "house[01]", "house[4294967297]", "town[1]", "house[1]/town", "house/door", "house[1]//door",
                 "house[1]/", "/town", "house[1]/kid[1]/door", "house[1]/about/door", "kid[1]", "[1]", "house[]");
    INFO(wrong);
    CHECK_FALSE(s.interview().at(wrong).has_value());
}

TEST_CASE("a name alone inside repeats is the one in the first instances") {
    Scenario s(houses());
    REQUIRE(s.add("house").empty());
    REQUIRE(s.interview().at("age").has_value());
    CHECK(*s.interview().at("age") == s.node("house[1]/kid[1]/age"));
}
