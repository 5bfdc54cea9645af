// What update() asks of its flows while it is compiled, asked of flows that break it.
#include "app/session/rule_count.hpp"

#include <catch2/catch_test_macros.hpp>

namespace {

using app::session::has_rule;
using app::session::RuleCount;

struct HomeShown {};
struct ListShown {};
using Screens = std::variant<HomeShown, ListShown>;
constexpr const Screens* every_screen = nullptr;

struct Tapped {};
struct Ended {};
struct Forgotten {};

struct Walk {
    void on(HomeShown& screen, Tapped& event);
    void on(Ended& event);
};
struct Reading {
    void on(ListShown& screen, Tapped& event);
};
struct Twin {
    void on(HomeShown& screen, Tapped& event);
};
struct Greedy {
    void on(Tapped& event);
};
struct LateEnding {
    void on(ListShown& screen, Ended& event);
};

using Good = RuleCount<Walk, Reading>;

}  // namespace

TEST_CASE("one rule on each screen, or one whatever is shown, is what update() takes") {
    STATIC_REQUIRE(Good::meant<Tapped>(every_screen));
    STATIC_REQUIRE(Good::settled<Tapped>(every_screen));
    STATIC_REQUIRE(Good::meant<Ended>(every_screen));
    STATIC_REQUIRE(Good::settled<Ended>(every_screen));
    STATIC_REQUIRE(Good::screens<Tapped>(every_screen) == 2);
    STATIC_REQUIRE(has_rule<Walk, HomeShown, Tapped>);
    STATIC_REQUIRE_FALSE(has_rule<Walk, ListShown, Tapped>);
}

TEST_CASE("an event that no flow has a rule for does not pass") {
    STATIC_REQUIRE_FALSE(Good::meant<Forgotten>(every_screen));
}

TEST_CASE("two rules for one event on one screen do not pass, nor one on a screen beside one for all") {
    STATIC_REQUIRE_FALSE(RuleCount<Walk, Reading, Twin>::settled<Tapped>(every_screen));
    STATIC_REQUIRE_FALSE(RuleCount<Walk, Greedy>::settled<Tapped>(every_screen));
    STATIC_REQUIRE_FALSE(RuleCount<Greedy, Greedy>::settled<Tapped>(every_screen));
    STATIC_REQUIRE_FALSE(RuleCount<Walk, LateEnding>::settled<Ended>(every_screen));
}
