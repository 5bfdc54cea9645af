// Whoever answers alone may be watched from behind: pairs of people who differ in one answer see the same screens after
// it. Only an answer by which a person chooses to stop, to skip or to be heard may change what comes.
#include <catch2/catch_all.hpp>
#include <random>
#include <set>
#include <sstream>

#include "questionnaires/engine/form/data.hpp"
#include "tests/forms/walk.hpp"

using forms_test::Answers;
using questionnaires::engine::Kind;
using questionnaires::engine::QuestionId;
using scenario::Scenario;

namespace {

/// What a bystander can read of a page: which one it is, its kind, its words and answers, and how far the bar is.
using Screens = std::vector<std::string>;

std::string read_from_behind(Scenario& s, const std::string& page) {
    auto& interview = s.interview();
    const auto progress = interview.progress();
    std::string screen = std::to_string(progress.page) + " of " + std::to_string(progress.pages) + ": ";
    std::istringstream names(page);
    for (std::string name; names >> name;) {
        const auto node = s.node(name);
        screen += name + " (" + std::string(to_word(interview.kind(node))) + "): " + s.label(name) + " " +
                  std::string(interview.hint(node, s.language()));
        for (const auto choice : interview.choices(node))
            screen += " / " + std::string(interview.choice_label(node, choice, s.language()));
        screen += "; ";
    }
    return screen;
}

/// How an answer is said: a value, or one of the three ways to say nothing.
bool say(Scenario& s, const std::string& name, const std::string& value) {
    if (value == "-skipped") return s.skip(name).empty();
    if (value == "-refused") return s.refuse(name).empty();
    if (value == "-unknown") return s.do_not_know(name).empty();
    return s.answer(name, value).empty();
}

/// Goes to the end; `said` where it can be said, else the question is skipped. The screens after `from`, and its own
/// once it is answered; "" for all.
Screens screens(const std::shared_ptr<const forms_test::engine::Form>& form, const Answers& said,
                const std::string& from) {
    Scenario s(form);
    Screens after;
    bool seen = from.empty();
    for (auto page = s.page(); page != "end"; page = s.next()) {
        if (seen) after.push_back(read_from_behind(s, page));
        bool is_it = false;
        std::istringstream names(page);
        for (std::string name; names >> name;) {
            is_it = is_it || name == from;
            if (s.form().kind(*s.form().find(name)) == Kind::Note) continue;
            const auto known = said.find(name);
            if (known == said.end() || !say(s, name, known->second)) REQUIRE(s.skip(name).empty());
        }
        if (is_it) after.push_back(read_from_behind(s, page));
        seen = seen || is_it;
    }
    return after;
}

/// Every answer of a question, and the three ways to give none.
std::vector<std::string> values(const forms_test::engine::Form& form, QuestionId question) {
    std::vector<std::string> all;
    for (const auto& choice : form.data().lists[form.data().questions[question].list].choices)
        all.push_back(choice.name);
    all.insert(all.end(), {"-skipped", "-refused", "-unknown"});
    return all;
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
        for (const auto& value : values(*form, QuestionId{i})) {
            said[question] = value;
            INFO(id << " " << question << " = " << value);
            CHECK(screens(form, said, question) == silent);
            ++pairs;
        }
    }
    CHECK(pairs > 20);
}

/// People who tell anything at all, several answers at once, see what somebody sees who tells nothing.
void same_screens_whatever_is_told(const std::string& id, const Answers& before, const Answers& always) {
    auto hidden = before;
    hidden["private"] = "yes";
    const auto form = forms_test::load_with(id, hidden);
    const auto silent = screens(form, always, "");
    std::mt19937 random(11);
    for (int person = 0; person < 150; ++person) {
        Answers said;
        std::string told;
        for (std::uint32_t i = 0; i < form->size(); ++i) {
            const auto kind = form->kind(QuestionId{i});
            if (kind != Kind::SelectOne && kind != Kind::SelectMultiple) continue;
            const auto all = values(*form, QuestionId{i});
            auto value = all[random() % all.size()];
            if (kind == Kind::SelectMultiple && value[0] != '-' && random() % 2 == 0)
                value += " " + all[random() % (all.size() - 3)];
            said[std::string(form->name(QuestionId{i}))] = value;
            told += std::string(form->name(QuestionId{i})) + ": " + value + " ";
        }
        for (const auto& [question, value] : always) said[question] = value;
        INFO(id << " " << told);
        CHECK(screens(form, said, "") == silent);
    }
}

}  // namespace

TEST_CASE("in private mode no answer of first-contact changes the screens after it, but the age") {
    for (const auto* const age : {"under12", "teen", "adult"})
        same_screens_after_each_answer("first-contact", {}, {{"age_group", age}}, {"age_group"});
}

TEST_CASE("in private mode people who tell different things at once see the same screens") {
    for (const auto* const age : {"under12", "teen", "adult", "-unknown", "-skipped"})
        same_screens_whatever_is_told("first-contact", {}, {{"age_group", age}});
    same_screens_whatever_is_told("adult", {{"fc_age_group", "adult"}}, {{"watched", "no"}, {"sex_ok", "yes"}});
    same_screens_whatever_is_told("adult", {{"fc_age_group", "adult"}}, {{"watched", "no"}, {"sex_ok", "no"}});
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
        for (const auto& value : values(*first, QuestionId{i})) {
            auto said = quiet;
            said[question] = value;
            INFO(question << " = " << value);
            CHECK(of(said) == expected);
        }
    }
}

TEST_CASE("with a worker beside the person an answer still opens deeper questions, so the comparison can fail") {
    const auto form = forms_test::load_with("adult", {{"fc_debt", "work"}});
    CHECK(screens(form, {{"watched", "no"}}, "").size() >
          screens(forms_test::load_with("adult", {{"fc_debt", "-skipped"}}), {{"watched", "no"}}, "").size());
}
