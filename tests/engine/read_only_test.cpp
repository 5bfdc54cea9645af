// Questions that nobody may change: every way of saying something is closed, not only the answer.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;
namespace engine = questionnaires::engine;

namespace {

Sheets locked_later() {
    Sheets sheets;
    sheets.survey(R"(
type           | name | label | read_only
integer        | p    | p     |
integer        | q    | q     | ${p} > 0
select_one l   | one  | one   | ${p} > 0
select_multiple l | many | many | ${p} > 0
begin repeat   | kid  | kid   |
text           | who  | who   | ${p} > 0
end repeat     |      |       |
)");
    sheets.choices("list_name | name | label\n l | a | a\n l | b | b");
    return sheets;
}

}  // namespace

TEST_CASE("a read-only question is neither cleared, skipped, refused, unknown nor tapped") {
    Scenario s(locked_later());
    const std::vector<std::pair<std::string, std::string>> said{
        {"q", "5"}, {"one", "a"}, {"many", "a b"}, {"kid[1]/who", "Ana"}};
    for (const auto& [name, value] : said) REQUIRE(s.answer(name, value).empty());
    REQUIRE(s.answer("p", "1").empty());
    for (const auto& [name, value] : said) {
        CAPTURE(name);
        const auto cleared = s.interview().clear(s.node(name));
        REQUIRE_FALSE(cleared.has_value());
        CHECK(cleared.error().kind == engine::RefusalKind::ReadOnly);
        CHECK(s.skip(name) == "read only");
        CHECK(s.refuse(name) == "read only");
        CHECK(s.do_not_know(name) == "read only");
        CHECK(s.answer(name, "") == "read only");
        CHECK(s.value(name) == value);
        CHECK(s.state(name) == "answered");
    }
    CHECK_FALSE(s.interview().toggle(s.node("one"), questionnaires::engine::ChoiceId{1U}, {0}).has_value());
    CHECK_FALSE(s.interview().toggle(s.node("many"), questionnaires::engine::ChoiceId{1U}, {0}).has_value());
    REQUIRE(s.answer("p", "0").empty());
    CHECK(s.skip("q").empty());
    CHECK(s.value("q").empty());
}

TEST_CASE("leaving a page with an empty read-only question goes on") {
    Sheets sheets;
    sheets.survey("type | name | label | read_only\n text | a | a | yes\n text | b | b |");
    Scenario s(sheets);
    CHECK(s.next() == "b");
}
