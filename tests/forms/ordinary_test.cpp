// Ordinary answers stay quiet, one by one and together: paying for a trip, a debt that can be paid, a robbery long ago,
// hard and paid work, parents who look after a child. Whoever says nothing else is not raised by any form.
#include <catch2/catch_all.hpp>
#include <random>
#include <sstream>

#include "tests/forms/walk.hpp"

using forms_test::handed_over;
using forms_test::load_form;
using forms_test::load_form_after;
using scenario::Scenario;

namespace {

/// By question, the answers that say nothing of harm or risk; several words are several answers at once.
using Ordinary = std::map<std::string, std::vector<std::string>>;

const Ordinary& of_an_adult() {
    static const Ordinary answers{
        {"danger_now", {"no", "far"}},
        {"age_group", {"adult"}},
        {"with_whom", {"alone", "family", "partner", "known", "met", "family known", "family met"}},
        {"offer", {"none", "true", "partly", "ahead"}},
        {"debt", {"no", "other"}},
        {"documents", {"no", "authority", "lost", "before"}},
        {"held", {"no"}},
        {"threats", {"no", "area"}},
        {"forced", {"none"}},
        {"help", {"no", "later", "today"}},
        {"watched", {"no"}},
        {"arranged", {"self", "known", "met"}},
        {"false_about", {"none"}},
        {"ahead_knows", {"yes", "part"}},
        {"keep_secret", {"no"}},
        {"debt_to", {"nobody", "family", "bank"}},
        {"debt_stop", {"nothing"}},
        {"papers_why", {"nobody", "care", "official", "stolen"}},
        {"contact", {"no", "no_means"}},
        {"ransom", {"no", "home"}},
        {"phone_watch", {"no"}},
        {"threat_kind", {"none", "hurt", "family", "hurt family"}},
        {"hurt", {"no", "hit", "before", "now"}},
        {"officials", {"none", "police", "migration", "army", "guard", "other"}},
        {"worked", {"none", "field", "house", "bar care", "street", "phone other"}},
        {"pay", {"full"}},
        {"hours", {"short", "middle", "long", "no_rest"}},
        {"could_refuse", {"yes"}},
        {"work_risk", {"no", "unsafe", "hurt"}},
        {"quit", {"free"}},
        {"house_out", {"yes", "none"}},
        {"living", {"fine"}},
        {"also", {"none"}},
        {"sex_ok", {"yes", "no"}},
        {"sex_for", {"no", "own"}},
        {"sex_force", {"no"}},
        {"free_choice", {"me", "both"}},
        {"near_who", {"nobody"}},
        {"looked_for", {"no"}},
        {"tonight", {"yes"}},
        {"return_fear", {"no", "yes"}},
        {"needs", {"none", "papers", "doctor baby", "lawyer call", "find back", "talk"}},
        {"whom_tell", {"nobody", "worker", "support lawyer", "family", "authority"}}};
    return answers;
}

/// With a parent beside them.
const Ordinary& of_a_child() {
    static const Ordinary answers{{"danger_now", {"no", "far"}},
                                  {"age_group", {"under12", "teen"}},
                                  {"with_whom", {"parent", "parent relative", "parent known", "parent minors"}},
                                  {"offer", {"none", "true"}},
                                  {"debt", {"no", "other"}},
                                  {"documents", {"no", "authority", "lost"}},
                                  {"held", {"no"}},
                                  {"threats", {"no", "area"}},
                                  {"forced", {"none"}},
                                  {"help", {"no", "later"}},
                                  {"overheard", {"no"}},
                                  {"assent", {"yes"}},
                                  {"feel", {"good", "tired", "sad", "pain", "fear", "tired sad"}},
                                  {"feel_with", {"good", "mixed"}},
                                  {"leave", {"nothing", "angry"}},
                                  {"answers_for", {"no"}},
                                  {"family_where", {"here", "ahead", "home"}},
                                  {"family_knows", {"yes"}},
                                  {"going", {"family", "study", "work", "away"}},
                                  {"decided", {"me", "family"}},
                                  {"promise", {"none", "study", "work"}},
                                  {"school", {"yes", "work", "house", "other"}},
                                  {"work", {"no", "family", "others", "street", "family street"}},
                                  {"work_money", {"me", "family"}},
                                  {"work_how", {"light"}},
                                  {"phone", {"own", "none", "checked", "taken"}},
                                  {"images", {"no"}},
                                  {"union", {"no"}},
                                  {"tell_whom", {"parent", "family", "worker", "nobody"}}};
    return answers;
}

/// Who interprets may answer and stay, or stay and hold the papers of a relative; fear alone is what most people feel
/// at a border post.
Ordinary of_a_traveller_seen(int look) {
    static const std::vector<std::string> beside[]{
        {"none", "helps"}, {"none", "helps", "helps stays", "helps answers"}, {"helps", "helps stays"}};
    static const std::vector<std::string> papers[]{{"own", "unseen"}, {"own", "unseen"}, {"own", "other"}};
    static const std::vector<std::string> body[]{{"fear", "weak fear"}, {"none", "weak"}, {"none", "weak"}};
    return {{"age_seen", {"no", "yes"}}, {"beside", beside[look]},        {"papers_seen", papers[look]},
            {"body", body[look]},        {"story", {"none", "language"}}, {"child_seen", {"family"}},
            {"now_seen", {"none"}}};
}

/// A way through the form with ordinary answers alone; now and then a question is left open.
std::string say(Scenario& s, const Ordinary& ordinary, std::mt19937& random) {
    std::string said;
    for (auto page = s.page(); page != "end"; page = s.next()) {
        std::istringstream names(page);
        for (std::string name; names >> name;) {
            if (s.form().kind(*s.form().find(name)) == questionnaires::engine::Kind::Note) continue;
            const auto found = ordinary.find(name);
            if (found == ordinary.end()) FAIL("no ordinary answer is known to " << name);
            const bool must = name == "age_group" || name == "assent" || name == "overheard" || name == "with_whom";
            if (!must && random() % 12 == 0) {
                REQUIRE(s.skip(name).empty());
                said += name + ": - ";
                continue;
            }
            const auto& value = found->second[random() % found->second.size()];
            said += name + ": " + value + " ";
            REQUIRE(s.answer(name, value).empty());
        }
    }
    return said;
}

constexpr int people = 400;

/// A fear of those who are far asks for nothing but advice, unless more is told; ordinary people tell nothing more.
void stay_quiet(const std::string& longer, const Ordinary& ordinary) {
    std::mt19937 random(11);
    for (int i = 0; i < people; ++i) {
        Scenario first(load_form("first-contact"));
        const auto said = say(first, ordinary, random);
        INFO("first-contact " << said);
        CHECK(forms_test::levels(first) == forms_test::all_quiet);
        Scenario second(load_form_after(longer, handed_over(first)));
        const auto more = say(second, ordinary, random);
        INFO(longer << " " << more);
        CHECK(forms_test::levels(second) == forms_test::all_quiet);
    }
}

}  // namespace

TEST_CASE("an adult who tells only ordinary things is raised by no form, however they come together", "[long]") {
    stay_quiet("adult", of_an_adult());
}

TEST_CASE("a child beside a parent who tells only ordinary things is raised by no form", "[long]") {
    stay_quiet("child", of_a_child());
}

TEST_CASE("travellers who are helped, tired or afraid raise nothing in what is seen") {
    std::mt19937 random(11);
    for (int i = 0; i < people; ++i) {
        Scenario s(load_form("observation"));
        const auto seen = say(s, of_a_traveller_seen(i % 3), random);
        INFO(seen);
        CHECK(forms_test::levels(s) == forms_test::all_quiet);
    }
}
