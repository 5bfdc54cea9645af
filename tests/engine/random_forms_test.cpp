// Made-up forms, answered at random: after every step a slow oracle says what must stand in each node. It knows what
// was said and evaluates every cell again, keeping nothing between steps; what is hidden is kept, what is shown without
// being offered is given up, and what is refused changes nothing.
#include <catch2/catch_all.hpp>
#include <map>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;
namespace engine = questionnaires::engine;

namespace {

/// A generator of its own, so that a failure comes again.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed * 7919 + 1) {}
    std::size_t below(std::size_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(state_ >> 33U) % bound;
    }
    template <typename Items>
    const auto& one_of(const Items& items) {
        return items[below(items.size())];
    }

  private:
    std::uint64_t state_;
};

struct Row {
    std::string type;
    std::string name;
    std::string relevant;   ///< its own cell
    std::string hidden_by;  ///< with those of the groups around it, as one expression
    std::string calculation;
    std::string filter;  ///< `k` is the number of the choice
    std::string count;
};

/// Integers first, at the top; then groups and repeats of questions that ask only for those and for their neighbours.
class Maker {
  public:
    explicit Maker(std::uint64_t seed) : chance_(seed) {
        for (int i = 0; i < 4; ++i) add("integer", {});
        fill({}, 0);
        for (int i = 0; i < 4; ++i) calculate({});
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    [[nodiscard]] Sheets sheets() const {
        std::string survey = "type | name | label | relevant | calculation | choice_filter | repeat_count\n";
        for (const Row& row : rows_) {
            survey += row.type + " | " + row.name + " | " + (row.type == "calculate" ? "" : row.name) + " | " +
                      row.relevant + " | " + row.calculation + " | " + row.filter + " | " + row.count + "\n";
        }
        Sheets sheets;
        sheets.survey(survey);
        sheets.choices("list_name | name | label | k\n l | a | A | 1\n l | b | B | 2\n l | c | C | 3");
        return sheets;
    }

  private:
    std::string condition() {
        const std::vector<std::string> tests{" > 3", " = 2", " != 5", " < 4", " != ''"};
        return "${" + chance_.one_of(known_) + "}" + chance_.one_of(tests);
    }
    std::string name() { return "n" + std::to_string(next_++); }
    Row& add(const std::string& type, const std::string& around) {
        Row row;
        row.type = type;
        row.name = name();
        row.hidden_by = around;
        if (next_ > 4 && type != "calculate" && chance_.below(2) == 0) row.relevant = condition();
        if (!row.relevant.empty()) row.hidden_by += (around.empty() ? "" : " and ") + ("(" + row.relevant + ")");
        if (type == "integer") known_.push_back(row.name);
        rows_.push_back(row);
        return rows_.back();
    }
    void calculate(const std::string& around) {
        Row& row = add("calculate", around);
        const std::string& a = chance_.one_of(known_);
        const std::string& b = chance_.one_of(known_);
        switch (chance_.below(sets_.empty() ? 5 : 8)) {
            case 5:
                row.calculation = "sum(${" + chance_.one_of(sets_) + "}) + count(${" + chance_.one_of(sets_) + "})";
                break;
            case 6:
                row.calculation = "max(${" + chance_.one_of(sets_) + "})";
                break;
            case 7:
                row.calculation = "count-non-empty(${" + chance_.one_of(sets_) + "}) > coalesce(${" + a + "}, 2)";
                break;
            case 4:
                row.calculation = "0";
                for (int i = 0; i < 20; ++i) row.calculation += " + coalesce(${" + chance_.one_of(known_) + "}, 1)";
                break;
            case 0:
                row.calculation = "coalesce(${" + a + "}, 0) + coalesce(${" + b + "}, 1) * 2";
                break;
            case 1:
                row.calculation = "if(${" + a + "} > ${" + b + "}, 'more', concat('<', ${" + b + "}, '>'))";
                break;
            case 2:
                row.calculation = "${" + a + "} = ${" + b + "}";
                break;
            default:
                row.calculation = "join(';', ${" + a + "}, 'x', ${" + b + "})";
        }
    }
    void fill(const std::string& around, int depth) {
        const std::vector<std::string> leaves{"text", "integer", "select_one l", "select_multiple l", "calculate"};
        for (std::size_t left = 3 + chance_.below(3); left > 0; --left) {
            const std::size_t kind = depth < 2 ? chance_.below(8) : 2 + chance_.below(6);
            if (kind < 2) {
                const std::string word = kind == 0 ? "group" : "repeat";
                Row& open = add("begin " + word, around);
                if (word == "repeat" && chance_.below(2) == 0)
                    open.count = "if(${n" + std::to_string(chance_.below(4)) + "} = 6, 3000, ${n1})";  // 6: too many
                const std::string inside = open.hidden_by;
                const std::size_t before = known_.size();
                fill(inside, depth + 1);
                if (word == "repeat") {  // outside, several nodes
                    sets_.insert(sets_.end(), known_.begin() + static_cast<std::ptrdiff_t>(before), known_.end());
                    known_.resize(before);
                }
                rows_.push_back({"end " + word, {}, {}, {}, {}, {}, {}});
                continue;
            }
            const std::string& type = chance_.one_of(leaves);
            if (type == "calculate") {
                calculate(around);
            } else {
                Row& row = add(type, around);
                if (type.substr(0, 6) == "select" && chance_.below(2) == 0)
                    row.filter = "k != ${" + known_[chance_.below(4)] + "}";
            }
        }
    }

    Chance chance_;
    std::vector<Row> rows_;
    std::vector<std::string> known_;
    std::vector<std::string> sets_;
    int next_ = 0;
};

/// What was said to each node and still stands.
class Oracle {
  public:
    Oracle(Scenario& s, const std::vector<Row>& rows) : s_(s) {
        for (const Row& row : rows) rows_.emplace(row.name, row);
    }
    void forget(std::uint32_t node) { said_.erase(node); }
    void say(std::uint32_t node, const std::string& value) { said_[node] = value; }
    /// The interview again from its draft: its nodes stand in the same order, under other numbers.
    void reopen() {
        const auto before = s_.interview().nodes();
        s_.reopen();
        const auto now = s_.interview().nodes();
        std::map<std::uint32_t, std::string> moved;
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (said_.count(before[i].index) != 0) moved[now[i].index] = said_[before[i].index];
        }
        said_ = std::move(moved);
    }
    void check() {
        std::map<std::uint32_t, std::string> left;
        for (const engine::NodeId node : s_.interview().nodes()) {
            const Row& row = rows_.at(std::string(s_.interview().name(node)));
            if (!row.count.empty() && !s_.interview().is_instance(node) && s_.interview().relevant(node)) {
                const auto wanted = s_.interview().evaluate(row.count, std::nullopt, s_.language());
                REQUIRE(wanted.has_value());
                const std::string count(wanted->text.empty() ? std::string_view("0") : std::string_view(wanted->text));
                REQUIRE(std::to_string(s_.interview().instance_count(node)) == count);
            }
            if (row.type.substr(0, 5) == "begin") continue;
            CAPTURE(std::string(s_.interview().address(node)), row.relevant, row.calculation, row.filter);
            const bool shown = row.hidden_by.empty() || gives("boolean(" + row.hidden_by + ")", node) == "true";
            REQUIRE(s_.interview().relevant(node) == shown);
            std::string value(s_.interview().value(node));
            if (row.type == "calculate") {
                const std::string again = gives(row.calculation, node);
                REQUIRE(value == (shown && again != "NaN" ? again : std::string()));
                continue;
            }
            std::string wanted = said_.count(node.index) == 0 ? std::string() : said_[node.index];
            if (shown && !row.filter.empty()) wanted = offered(row, node, wanted);
            if (!wanted.empty()) left[node.index] = wanted;
            REQUIRE(value == (shown ? wanted : std::string()));
        }
        said_ = std::move(left);
    }

  private:
    std::string gives(const std::string& expression, engine::NodeId node) {
        const auto result = s_.interview().evaluate(expression, node, s_.language());
        REQUIRE(result.has_value());
        return std::string(result->text);
    }
    /// The choices among the words that the filter leaves.
    std::string offered(const Row& row, engine::NodeId node, const std::string& words) {
        std::string left;
        for (std::size_t at = 0; at < words.size(); at += 2) {
            const std::string number = std::to_string(words[at] - 'a' + 1);
            if (gives(number + row.filter.substr(1), node) == "true") {
                left += std::string(left.empty() ? "" : " ") + words[at];
            }
        }
        return left;
    }

    Scenario& s_;
    std::map<std::string, Row> rows_;
    std::map<std::uint32_t, std::string> said_;
};

/// One thing that a person might do, which is taken or changes nothing at all.
void act(Scenario& s, Oracle& oracle, Chance& chance) {
    auto& interview = s.interview();
    const auto before = interview.save();
    const auto nodes = interview.nodes();
    const engine::NodeId node = nodes[chance.below(nodes.size())];
    const engine::Kind kind = interview.kind(node);
    bool taken = true;
    if (chance.below(8) == 0) {
        if (chance.below(3) == 0) return static_cast<void>(interview.back());
        return static_cast<void>(interview.next(s.language()));
    }
    if (kind == engine::Kind::Repeat) {
        if (!interview.is_instance(node)) {
            taken = interview.add(node).has_value();
        } else if (chance.below(2) == 0) {
            taken = interview.remove(node).has_value();
        }
    } else {
        std::string value = std::to_string(chance.below(7));
        if (kind == engine::Kind::SelectOne) value = std::string(1, static_cast<char>('a' + chance.below(3)));
        if (kind == engine::Kind::SelectMultiple) value = chance.below(2) == 0 ? "a c" : "b";
        const std::size_t way = chance.below(8);
        if (way == 0) value.clear();
        taken = way == 1   ? interview.set_state(node, engine::AnswerState::Skipped, s.language()).has_value()
                : way == 0 ? interview.clear(node).has_value()
                           : interview.answer(node, value, s.language()).has_value();
        if (taken) oracle.say(node.index, way == 1 ? std::string() : value);
    }
    if (!taken) REQUIRE((*interview.save() == *before));
}

}  // namespace

TEST_CASE("made-up forms answered at random hold in every node what a slow oracle says") {
    const auto seed = GENERATE(range(1U, 31U));
    const Maker maker(seed);
    Scenario s(maker.sheets());
    Oracle oracle(s, maker.rows());
    Chance chance(seed + 1000);
    std::map<std::uint32_t, bool> there;
    for (int step = 0; step < 60; ++step) {
        CAPTURE(seed, step);
        act(s, oracle, chance);
        // An instance that went took what was said with it; its nodes may stand for a new one.
        std::map<std::uint32_t, bool> now;
        for (const engine::NodeId node : s.interview().nodes()) now[node.index] = true;
        for (const auto& [node, was] : there) {
            if (now.count(node) == 0) oracle.forget(node);
        }
        there = std::move(now);
        oracle.check();
        if (step % 20 != 19) continue;
        oracle.reopen();
        there.clear();
    }
}
