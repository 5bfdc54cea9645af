// The described situations, told to first-contact and then to the adult form as one visit.
#include <algorithm>
#include <catch2/catch_all.hpp>

#include "tests/forms/form_support.hpp"
#include "tests/forms/situations.hpp"

using forms_test::handed_over;
using forms_test::load_form;
using forms_test::load_form_after;
using forms_test::Said;
using forms_test::Situation;
using scenario::Scenario;

namespace {

/// Goes through all pages as the person would; what the situation does not say is left open. Everything it says must
/// have been asked.
void play(Scenario& s, Said said) {
    for (auto page = s.page(); page != "end"; page = s.next()) {
        const auto found = std::find_if(said.begin(), said.end(), [&](const auto& one) { return one.first == page; });
        if (found == said.end()) continue;
        INFO(page << ": " << found->second);
        REQUIRE((found->second == "-"   ? s.skip(page)
                 : found->second == "?" ? s.do_not_know(page)
                                        : s.answer(page, found->second)) == "");
        said.erase(found);
    }
    for (const auto& [question, value] : said) FAIL_CHECK("never asked: " << question << " (" << value << ")");
}

std::set<std::string> fired(Scenario& s) {
    std::set<std::string> ids;
    for (const auto& one : s.interview().indicators()) ids.insert(one.indicator->id);
    return ids;
}

const Said& said_to(const Situation& situation, const std::string& form) {
    static const Said nothing;
    const auto found = situation.said.find(form);
    return found == situation.said.end() ? nothing : found->second;
}

}  // namespace

TEST_CASE("the described situations give first-contact the expected readings") {
    for (const auto& situation : forms_test::read_situations()) {
        const auto expected = situation.readings.find("first-contact");
        if (expected == situation.readings.end()) continue;
        INFO(situation.file);
        Scenario s(load_form("first-contact"));
        play(s, said_to(situation, "first-contact"));
        CHECK(forms_test::levels(s) == expected->second);
    }
}

TEST_CASE("the described situations give the adult form the expected readings and reasons") {
    int played = 0;
    for (const auto& situation : forms_test::read_situations()) {
        const auto expected = situation.readings.find("adult");
        if (expected == situation.readings.end()) continue;
        INFO(situation.file);
        ++played;
        Scenario before(load_form("first-contact"));
        play(before, said_to(situation, "first-contact"));
        Scenario s(load_form_after("adult", handed_over(before)));
        REQUIRE_FALSE(said_to(situation, "adult").empty());
        play(s, said_to(situation, "adult"));
        CHECK(forms_test::levels(s) == expected->second);
        const auto signs = situation.signs.find("adult");
        CHECK(fired(s) == (signs == situation.signs.end() ? std::set<std::string>() : signs->second));
    }
    CHECK(played >= 17);
}

TEST_CASE("the adult form never reads less than first-contact did") {
    const auto level = [](const std::string& readings, std::string_view reading) {
        const auto at = readings.find(std::string(reading) + "=");
        const auto word = readings.substr(at + reading.size() + 1, 4);
        return word == "none" ? 0 : word == "some" ? 1 : 2;
    };
    for (const auto& situation : forms_test::read_situations()) {
        if (situation.readings.count("adult") == 0 || situation.readings.count("first-contact") == 0) continue;
        Scenario before(load_form("first-contact"));
        play(before, said_to(situation, "first-contact"));
        // Nothing at all is said to the longer form.
        Scenario s(load_form_after("adult", handed_over(before)));
        while (s.page() != "end") (void)s.next();
        INFO(situation.file << ": " << forms_test::levels(before) << " then " << forms_test::levels(s));
        for (const auto* const reading : {"danger", "harm", "risk"})
            CHECK(level(forms_test::levels(s), reading) >= level(forms_test::levels(before), reading));
    }
}
