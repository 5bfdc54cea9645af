// Long sums and their kin, and those over a repeat, keep a running value: it is the same as adding everything up again,
// after every step.
#include <array>
#include <catch2/catch_all.hpp>
#include <cmath>
#include <cstdlib>
#include <random>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;
namespace engine = questionnaires::engine;

namespace {

constexpr int questions = 40;

std::string q(int i) {
    return "q" + std::to_string(i);
}

/// "${q0} + ${q1} …", with something before and after each.
std::string over_all(const std::string& before, const std::string& after, const std::string& between) {
    std::string text;
    for (int i = 0; i < questions; ++i) text += (i == 0 ? "" : between) + before + "${" + q(i) + "}" + after;
    return text;
}

const std::vector<std::pair<std::string, std::string>>& totals() {
    static const std::vector<std::pair<std::string, std::string>> all{
        {"total", over_all("", "", " + ")},
        {"filled", over_all("coalesce(", ", 0)", " + ")},
        {"apart", over_all("coalesce(", ", 0)", " - ")},
        {"tenths", over_all("coalesce(", ", 0) div 10", " + ")},
        {"score", over_all("if(", " > 3, 1, 0)", " + ")},
        {"picked", over_all("count-selected(", ")", " + ")},
        {"sum", "sum(" + over_all("", "", ", ") + ")"},
        {"least", "min(" + over_all("", "", ", ") + ")"},
        {"most", "max(" + over_all("", "", ", ") + ")"},
        {"said", "count-non-empty(" + over_all("", "", ", ") + ")"},
        {"listed", "checklist(3, 30, " + over_all("", " > 2", ", ") + ")"},
        {"any", over_all("", " = 7", " or ")},
        {"every", over_all("", " != 7", " and ")},
        {"inner", "round(10 * (" + over_all("coalesce(", ", 0) div 3", " + ") + "), 2)"},
        {"kids", over_all("coalesce(", ", 0)", " + ") + " + count(${kid}) + sum(${age})"},
    };
    return all;
}

/// Decimals, whole numbers and text, some of them hidden by others; a repeat beside them.
Sheets form() {
    std::string survey = "type | name | label | relevant | calculation\n";
    const std::array<std::string, 4> types{"integer", "decimal", "text", "integer"};
    for (int i = 0; i < questions; ++i) {
        const std::string relevant = i % 5 == 4 ? "${" + q(i - 1) + "} != 2" : "";
        survey += types[static_cast<std::size_t>(i) % 4] + " | " + q(i) + " | Q | " + relevant + " |\n";
    }
    survey += "begin repeat | kid | K | ${q0} != 9 |\n integer | age | A | ${q1} != 5 |\n end repeat | | | |\n";
    for (const auto& [name, calculation] : totals()) survey += "calculate | " + name + " | | | " + calculation + "\n";
    Sheets sheets;
    sheets.survey(survey);
    return sheets;
}

/// A number as a calculation stores it: NaN is no value, and a hair above a whole number is that number.
std::string stored(const std::string& text) {
    if (text == "NaN") return {};
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const bool whole = end != text.c_str() && *end == '\0' && std::abs(number - std::trunc(number)) < 1e-9;
    return whole ? std::to_string(static_cast<long long>(number)) : text;
}

/// A running value against the same expression from outside the form, of which nothing is kept.
void compare(Scenario& s, const std::string& path, const std::string& calculation) {
    const engine::NodeId node = s.node(path);
    const auto again = s.interview().evaluate(calculation, node, s.language());
    const auto running = s.interview().evaluate(".", node, s.language());
    REQUIRE((again.has_value() && running.has_value()));
    CAPTURE(path);
    REQUIRE(s.value(path) == stored(std::string(again->text)));
    REQUIRE(running->known == again->known);
}

using Named = std::vector<std::pair<std::string, std::string>>;

const Named& house_totals() {
    static const Named all{{"here", "sum(${age})"}, {"most_here", "max(${age})"}, {"weighed", "count-non-empty(${w})"}};
    return all;
}

const Named& town_totals() {
    static const Named all{{"all", "sum(${age})"},
                           {"weight", "sum(${w})"},
                           {"least", "min(${w})"},
                           {"most", "max(${age})"},
                           {"asked", "count(${w})"},
                           {"said", "count-non-empty(${age})"},
                           {"houses", "sum(${here})"},
                           {"by_path", "sum(/data/house/kid/g/age)"},
                           {"kids", "count(${kid}) + sum(${age}) div count(${age})"}};
    return all;
}

/// Houses with kids whose questions come and go one by one, by house and all together.
Sheets town() {
    std::string survey =
        "type | name | label | relevant | calculation\n integer | a | A | |\n begin repeat | house | H | ${a} != 9 |\n"
        "integer | floors | F | |\n begin repeat | kid | K | ${floors} != 5 |\n begin group | g | G | ${a} != 3 |\n"
        "integer | age | A | |\n decimal | w | W | ${age} > 2 |\n end group | | | |\n end repeat | | | |\n";
    for (const auto& [name, calculation] : house_totals())
        survey += "calculate | " + name + " | | | " + calculation + "\n";
    survey += "end repeat | | | |\n";
    for (const auto& [name, calculation] : town_totals())
        survey += "calculate | " + name + " | | | " + calculation + "\n";
    Sheets sheets;
    sheets.survey(survey);
    return sheets;
}

void compare_town(Scenario& s) {
    for (const auto& [name, calculation] : town_totals()) compare(s, name, calculation);
    if (!s.relevant("house")) return;
    for (std::uint32_t i = 1; i <= s.count("house"); ++i) {
        for (const auto& [name, calculation] : house_totals()) {
            compare(s, "house[" + std::to_string(i) + "]/" + name, calculation);
        }
    }
}

}  // namespace

TEST_CASE("a running value is what adding up again gives, after each of thousands of steps", "[long]") {
    const auto seed = GENERATE(1U, 2U, 3U);
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    Scenario s(form());
    const std::array<std::string, 12> values{"0",       "1",  "2",   "3",          "7",   "-4",
                                             "1000000", "-0", "2.5", "4294967296", "0.1", "many"};
    for (int step = 0; step < 700; ++step) {
        const std::string name = q(below(questions));
        switch (below(9)) {
            case 0:
                s.skip(name);
                break;
            case 1:
                (void)s.interview().clear(s.node(name));
                break;
            case 2:
                s.add("kid");
                break;
            case 3:
                if (s.count("kid") > 0) s.remove("kid[" + std::to_string(s.count("kid")) + "]");
                break;
            case 4:
                if (s.count("kid") > 0) s.answer("kid[1]/age", std::to_string(below(9)));
                break;
            case 5:
                if (below(20) == 0) s.reopen();
                break;
            default:
                s.answer(name, values[static_cast<std::size_t>(below(static_cast<int>(values.size())))]);
        }
        CAPTURE(step);
        for (const auto& [total, calculation] : totals()) compare(s, total, calculation);
    }
    for (int i = 0; i < questions; ++i) s.answer(q(i), std::to_string(i));  // and once without any blank
    for (const auto& [total, calculation] : totals()) compare(s, total, calculation);
}

TEST_CASE("a running value over the instances of repeats is what adding up again gives, whatever comes and goes") {
    const auto seed = GENERATE(1U, 2U, 3U);
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auto one_of = [&](std::uint32_t count) {
        return "[" + std::to_string(1 + below(static_cast<int>(count))) + "]";
    };
    Scenario s(town());
    for (int i = 0; i < 40; ++i) s.add("house[1]/kid");
    const std::array<std::string, 8> values{"0", "1", "2", "3", "7", "-4", "2.5", "0.1"};
    for (int step = 0; step < 700; ++step) {
        const std::string house = "house" + one_of(s.count("house"));
        const std::uint32_t kids = s.count(house + "/kid");
        const std::string kid = house + "/kid" + (kids == 0 ? "[1]" : one_of(kids));
        const int what = below(40);
        if (what == 0) s.answer("a", std::to_string(below(3) == 0 ? 3 + 6 * below(2) : 1));
        if (what == 1) s.answer(house + "/floors", std::to_string(4 + below(2)));
        if (what == 2 && s.count("house") < 4) s.add("house");
        if (what == 3 && s.count("house") > 1) s.remove(house);
        if (what == 4 || what == 5) s.add(house + "/kid");
        if (what == 6 && kids > 1) s.remove(kid);
        if (what == 7) s.reopen();
        if (what > 7 && kids > 0 && what % 5 == 0) s.skip(kid + "/age");
        if (what > 7 && kids > 0 && what % 5 > 2) s.answer(kid + "/w", values[static_cast<std::size_t>(below(8))]);
        if (what > 7 && kids > 0 && what % 5 < 3) s.answer(kid + "/age", std::to_string(below(9)));
        CAPTURE(step, what);
        compare_town(s);
    }
}

TEST_CASE("a running value that makes a repeat relevant is found from inside its instances") {
    Sheets sheets;
    std::string survey = "type | name | label | relevant | calculation\n";
    for (int i = 0; i < questions; ++i) survey += "integer | " + q(i) + " | Q | |\n";
    survey += "begin repeat | r | R | " + over_all("", " = 7", " or ") +
              " |\n integer | x | X | |\n calculate | c | | | ${x} * 2\n end repeat | | | |\n";
    sheets.survey(survey);
    sheets.indicators(
        "indicator | dimension | strength | when | label | basis\n i | harm | strong | ${c} > 2 | I | ilo");
    Scenario s(sheets);
    REQUIRE(s.answer("q3", "7").empty());
    REQUIRE(s.answer("r[1]/x", "2").empty());
    CHECK(s.fired() == "i(q3,x)");
    REQUIRE(s.answer("q3", "6").empty());
    CHECK_FALSE(s.relevant("r"));
    CHECK(s.fired().empty());
}

namespace {

/// Gives no large block once it is told so.
class Narrow final : public std::pmr::memory_resource {
  public:
    bool narrow = false;

  private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        if (narrow && bytes > 2000) throw std::bad_alloc();
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override {
        std::pmr::new_delete_resource()->deallocate(block, bytes, alignment);
    }
    [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
};

}  // namespace

TEST_CASE("a running value for which there is no memory is added up each time") {
    Sheets sheets;
    std::string survey = "type | name | label | calculation\n text | go | G |\n";
    std::string total;
    for (int i = 0; i < 300; ++i) {
        survey += "integer | " + q(i) + " | Q |\n";
        total += (i == 0 ? "coalesce(${" : " + coalesce(${") + q(i) + "}, 1)";
    }
    sheets.survey(survey + "calculate | total | | if(${go} = 'x', " + total + ", 0)");
    const auto form = sheets.load();
    REQUIRE(form);
    Narrow memory;
    auto interview = engine::Interview::start(*form, &memory, {{2026, 3, 10}, 1});
    REQUIRE(interview);
    const auto find = [&](std::string_view name) { return *interview->find(name); };
    memory.narrow = true;
    CHECK(interview->answer(find("go"), "x", {}));
    CHECK(interview->answer(find("q7"), "5", {}));
    CHECK(interview->value(find("total")) == "304");
    CHECK_FALSE(interview->exhausted());
}
