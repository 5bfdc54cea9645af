// The described situations, told to the forms: first-contact, then the longer one as the same visit; or what was seen.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <sstream>

#include "tests/forms/form_support.hpp"
#include "tests/forms/situations.hpp"
#include "tests/forms/walk.hpp"

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
        std::istringstream names(page);
        for (std::string name; names >> name;) {
            const auto found =
                std::find_if(said.begin(), said.end(), [&](const auto& one) { return one.first == name; });
            if (found == said.end()) continue;
            INFO(name << ": " << found->second);
            REQUIRE((found->second == "-"   ? s.skip(name)
                     : found->second == "?" ? s.do_not_know(name)
                                            : s.answer(name, found->second)) == "");
            said.erase(found);
        }
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

bool follows_first_contact(const std::string& form) {
    return form == "adult" || form == "child";
}

/// The form as that person meets it.
std::shared_ptr<const scenario::engine::Form> begun(const Situation& situation, const std::string& form) {
    if (!follows_first_contact(form)) return load_form(form);
    Scenario before(load_form("first-contact"));
    play(before, said_to(situation, "first-contact"));
    return load_form_after(form, handed_over(before));
}

/// What a specialist expects, but for the readings that are listed as differing: "first-contact risk some: why".
std::string as_listed(const Situation& situation, const std::string& form, std::string expected) {
    for (const auto& line : situation.differs) {
        std::istringstream words(line.substr(0, line.find(':')));
        std::string of, reading, level;
        words >> of >> reading >> level;
        if (of != form) continue;
        const auto begin = expected.find(reading + "=") + reading.size() + 1;
        const auto end = std::min(expected.find(' ', begin), expected.size());
        REQUIRE(expected.substr(begin, end - begin) != level);  // else it does not differ
        expected.replace(begin, end - begin, level);
    }
    return expected;
}

int level_of(const std::string& readings, const std::string& reading) {
    const auto word = readings.substr(readings.find(reading + "=") + reading.size() + 1, 4);
    return word == "none" ? 0 : word == "some" ? 1 : 2;
}

}  // namespace

TEST_CASE("the described situations give each form they are told to the expected readings") {
    std::map<std::string, int> played;
    for (const auto& situation : forms_test::read_situations())
        for (const auto& [form, expected] : situation.readings) {
            INFO(situation.file << " told to " << form);
            Scenario s(begun(situation, form));
            // Only somebody who speaks another language says nothing to first-contact.
            if (situation.file != "12-speaks-only-mam.md") REQUIRE_FALSE(said_to(situation, form).empty());
            play(s, said_to(situation, form));
            CHECK(forms_test::levels(s) == as_listed(situation, form, expected));
            ++played[form];
        }
    CHECK(played["first-contact"] == 97);
    CHECK(played["adult"] >= 66);
    CHECK(played["child"] >= 17);
    CHECK(played["observation"] >= 7);
}

TEST_CASE("the described situations are given the steps that they want, and none that must not come", "[long]") {
    for (const auto& situation : forms_test::read_situations())
        for (const auto& [form, readings] : situation.readings) {
            INFO(situation.file << " told to " << form);
            Scenario s(begun(situation, form));
            play(s, said_to(situation, form));
            std::set<std::string> given;
            for (const auto& one : s.interview().actions(scenario::engine::Role::Shelter)) given.insert(one.action->id);
            if (const auto wanted = situation.wanted.find(form); wanted != situation.wanted.end())
                for (const auto& step : wanted->second) {
                    INFO(step << " is given");
                    CHECK(given.count(step) == 1);
                }
            if (const auto unwanted = situation.unwanted.find(form); unwanted != situation.unwanted.end())
                for (const auto& step : unwanted->second) {
                    INFO(step << " is not given");
                    CHECK(given.count(step) == 0);
                }
        }
}

TEST_CASE("the described situations fire in adult the signs that they name, and no others") {
    for (const auto& situation : forms_test::read_situations()) {
        if (situation.readings.count("adult") == 0) continue;
        // The later situations are held by their readings and steps; quiet ones fire nothing that raises.
        if (situation.file > "27" && situation.signs.empty()) continue;
        INFO(situation.file);
        Scenario s(begun(situation, "adult"));
        play(s, said_to(situation, "adult"));
        const auto signs = situation.signs.find("adult");
        CHECK(fired(s) == (signs == situation.signs.end() ? std::set<std::string>() : signs->second));
    }
}

TEST_CASE("a longer form to which nothing is said never reads less than first-contact did", "[long]") {
    for (const auto& situation : forms_test::read_situations())
        for (const std::string form : {"adult", "child"}) {
            if (situation.readings.count(form) == 0) continue;
            Scenario before(load_form("first-contact"));
            play(before, said_to(situation, "first-contact"));
            Scenario s(begun(situation, form));
            play(s, {});
            INFO(situation.file << ": " << forms_test::levels(before) << ", then " << forms_test::levels(s));
            for (const auto* const reading : {"danger", "harm", "risk"})
                CHECK(level_of(forms_test::levels(s), reading) >= level_of(forms_test::levels(before), reading));
        }
}
