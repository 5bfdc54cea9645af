#include <catch2/catch_all.hpp>

#include "questionnaires/engine/expression/shuffle.hpp"
#include "questionnaires/engine/form/survey_parameters.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets range(std::string_view parameters) {
    Sheets sheets;
    sheets.survey("type | name | label | parameters\n range | r | R | " + std::string(parameters));
    return sheets;
}

std::string faults_of(const Sheets& sheets) {
    const auto loaded = sheets.load();
    return loaded ? std::string() : scenario::all_text(loaded.error());
}

Sheets shuffled(std::string_view parameters, std::string_view filter = "") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | parameters | choice_filter\n integer | n | N | |\n select_multiple l | m | M | " +
        std::string(parameters) + " | " + std::string(filter));
    sheets.choices("list_name | name | label\n l | a | A\n l | b | B\n l | c | C\n l | d | D\n l | e | E\n l | f | F");
    return sheets;
}

}  // namespace

TEST_CASE("parameters are pairs, separated by spaces, commas or semicolons") {
    const auto parsed = engine::parse_parameters(" Start=1, end = 10;step=${q}  rows=3 ");
    REQUIRE(parsed.has_value());
    CHECK(parsed->size() == 4);
    CHECK(engine::parameter(*parsed, "start") == "1");
    CHECK(engine::parameter(*parsed, "end") == "10");
    CHECK(engine::parameter(*parsed, "step") == "${q}");
    CHECK(engine::parameter(*parsed, "rows") == "3");
    CHECK(engine::parameter(*parsed, "seed").empty());
    for (const std::string_view text : {"start", "start=", "=1", "a=1 b", "a = ", "a==", "a 1"}) {
        INFO(text);
        const bool refused = !engine::parse_parameters(text).has_value();
        CHECK(refused == (text != "a=="));
    }
}

TEST_CASE("a range of whole numbers takes whole numbers between its ends, on its steps") {
    Scenario s(range("start=0 end=10 step=5"));
    CHECK(s.interview().kind(s.node("r")) == engine::Kind::Integer);
    const auto found = s.interview().range(s.node("r"));
    REQUIRE(found.has_value());
    CHECK(found->start == 0);
    CHECK(found->end == 10);
    CHECK(found->step == 5);
    for (const std::string_view good : {"0", "5", "10"}) CHECK(s.answer("r", good).empty());
    for (const std::string_view bad : {"-5", "3", "15"}) CHECK(s.answer("r", bad) == "not a choice");
    CHECK(s.answer("r", "2.5") == "not a number");
}

TEST_CASE("a range with a decimal takes decimals") {
    Scenario s(range("start=0 end=1 step=0.1"));
    CHECK(s.interview().kind(s.node("r")) == engine::Kind::Decimal);
    for (const std::string_view good : {"0", "0.3", "0.7", "1"}) CHECK(s.answer("r", good).empty());
    CHECK(s.answer("r", "0.35") == "not a choice");
    CHECK(s.answer("r", "1.1") == "not a choice");
}

TEST_CASE("a range may run downwards, and without parameters runs from 1 to 10") {
    Scenario down(range("start=10 end=0 step=2"));
    CHECK(down.answer("r", "8").empty());
    CHECK(down.answer("r", "7") == "not a choice");
    Scenario negative(range("start=10 end=0 step=-2"));
    CHECK(negative.answer("r", "8").empty());
    Scenario plain(range(""));
    CHECK(plain.answer("r", "10").empty());
    CHECK(plain.answer("r", "11") == "not a choice");
    CHECK_FALSE(Scenario(shuffled("")).interview().range(questionnaires::engine::NodeId{0U}).has_value());
}

TEST_CASE("a range that makes no sense is refused") {
    CHECK_THAT(faults_of(range("start=0 end=10 step=3")), ContainsSubstring("survey row 2, column parameters"));
    CHECK_THAT(faults_of(range("start=0 end=10 step=3")), ContainsSubstring("whole number of steps"));
    CHECK_THAT(faults_of(range("start=0 end=10 step=0")), ContainsSubstring("above zero"));
    CHECK_THAT(faults_of(range("start=0 end=10 step=-1")), ContainsSubstring("above zero"));
    CHECK_THAT(faults_of(range("start=3 end=3")), ContainsSubstring("whole number of steps"));
    CHECK_THAT(faults_of(range("start=a end=3")), ContainsSubstring("numbers"));
    CHECK_THAT(faults_of(range("start=0 end=1 step=0.000000000001")), ContainsSubstring("whole number of steps"));
    CHECK_THAT(faults_of(range("start")), ContainsSubstring("key=value"));
}

TEST_CASE("a default of a range is one of its values") {
    Sheets sheets;
    sheets.survey("type | name | label | parameters | default\n range | r | R | start=0 end=10 step=5 | 3");
    CHECK_THAT(faults_of(sheets), ContainsSubstring("is not a possible answer"));
}

TEST_CASE("a shuffle with a seed is the one every ODK client makes") {
    // The orders that Enketo's XPath evaluator publishes in its tests of randomize().
    const auto order = [](std::int64_t seed) {
        std::string letters = "ABCDEF";
        engine::ParkMiller generator(seed);
        std::vector<engine::ChoiceId> choices;
        for (std::uint32_t i = 0; i < 6; ++i) choices.push_back(engine::ChoiceId{i});
        engine::shuffle(std::span(choices), generator);
        std::string result;
        for (const auto choice : choices) result += letters[choice.index];
        return result;
    };
    CHECK(order(42) == "AFCBDE");
    CHECK(order(-42) == "EDAFBC");
    CHECK(order(1) == "BFEACD");
    CHECK(order(11111111) == "ACDBFE");
}

TEST_CASE("randomize with a seed shows that order, and keeps the answer in the order of the list") {
    Scenario s(shuffled("randomize=true seed=42"));
    CHECK(s.choices("m") == "a f c b d e");
    REQUIRE(s.answer("m", "f b a").empty());
    CHECK(s.value("m") == "a b f");
}

TEST_CASE("text that is no number seeds by its hash: another text, another order") {
    // Expected orders by another implementation of the specification, over the first eight bytes of SHA-256.
    Sheets sheets;
    sheets.survey(
        "type | name | label | parameters | calculation\n text | t | T | |\n decimal | d | D | |\n"
        "select_one l | q | Q | randomize=true, seed=${t} |\n"
        "calculate | c | | | join(' ', randomize(instance('l')/root/item/name, ${t}))\n"
        "calculate | n | | | join(' ', randomize(instance('l')/root/item/name, ${d} div 0 - ${d} div 0))");
    sheets.choices(
        "list_name | name | label\n l | a | A\n l | b | B\n l | c | C\n l | d | D\n l | e | E\n"
        "l | f | F\n l | g | G\n l | h | H");
    Scenario s(sheets);
    const std::string zero = "c b h a f d g e";
    CHECK(s.choices("q") == zero);
    for (const auto& [text, order] :
         std::initializer_list<std::pair<const char*, const char*>>{{"abc", "a c b h f g d e"},
                                                                    {"xyz", "a b h c f e g d"},
                                                                    {"ñandú", "a h g e d c b f"},
                                                                    {"2026-03-10", "a e d g c h b f"},
                                                                    {" ", "b c d e g a f h"},
                                                                    {"42", "a f c b h e g d"},
                                                                    {" 42 ", "a f c b h e g d"},
                                                                    {"-5", "d c a b f g e h"},
                                                                    {"2.9", "g c h d b a e f"},
                                                                    {"2,9", "g c h d b a e f"},
                                                                    {"0", "c b h a f d g e"}}) {
        INFO(text);
        REQUIRE(s.answer("t", text).empty());
        CHECK(s.choices("q") == order);
        CHECK(s.value("c") == order);
    }
    REQUIRE(s.answer("t", "").empty());
    CHECK(s.choices("q") == zero);
    REQUIRE(s.answer("d", "1").empty());
    CHECK(s.value("n") == "c f b e g d a h");
    s.reopen();
    CHECK(s.value("n") == "c f b e g d a h");
}

TEST_CASE("randomize without a seed is one order for the whole interview, another for another person") {
    const auto order = [](std::uint64_t seed) {
        Scenario s = Scenario::in(shuffled("randomize=true", "${n} >= 0 or true()"), {{2026, 3, 10}, seed});
        const std::string first = s.choices("m");
        CHECK(s.answer("n", "1").empty());
        CHECK(s.choices("m") == first);
        return first;
    };
    CHECK(order(1) == order(1));
    std::string several;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) several += order(seed) == order(1) ? "" : "x";
    CHECK(several.size() >= 6);
}

TEST_CASE("a filter takes choices away before the rest is shuffled") {
    Scenario s(shuffled("randomize=true seed=42", "name != 'a' or ${n} = 1"));
    CHECK(s.choices("m").find('a') == std::string::npos);
    CHECK(s.choices("m").size() == 9);
    REQUIRE(s.answer("n", "1").empty());
    CHECK(s.choices("m") == "a f c b d e");
}

TEST_CASE("a seed may be an answer") {
    Scenario s(shuffled("randomize=true, seed=${n}"));
    REQUIRE(s.answer("n", "42").empty());
    CHECK(s.choices("m") == "a f c b d e");
    REQUIRE(s.answer("n", "1").empty());
    CHECK(s.choices("m") == "b f e a c d");
}

TEST_CASE("parameters that the type does not take cost a word, not the form") {
    const auto warned = [](const Sheets& sheets) {
        const auto form = sheets.load();
        REQUIRE(form);
        return scenario::all_text((*form)->warnings());
    };
    CHECK_THAT(warned(shuffled("randomise=true")), ContainsSubstring("did you mean randomize?"));
    CHECK(warned(range("start=0, end=10 tick_interval=2")) ==
          "survey row 2, column parameters: warning: the parameter 'tick_interval' is not used and is ignored\n");
    CHECK_THAT(warned(range("stat=0")), ContainsSubstring("did you mean start?"));
    for (const auto* const cell : {"start=1", "rows=3", "max-pixels", "=", "a b c"}) {
        Sheets text;
        text.survey("type | name | label | parameters\n text | a | A | " + std::string(cell));
        CHECK(warned(text) ==
              "survey row 2, column parameters: warning: this type takes no parameters; they are ignored\n");
    }
}

TEST_CASE("a parameter that is wrong is a fault") {
    CHECK_THAT(faults_of(shuffled("randomize=maybe")), ContainsSubstring("true or false"));
    CHECK_THAT(faults_of(shuffled("seed=1")), ContainsSubstring("randomize=true"));
    CHECK_THAT(faults_of(shuffled("randomize=true seed=${x}")), ContainsSubstring("no question named 'x'"));
}

TEST_CASE("randomize=false is no randomize") {
    CHECK(Scenario(shuffled("randomize=false")).choices("m") == "a b c d e f");
}
