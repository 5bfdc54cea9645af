// Whoever answers alone may be watched from behind: pairs of people who differ in one answer see the same screens after
// it. Only an answer by which a person chooses to stop, to skip or to be heard may change what comes.
#include <catch2/catch_all.hpp>
#include <set>
#include <sstream>

#include "questionnaires/engine/form_data.hpp"
#include "tests/forms/walk.hpp"

using forms_test::Answers;
using questionnaires::engine::Kind;
using questionnaires::engine::QuestionId;
using scenario::Scenario;

namespace {

/// What a bystander can read of a page: which one it is, its kind, its words and how many answers it has.
using Screens = std::vector<std::string>;

/// Choices of one question in the order of the form, as they are offered when it is asked.
std::vector<std::string> offered(Scenario& s, const std::string& question) {
    std::vector<std::string> names;
    const auto node = s.node(question);
    for (const auto choice : s.interview().choices(node)) names.emplace_back(s.interview().choice_name(node, choice));
    return names;
}

/// Goes to the end; `said` where it can be said, else the question is skipped. The screens after `from` ("" for all).
Screens screens(const std::shared_ptr<const forms_test::engine::Form>& form, const Answers& said,
                const std::string& from) {
    Scenario s(form);
    Screens after;
    bool seen = from.empty();
    for (auto page = s.page(); page != "end"; page = s.next()) {
        std::istringstream names(page);
        std::string screen;
        bool is_it = false;
        for (std::string name; names >> name;) {
            screen += name + ": " + s.label(name) + " " + std::to_string(offered(s, name).size()) + "; ";
            is_it = is_it || name == from;
            if (s.form().kind(*s.form().find(name)) == Kind::Note) continue;
            const auto known = said.find(name);
            if (known == said.end() || !s.answer(name, known->second).empty()) REQUIRE(s.skip(name).empty());
        }
        if (seen) after.push_back(screen);
        seen = seen || is_it;
    }
    return after;
}

/// Every pair: the first answer of a question against each other one, said by somebody who says nothing else.
void same_screens_after_each_answer(const std::string& id, const Answers& before, const Answers& always,
                                    const std::set<std::string>& chosen_by_the_person) {
    auto hidden = before;
    hidden["private"] = "yes";
    const auto form = forms_test::load_with(id, hidden);
    Scenario plain(form);
    int pairs = 0;
    for (std::uint32_t i = 0; i < form->size(); ++i) {
        const std::string question(form->name(QuestionId{i}));
        const auto kind = form->kind(QuestionId{i});
        if (kind != Kind::SelectOne && kind != Kind::SelectMultiple) continue;
        if (chosen_by_the_person.count(question) == 1) continue;
        auto said = always;
        said.erase(question);
        const auto silent = screens(form, said, question);
        for (const auto& choice : form->data().lists[form->data().questions[i].list].choices) {
            said[question] = choice.name;
            INFO(id << " " << question << " = " << choice.name);
            CHECK(screens(form, said, question) == silent);
            ++pairs;
        }
    }
    CHECK(pairs > 20);
}

}  // namespace

TEST_CASE("in private mode no answer of first-contact changes the screens after it, but the age") {
    for (const auto* const age : {"under12", "teen", "adult"})
        same_screens_after_each_answer("first-contact", {}, {{"age_group", age}}, {"age_group"});
}

TEST_CASE("in private mode no answer of adult changes the screens after it, but to stop or to skip the two about sex") {
    same_screens_after_each_answer("adult", {{"fc_age_group", "adult"}}, {{"watched", "no"}, {"sex_ok", "yes"}},
                                   {"watched", "sex_ok"});
}

TEST_CASE("in private mode adult asks the same whatever first-contact heard") {
    const auto first = forms_test::load_form("first-contact");
    const auto of = [](const Answers& said) {
        Answers hidden{{"private", "yes"}};
        for (const auto& [question, value] : said) hidden["fc_" + question] = value;
        return screens(forms_test::load_with("adult", hidden), {{"watched", "no"}, {"sex_ok", "yes"}}, "");
    };
    Answers quiet;
    for (std::uint32_t i = 0; i < first->size(); ++i)
        if (first->kind(QuestionId{i}) == Kind::SelectOne || first->kind(QuestionId{i}) == Kind::SelectMultiple)
            quiet.emplace(first->name(QuestionId{i}), "-skipped");
    const auto expected = of(quiet);
    CHECK(expected.size() > 10);
    for (std::uint32_t i = 0; i < first->size(); ++i) {
        const std::string question(first->name(QuestionId{i}));
        if (quiet.count(question) == 0) continue;
        for (const auto& choice : first->data().lists[first->data().questions[i].list].choices) {
            auto said = quiet;
            said[question] = choice.name;
            INFO(question << " = " << choice.name);
            CHECK(of(said) == expected);
        }
    }
}

TEST_CASE("with a worker beside the person an answer still opens deeper questions, so the comparison can fail") {
    const auto form = forms_test::load_with("adult", {{"fc_debt", "work"}});
    CHECK(screens(form, {{"watched", "no"}}, "").size() >
          screens(forms_test::load_with("adult", {{"fc_debt", "-skipped"}}), {{"watched", "no"}}, "").size());
}
