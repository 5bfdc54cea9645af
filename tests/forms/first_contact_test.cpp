// The first-contact questionnaire: short, age decides, silence counts for nothing. What holds for every form is in
// content_test.cpp.
#include <catch2/catch_all.hpp>

#include "tests/forms/form_support.hpp"

using forms_test::load_form;
using questionnaires::engine::AnswerState;
using questionnaires::engine::Role;
using scenario::Scenario;

namespace {

/// Goes through every page and gives the same non-answer everywhere; the number of questions met.
int say_nothing(Scenario& s, AnswerState state) {
    int questions = 0;
    for (auto page = s.page(); page != "end"; page = s.next(), ++questions)
        if (!s.set(page, state).empty()) FAIL("refused on " << page);
    return questions;
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

TEST_CASE("a person who says nothing raises no level and fires no indicator") {
    for (const auto state : forms_test::all_states) {
        Scenario s(load_form("first-contact"));
        CHECK(say_nothing(s, state) == 10);
        CHECK(s.fired().empty());
        CHECK(forms_test::levels(s) == forms_test::all_quiet);
    }
}

TEST_CASE("a question that was skipped takes no level away") {
    Scenario s(load_form("first-contact"));
    REQUIRE(s.answer("age_group", "adult").empty());
    REQUIRE(s.answer("held", "job").empty());
    REQUIRE(s.answer("documents", "now").empty());
    const auto before = forms_test::levels(s);
    for (const auto* const other : {"danger_now", "with_whom", "offer", "debt", "threats", "forced", "help"})
        for (const auto state : forms_test::all_states) REQUIRE(s.set(other, state).empty());
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
    CHECK(s.answer("held", "no job") == "constraint: Eligió dos cosas que no van juntas. Quite una.");
    CHECK(s.speak("en").answer("forced", "none beg") ==
          "constraint: You chose two that do not go together. Take one away.");
    CHECK(s.answer("held", "way job").empty());
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
    CHECK(forms_test::levels(s) == forms_test::all_quiet);
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

TEST_CASE("an age that is tapped wrongly and put right takes nothing back of what was said") {
    for (const auto* const said : {"sex", "unpaid sex"}) {
        Scenario s(load_form("first-contact"));
        REQUIRE(s.answer("age_group", "adult").empty());
        REQUIRE(s.answer("forced", said).empty());
        const std::string before = s.readings();
        REQUIRE(s.answer("age_group", "under12").empty());
        CHECK(s.value("forced").empty());
        REQUIRE(s.answer("age_group", "adult").empty());
        CHECK(s.value("forced") == said);
        CHECK(s.readings() == before);
    }
}
