// The first-contact questionnaire as a whole: complete, short, every rule alive, silence counts for nothing.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <random>
#include <set>

#include "tests/forms/form_support.hpp"

using forms_test::load_form;
using questionnaires::engine::AnswerState;
using questionnaires::engine::Kind;
using questionnaires::engine::LanguageId;
using questionnaires::engine::QuestionId;
using questionnaires::engine::Role;
using scenario::Scenario;

namespace {

const auto all_states = {AnswerState::Skipped, AnswerState::Refused, AnswerState::Unknown};
constexpr std::string_view all_quiet = "danger=none-reported harm=none-reported risk=none-reported";

/// Goes through every page and gives the same non-answer everywhere; the number of questions met.
int say_nothing(Scenario& s, AnswerState state) {
    int questions = 0;
    for (auto page = s.page(); page != "end"; page = s.next(), ++questions)
        if (!s.set(page, state).empty()) FAIL("refused on " << page);
    return questions;
}

/// One random interview: each relevant question gets a choice, two choices, or none of them.
void wander(Scenario& s, std::mt19937& random) {
    auto& interview = s.interview();
    for (auto page = s.page(); page != "end"; page = s.next()) {
        const auto node = s.node(page);
        const auto choices = interview.choices(node);
        const auto pick = [&] { return choices[random() % choices.size()]; };
        const auto dice = random() % 8;
        if (dice == 0) {
            REQUIRE(s.set(page, *(all_states.begin() + random() % 3)).empty());
        } else {
            REQUIRE(s.answer(page, interview.choice_name(node, pick())).empty());
            // A second choice may be refused by the constraint ("no" beside "yes"); the first then stays.
            if (interview.kind(node) == Kind::SelectMultiple && dice > 4)
                (void)interview.toggle(node, pick(), s.language());
        }
        INFO(page << ": " << s.value(page));
        REQUIRE(page != s.next());
        REQUIRE(interview.back());
    }
}

}  // namespace

TEST_CASE("first-contact loads without any diagnostic, in Spanish and English") {
    const auto form = load_form("first-contact");
    CHECK(form->id() == "first-contact");
    CHECK(form->language("es").has_value());
    CHECK(form->language("en").has_value());
    CHECK(form->languages().size() == 2);
}

TEST_CASE("first-contact asks nobody more than ten questions") {
    const auto form = load_form("first-contact");
    for (const auto* const age : {"under12", "teen", "adult"}) {
        Scenario s(form);
        int questions = 0;
        for (auto page = s.page(); page != "end"; page = s.next(), ++questions)
            if (page == "age_group") REQUIRE(s.answer(page, age).empty());
        CHECK(questions <= 10);
        CHECK(questions == (std::string_view(age) == "under12" ? 4 : 10));
    }
}

TEST_CASE("every question has a label, a hint and guidance for the worker in both languages") {
    const auto form = load_form("first-contact");
    Scenario s(form);
    for (const auto* const code : {"es", "en"}) {
        const auto language = *form->language(code);
        for (std::uint32_t i = 0; i < form->size(); ++i) {
            const auto node = s.node(form->name(QuestionId{i}));
            INFO(form->name(QuestionId{i}) << " in " << code);
            CHECK_FALSE(s.interview().label(node, language).empty());
            CHECK_FALSE(s.interview().hint(node, language).empty());
            const auto guidance = std::string(s.interview().guidance(node, language));
            const bool spanish = std::string_view(code) == "es";
            for (const std::string part :
                 {spanish ? "Por qué: " : "Why: ", spanish ? "Cómo: " : "How: ", spanish ? "Evite: " : "Avoid: "})
                CHECK_THAT(guidance, Catch::Matchers::ContainsSubstring(part));
        }
    }
}

TEST_CASE("a person who says nothing raises no level and fires no indicator") {
    for (const auto state : all_states) {
        Scenario s(load_form("first-contact"));
        CHECK(say_nothing(s, state) == 10);
        CHECK(s.fired().empty());
        CHECK(forms_test::levels(s) == all_quiet);
    }
}

TEST_CASE("a question that was skipped takes no level away") {
    Scenario s(load_form("first-contact"));
    REQUIRE(s.answer("age_group", "adult").empty());
    REQUIRE(s.answer("held", "job").empty());
    REQUIRE(s.answer("documents", "now").empty());
    const auto before = forms_test::levels(s);
    for (const auto* const other : {"danger_now", "with_whom", "offer", "debt", "threats", "forced", "help"})
        for (const auto state : all_states) REQUIRE(s.set(other, state).empty());
    CHECK(forms_test::levels(s) == before);
}

TEST_CASE("an age that is not known counts as a child, an age that was skipped raises nothing") {
    Scenario unknown(load_form("first-contact"));
    REQUIRE(unknown.do_not_know("age_group").empty());
    REQUIRE(unknown.answer("with_whom", "alone").empty());
    CHECK(unknown.fired() == "child_alone(age_group,with_whom)");
    CHECK(unknown.actions(Role::Border).find("child_notify") != std::string::npos);
    CHECK(unknown.choices("forced").find("sex") == std::string::npos);

    Scenario skipped(load_form("first-contact"));
    REQUIRE(skipped.skip("age_group").empty());
    REQUIRE(skipped.answer("with_whom", "alone").empty());
    CHECK(skipped.fired().empty());
    CHECK(skipped.actions(Role::Border).find("age_open") != std::string::npos);
    CHECK(skipped.choices("forced").find("sex") == std::string::npos);
}

TEST_CASE("a child who has told of force is not asked further, and a small child is asked four things only") {
    Scenario s(load_form("first-contact"));
    REQUIRE(s.answer("age_group", "teen").empty());
    CHECK(s.relevant("forced"));
    REQUIRE(s.answer("threats", "job").empty());
    CHECK_FALSE(s.relevant("forced"));
    CHECK(s.actions(Role::Shelter).find("child_stop") != std::string::npos);
    REQUIRE(s.answer("age_group", "under12").empty());
    for (const auto* const name : {"offer", "debt", "documents", "held", "threats", "forced"})
        CHECK_FALSE(s.relevant(name));
    for (const auto* const name : {"danger_now", "age_group", "with_whom", "help"}) CHECK(s.relevant(name));
}

TEST_CASE("answers that contradict each other are refused kindly in the language of the person") {
    Scenario s(load_form("first-contact"));
    REQUIRE(s.answer("age_group", "adult").empty());
    CHECK(s.answer("held", "no job") == "constraint: Si elige «No», quite las otras respuestas.");
    CHECK(s.speak("en").answer("forced", "none beg") ==
          "constraint: If you choose “None of these”, take the other answers away.");
    CHECK(s.answer("held", "way job").empty());
}

TEST_CASE("every question, indicator, level and action of first-contact can be reached") {
    const auto form = load_form("first-contact");
    std::set<std::string_view> fired, levels, advised;
    std::mt19937 random(20261124);  // fixed seed: the same walks every time
    for (int walk = 0; walk < 2'000; ++walk) {
        Scenario s(form);
        wander(s, random);
        for (const auto& one : s.interview().indicators()) fired.insert(one.indicator->id);
        for (const auto& one : s.interview().readings()) levels.insert(one.rule->id);
        for (const auto role : {Role::Shelter, Role::Border})
            for (const auto& one : s.interview().actions(role)) advised.insert(one.action->id);
    }
    for (const auto& one : form->indicators())
        CHECK_THAT(one.id, Catch::Matchers::Predicate<std::string>(
                               [&](const std::string& id) { return fired.count(id) == 1; }, "fires"));
    for (const auto& one : form->levels())
        CHECK_THAT(one.id, Catch::Matchers::Predicate<std::string>(
                               [&](const std::string& id) { return levels.count(id) == 1; }, "is reached"));
    for (const auto& one : form->actions())
        CHECK_THAT(one.id, Catch::Matchers::Predicate<std::string>(
                               [&](const std::string& id) { return advised.count(id) == 1; }, "is advised"));
}

TEST_CASE("every reading ends in a row without condition whose words say that it rules nothing out") {
    const auto form = load_form("first-contact");
    int last_rows = 0;
    for (const auto& rule : form->levels()) {
        if (rule.level != questionnaires::engine::Level::NoneReported) continue;
        ++last_rows;
        CHECK(rule.explanation.in(*form->language("es")).find("no lo descarta") != std::string_view::npos);
        CHECK(rule.explanation.in(*form->language("en")).find("does not rule it out") != std::string_view::npos);
    }
    CHECK(last_rows == 3);
}

TEST_CASE("the border is never advised of sexual violence, payments or answers") {
    const auto form = load_form("first-contact");
    Scenario s(form);
    REQUIRE(s.answer("age_group", "adult").empty());
    REQUIRE(s.answer("forced", "sex unpaid crime").empty());
    REQUIRE(s.answer("debt", "grows").empty());
    REQUIRE(s.answer("help", "today").empty());
    CHECK(s.actions(Role::Border) == "refer_border(debt,forced) keep_apart() inform()");
}

TEST_CASE("a debt that cannot be paid is some risk and no harm, and worse pay than promised raises nothing alone") {
    Scenario s(load_form("first-contact"));
    REQUIRE(s.answer("age_group", "adult").empty());
    REQUIRE(s.answer("offer", "partly").empty());
    CHECK(s.fired() == "offer_partly(offer)");
    CHECK(forms_test::levels(s) == all_quiet);
    REQUIRE(s.answer("debt", "cannot").empty());
    CHECK(forms_test::levels(s) == "danger=none-reported harm=none-reported risk=some");
}

TEST_CASE("a child who travels with a partner is some risk, an adult who does is not") {
    Scenario s(load_form("first-contact"));
    REQUIRE(s.answer("age_group", "teen").empty());
    REQUIRE(s.answer("with_whom", "partner").empty());
    CHECK(s.fired() == "child_partner(age_group,with_whom)");
    CHECK(forms_test::levels(s) == "danger=none-reported harm=none-reported risk=some");
    REQUIRE(s.answer("age_group", "adult").empty());
    CHECK(s.fired().empty());
}
