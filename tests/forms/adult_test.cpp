// The adult questionnaire as a whole: goes on where first-contact ended, branches out early, silence counts for
// nothing.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <set>

#include "tests/forms/form_support.hpp"
#include "tests/forms/walk.hpp"

using forms_test::load_form;
using forms_test::load_form_after;
using questionnaires::engine::AnswerState;
using questionnaires::engine::Kind;
using questionnaires::engine::QuestionId;
using questionnaires::engine::Role;
using scenario::Scenario;

namespace {

using Handed = std::map<std::string, std::string>;

/// Someone to whom nothing happened, as first-contact hands over.
const Handed nothing_happened = {
    {"danger_now", "no"}, {"age_group", "adult"}, {"with_whom", "family"}, {"offer", "none"},  {"debt", "no"},
    {"documents", "no"},  {"held", "no"},         {"threats", "no"},       {"forced", "none"}, {"help", "no"}};

/// Someone who skipped all of first-contact.
const Handed all_skipped = [] {
    Handed result;
    for (const auto& [question, value] : nothing_happened) result.emplace(question, "-skipped");
    return result;
}();

/// Answers every page with the first answer of `wishes` that is offered, else skips it; the questions met.
std::vector<std::string> walk(Scenario& s, const std::vector<std::string>& wishes) {
    std::vector<std::string> met;
    for (auto page = s.page(); page != "end"; page = s.next()) {
        met.push_back(page);
        const auto wish = std::find_if(wishes.begin(), wishes.end(),
                                       [&](const auto& choice) { return s.answer(page, choice).empty(); });
        if (wish == wishes.end()) REQUIRE(s.skip(page).empty());
    }
    return met;
}

bool asks(const Scenario& s, std::uint32_t index) {
    const auto kind = s.form().kind(QuestionId{index});
    return kind == Kind::SelectOne || kind == Kind::SelectMultiple;
}

}  // namespace

TEST_CASE("adult loads without any diagnostic and has thirty to forty-five questions, all of them choices") {
    Scenario s(load_form("adult"));
    int questions = 0;
    for (std::uint32_t i = 0; i < s.form().size(); ++i) {
        const auto kind = s.form().kind(QuestionId{i});
        CHECK((asks(s, i) || kind == Kind::Hidden || kind == Kind::Calculate || kind == Kind::Group));
        questions += asks(s, i) ? 1 : 0;
    }
    CHECK(questions >= 30);
    CHECK(questions <= 45);
}

TEST_CASE("a person to whom nothing happened is asked thirteen questions and nothing is raised") {
    Scenario s(load_form_after("adult", nothing_happened));
    const auto met = walk(s, {"no", "self", "none", "me", "yes", "worker"});
    CHECK(met == std::vector<std::string>{"watched", "arranged", "contact", "ransom", "phone_watch", "officials",
                                          "worked", "also", "sex_ok", "free_choice", "looked_for", "return_fear",
                                          "whom_tell"});
    CHECK(s.fired().empty());
    CHECK(forms_test::levels(s) == forms_test::all_quiet);
    CHECK(s.interview().check(s.language()).empty());
}

TEST_CASE("a person who says nothing to adult raises no level, fires no sign and ends with information") {
    for (const auto state : forms_test::all_states)
        for (const auto& before : {nothing_happened, all_skipped, Handed{}}) {
            Scenario s(load_form_after("adult", before));
            for (auto page = s.page(); page != "end"; page = s.next()) REQUIRE(s.set(page, state).empty());
            CHECK(s.fired().empty());
            CHECK(forms_test::levels(s) == forms_test::all_quiet);
            CHECK(s.actions(Role::Shelter) == "inform()");
            CHECK(s.actions(Role::Border) == "keep_apart() inform()");
        }
}

TEST_CASE("nothing that first-contact asked is asked again, answered or skipped") {
    Scenario first(load_form("first-contact"));
    std::set<std::string> before;
    for (std::uint32_t i = 0; i < first.form().size(); ++i)
        before.insert(first.label(first.form().name(QuestionId{i})));
    for (const auto& handed : {nothing_happened, all_skipped}) {
        Scenario s(load_form_after("adult", handed));
        for (std::uint32_t i = 0; i < s.form().size(); ++i) {
            const std::string name(s.form().name(QuestionId{i}));
            if (!asks(s, i) || before.count(s.label(name)) == 0) continue;
            INFO(name);
            CHECK_FALSE(s.relevant(name));
        }
    }
    // Started by itself, the gravest of them is asked here.
    Scenario alone(load_form("adult"));
    CHECK(alone.relevant("forced"));
}

TEST_CASE("what first-contact heard counts in adult, and the deeper question follows it") {
    Scenario s(
        load_form_after("adult", {{"debt", "grows"}, {"documents", "now"}, {"held", "no"}, {"forced", "crime"}}));
    CHECK(s.fired() ==
          "debt_growing(fc_debt,debt_to) papers_hold(fc_documents,papers_why) documents_held(fc_documents,papers_why) "
          "debt_bondage(fc_debt,fc_forced,debt_to) forced_crime(fc_forced)");
    for (const auto* const deeper : {"debt_to", "debt_stop", "papers_why", "refuse"}) CHECK(s.relevant(deeper));
    for (const auto* const other : {"held_how", "union_how", "beg_money"}) CHECK_FALSE(s.relevant(other));
    // Documents that are given back when asked for are no sign.
    REQUIRE(s.answer("papers_why", "care").empty());
    CHECK(s.fired() == "debt_growing(fc_debt,debt_to) debt_bondage(fc_debt,fc_forced,debt_to) forced_crime(fc_forced)");
}

TEST_CASE("adult stops as soon as someone listens") {
    Scenario s(load_form_after("adult", all_skipped));
    REQUIRE(s.answer("watched", "here").empty());
    CHECK(s.next() == "end");
    CHECK(forms_test::levels(s) == "danger=some harm=none-reported risk=strong");
    CHECK(s.actions(Role::Shelter).find("watched_stop") != std::string::npos);
}

TEST_CASE("the worked example of ILO is a rule of its own: means, exploitation and coercion together") {
    Scenario s(load_form_after("adult", {{"offer", "false"}, {"documents", "now"}, {"held", "job"}}));
    REQUIRE(s.answer("false_about", "work pay").empty());
    REQUIRE(s.answer("worked", "factory").empty());
    REQUIRE(s.answer("pay", "less").empty());
    CHECK(s.readings().find("harm=strong:harm-3(") != std::string::npos);
    REQUIRE(s.answer("hours", "long").empty());
    REQUIRE(s.answer("could_refuse", "no").empty());
    CHECK(s.readings().find("harm=strong:harm-1(") != std::string::npos);
    // Many hours by one's own choice, paid as agreed, are no sign.
    REQUIRE(s.answer("could_refuse", "yes").empty());
    CHECK(s.fired().find("hours_excessive") == std::string::npos);
}

TEST_CASE("bad pay alone, a kidnapping alone and a debt that is not begun stay below strong harm") {
    Scenario pay(load_form_after("adult", nothing_happened));
    REQUIRE(pay.answer("worked", "building").empty());
    REQUIRE(pay.answer("pay", "owed").empty());
    CHECK(forms_test::levels(pay) == "danger=none-reported harm=some risk=none-reported");

    Scenario route(load_form_after("adult", {{"held", "way"}, {"threats", "way"}}));
    REQUIRE(route.answer("held_how", "locked fear").empty());
    REQUIRE(route.answer("hurt", "hit").empty());
    REQUIRE(route.answer("ransom", "ransom").empty());
    CHECK(forms_test::levels(route) == "danger=none-reported harm=some risk=none-reported");

    Scenario debt(load_form_after("adult", {{"offer", "ahead"}, {"debt", "work"}}));
    CHECK(forms_test::levels(debt) == "danger=none-reported harm=none-reported risk=strong");
    REQUIRE(debt.answer("worked", "field").empty());
    CHECK(forms_test::levels(debt) == "danger=none-reported harm=none-reported risk=strong");
}

TEST_CASE("fear of return is an action and raises nothing") {
    Scenario s(load_form_after("adult", nothing_happened));
    REQUIRE(s.answer("return_fear", "yes").empty());
    CHECK(s.fired().empty());
    CHECK(s.actions(Role::Shelter).find("fear_return(return_fear)") != std::string::npos);
    CHECK(s.actions(Role::Border).find("fear_return") == std::string::npos);
}

TEST_CASE("the border is advised by adult of protection only") {
    std::set<std::string> allowed = {"danger_apart", "refer_border", "keep_apart", "inform"};
    const auto form = load_form("adult");
    for (const auto& action : form->actions()) {
        INFO(action.id);
        if (action.border) CHECK(allowed.erase(action.id) == 1);
    }
    CHECK(allowed.empty());
}

TEST_CASE(
    "a topic that first-contact heard refused or skipped stays closed in adult, and an unknown one may be opened") {
    const std::map<std::string, std::vector<std::string>> followed{{"offer", {"false_about"}},
                                                                   {"debt", {"debt_to", "debt_stop"}},
                                                                   {"documents", {"papers_why"}},
                                                                   {"held", {"held_how"}},
                                                                   {"threats", {"threat_kind", "hurt"}},
                                                                   {"danger_now", {"near_who", "tonight"}},
                                                                   {"with_whom", {"free_choice", "apart"}},
                                                                   {"forced", {"forced", "refuse"}},
                                                                   {"help", {"needs"}}};
    for (const auto& [topic, questions] : followed)
        for (const std::string state : {"-refused", "-skipped"}) {
            auto handed = nothing_happened;
            handed[topic] = state;
            Scenario s(load_form_after("adult", handed));
            for (const auto& question : questions) {
                INFO(topic << " " << state << ": " << question);
                CHECK_FALSE(s.relevant(question));
            }
        }
    for (const std::string topic :
         {"offer", "debt", "documents", "held", "threats", "danger_now", "with_whom", "help"}) {
        auto handed = nothing_happened;
        handed[topic] = "-unknown";
        INFO(topic << " was not known");
        CHECK(Scenario(load_form_after("adult", handed)).relevant(followed.at(topic).front()));
    }
}

TEST_CASE("every question about a told topic has an answer that says it did not happen, and that answer clears it") {
    auto handed = nothing_happened;
    handed["held"] = "now";
    handed["threats"] = "job now";
    handed["debt"] = "cannot";
    handed["documents"] = "now";
    handed["forced"] = "beg union";
    Scenario s(load_form_after("adult", handed));
    CHECK(forms_test::levels(s) == "danger=strong harm=strong risk=strong");
    for (const auto& [question, answer] : {std::pair{"held_how", "none"},
                                           {"threat_kind", "none"},
                                           {"hurt", "no"},
                                           {"debt_to", "bank"},
                                           {"papers_why", "official"},
                                           {"beg_money", "none"},
                                           {"union_how", "none"}}) {
        INFO(question);
        REQUIRE(s.answer(question, answer).empty());
    }
    CHECK(forms_test::levels(s) == forms_test::all_quiet);
    CHECK(s.fired().empty());
}

TEST_CASE("somebody who waits ahead is strong risk, somebody who may find the person is some") {
    Scenario waits(load_form_after("adult", nothing_happened));
    REQUIRE(waits.answer("looked_for", "waits").empty());
    CHECK(forms_test::levels(waits) == "danger=none-reported harm=none-reported risk=strong");
    Scenario finds(load_form_after("adult", nothing_happened));
    REQUIRE(finds.answer("looked_for", "finds").empty());
    CHECK(forms_test::levels(finds) == "danger=none-reported harm=none-reported risk=some");
}

TEST_CASE("what images are used for decides: sex and obedience are harm, money is extortion") {
    const auto with = [](const char* use) {
        Scenario s(load_form_after("adult", nothing_happened));
        REQUIRE(s.answer("also", "images").empty());
        REQUIRE(s.answer("images_use", use).empty());
        return forms_test::levels(s);
    };
    CHECK(with("sex") == "danger=none-reported harm=strong risk=strong");
    CHECK(with("obey") == "danger=none-reported harm=some risk=strong");
    CHECK(with("money") == "danger=none-reported harm=some risk=some");
    CHECK(with("none") == forms_test::all_quiet);
}

TEST_CASE("dangerous work that was freely done is no harm, and staying out of fear is") {
    const auto with = [](const char* quit) {
        Scenario s(load_form_after("adult", nothing_happened));
        for (const auto& [question, answer] : {std::pair{"worked", "building"},
                                               {"pay", "full"},
                                               {"hours", "short"},
                                               {"work_risk", "unsafe"},
                                               {"living", "fine"}})
            REQUIRE(s.answer(question, answer).empty());
        REQUIRE(s.answer("quit", quit).empty());
        return forms_test::levels(s);
    };
    CHECK(with("free") == forms_test::all_quiet);
    CHECK(with("fear") == "danger=none-reported harm=some risk=none-reported");
    CHECK(with("owed") == "danger=none-reported harm=some risk=none-reported");
}

TEST_CASE("nobody is asked about sex without being asked first, and one answer skips it all") {
    Scenario s(load_form_after("adult", {{"forced", "sex"}}));
    for (const auto* const name : {"sex_for", "sex_force", "sex_when"}) CHECK_FALSE(s.relevant(name));
    REQUIRE(s.answer("sex_ok", "no").empty());
    for (const auto* const name : {"sex_for", "sex_force", "sex_when"}) CHECK_FALSE(s.relevant(name));
    REQUIRE(s.answer("sex_ok", "yes").empty());
    for (const auto* const name : {"sex_for", "sex_when"}) CHECK(s.relevant(name));
}
