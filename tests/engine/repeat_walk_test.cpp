// Many changes in a row: after each, every value is what computing the whole form anew gives (a draft is restored only
// then), and moving about finds every page.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets entangled() {
    Sheets sheets;
    sheets.survey(R"(
type              | name    | label     | relevant              | calculation                                              | repeat_count            | choice_filter     | default      | trigger | constraint
integer           | n       | N         |                       |                                                          |                         |                   |              |         |
text              | who     | Who       |                       |                                                          |                         |                   |              |         |
begin repeat      | r       | R         |                       |                                                          | ${n}                    |                   |              |         |
integer           | a       | A ${who}  |                       |                                                          |                         |                   |              |         | . < 9
begin group       | g       | G         | ${a} != 5             |                                                          |                         |                   |              |         |
begin repeat      | s       | S         | ${a} != 6             |                                                          |                         |                   |              |         |
integer           | x       | X         |                       |                                                          |                         |                   | position(..) |         |
text              | y       | Y         | ${x} > 3 or ${a} > 3  |                                                          |                         |                   |              |         |
select_one ${y}   | like    | L         |                       |                                                          |                         | position() != position(current()/..) |  |         |
select_multiple l | c       | C         |                       |                                                          |                         | size > ${x}       |              |         |
text              | t       | T         |                       | concat(${x}, '!')                                        |                         |                   |              | ${x}    |
calculate         | here    |           |                       | concat(${who}, position(..), '/', ${a})                  |                         |                   |              |         |
calculate         | near    |           |                       | sum(${x}) + count(${s})                                  |                         |                   |              |         |
calculate         | own     |           |                       | count(/data/r/g/s/x) + sum(../../s/x)                    |                         |                   |              |         |
calculate         | far     |           |                       | sum(../../../../r/g/s/x) * ${a}                          |                         |                   |              |         |
calculate         | before  |           |                       | indexed-repeat(${x}, ${s}, position(..) - 1)             |                         |                   |              |         |
calculate         | first   |           |                       | indexed-repeat(${x}, ${r}, 1, ${s}, 1)                   |                         |                   |              |         |
calculate         | least   |           |                       | count(../../s[x > current()/../x])                       |                         |                   |              |         |
end repeat        |         |           |                       |                                                          |                         |                   |              |         |
begin repeat      | u       | U         |                       |                                                          | count(${s}[x > 4])      |                   |              |         |
text              | v       | V         |                       |                                                          |                         |                   |              |         |
end repeat        |         |           |                       |                                                          |                         |                   |              |         |
end group         |         |           |                       |                                                          |                         |                   |              |         |
calculate         | kids    |           |                       | concat(count(${s}), ':', count-non-empty(${y}), ':', count(${u})) |                |                   |              |         |
calculate         | place   |           |                       | concat(position(..), ' of ', count(${r}), ' of ', count(../../r)) |                |                   |              |         |
end repeat        |         |           |                       |                                                          |                         |                   |              |         |
select_multiple ${x} | picked | P      | ${n} != 3             |                                                          |                         | ${x} > 2 and ${a} != 4 |            |         |
calculate         | all     |           |                       | join(',', ${x})                                          |                         |                   |              |         |
calculate         | names   |           |                       | join(';', ${here})                                       |                         |                   |              |         |
calculate         | large   |           |                       | count(/data/r[count(g/s) > 1]/g/s[x > ${n}])             |                         |                   |              |         |
calculate         | last    |           |                       | /data/r[last()]/g/s[last()]/x                            |                         |                   |              |         |
calculate         | chosen  |           |                       | count(${s}[selected(c, 'b')])                            |                         |                   |              |         |
calculate         | some    |           |                       | if(${x} > 6, 'yes', 'no')                                |                         |                   |              |         |
calculate         | found   |           |                       | pulldata('l', 'label', 'size', max(${x}))                |                         |                   |              |         |
calculate         | wild    |           |                       | count(/data/r//*) + count(/data/r/*/s)                   |                         |                   |              |         |
)");
    sheets.choices("list_name | name | label | size\n l | a | Apple | 2\n l | b | Bread | 5\n l | c | Corn | 8");
    return sheets;
}

/// A generator of its own, so that a failure comes again.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint32_t below(std::uint32_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>(state_ >> 33U) % bound;
    }

  private:
    std::uint64_t state_;
};

engine::NodeId any_node(const engine::Interview& interview, Dice& dice) {
    const auto nodes = interview.nodes();
    return nodes[dice.below(static_cast<std::uint32_t>(nodes.size()))];
}

/// A choice that is offered, or any when there is none.
void toggle_any(Scenario& s, engine::NodeId node, Dice& dice) {
    const auto offered = s.interview().choices(node);
    const auto any = dice.below(3);
    const auto choice = offered.empty() ? engine::ChoiceId{any} : offered[any % offered.size()];
    static_cast<void>(s.interview().toggle(node, choice, s.language()));
}

void change(Scenario& s, Dice& dice) {
    auto& interview = s.interview();
    const auto node = any_node(interview, dice);
    const std::string number = std::to_string(dice.below(10));
    switch (dice.below(9)) {
        case 0:
            static_cast<void>(interview.answer(s.node("n"), std::to_string(dice.below(4)), s.language()));
            break;
        case 1:
            static_cast<void>(interview.add(node));
            break;
        case 2:
            static_cast<void>(interview.remove(node));
            break;
        case 3:
            static_cast<void>(interview.set_state(node, static_cast<engine::AnswerState>(dice.below(5)), s.language()));
            break;
        case 4:
            toggle_any(s, node, dice);
            break;
        case 5:
            static_cast<void>(interview.jump(node));
            break;
        case 6:
            static_cast<void>(dice.below(2) == 0 ? interview.back() : interview.next(s.language()).has_value());
            break;
        default:
            static_cast<void>(interview.answer(node, number, s.language()));
            break;
    }
}

std::string all_of(const Scenario& s, const engine::Interview& interview) {
    std::string text = s.page();
    for (const auto node : interview.nodes()) {
        text += "\n" + std::string(interview.name(node)) + " " + std::to_string(interview.position(node)) + " " +
                std::string(interview.value(node)) + " " + std::string(engine::to_word(interview.state(node)));
        text += interview.relevant(node) ? " relevant" : "";
        for (const auto choice : interview.choices(node))
            text += " " + std::string(interview.choice_name(node, choice));
    }
    return text;
}

}  // namespace

TEST_CASE("after any changes every value is what the whole form gives, and the draft brings it back") {
    const auto seed = GENERATE(range(1, 7));
    Dice dice(static_cast<std::uint64_t>(seed));
    Scenario s(entangled());
    REQUIRE(s.answer("n", "2").empty());
    for (int step = 0; step < 120; ++step) {
        INFO("seed " << seed << ", step " << step);
        change(s, dice);
        const std::string before = all_of(s, s.interview());
        REQUIRE_NOTHROW(s.reopen());
        REQUIRE(all_of(s, s.interview()) == before);
    }
}

TEST_CASE("going forwards and backwards finds the same pages, whatever was added and removed") {
    const auto seed = GENERATE(range(11, 15));
    Dice dice(static_cast<std::uint64_t>(seed));
    Scenario s(entangled());
    REQUIRE(s.answer("n", "3").empty());
    for (int step = 0; step < 60; ++step) change(s, dice);
    REQUIRE(s.interview().jump(s.node("n")));
    std::vector<std::string> forwards{s.page()};
    for (std::string page = s.next(); page != "end"; page = s.next()) {
        REQUIRE(forwards.size() < 500);
        forwards.push_back(page);
    }
    std::vector<std::string> backwards;
    for (std::string page = s.back(); page != "no"; page = s.back()) backwards.insert(backwards.begin(), page);
    CHECK(forwards == backwards);
    CHECK(s.interview().progress().pages == forwards.size());
    for (const auto node : s.interview().nodes()) {
        const bool leaf =
            s.interview().kind(node) == engine::Kind::Integer || s.interview().kind(node) == engine::Kind::Text;
        if (!leaf || !s.interview().relevant(node)) continue;
        REQUIRE(s.interview().jump(node));
        REQUIRE(s.interview().page().nodes.size() == 1);
        CHECK(s.interview().page().nodes.front() == node);
    }
}
