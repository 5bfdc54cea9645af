// What differs between two policies: no member changes unseen, and each has a sentence in both languages.
#include <catch2/catch_all.hpp>
#include <map>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/policy_differences.hpp"
#include "app/exchange/policy_judge.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using locales::Language;
using locales::Translator;
using test::bytes;

namespace {

const Policy sound{{"shelter"}, {"es", "en"}, {"first-contact", "adult"}, {12}, 3, 10, 1, 30, 365, true, false};

/// What stands in the canonical text, and what stands there instead. A new member needs a line here.
struct Change {
    std::string from;
    std::string to;
};
const std::map<std::string_view, Change> changes{
    {"batch_mib", {"\"batch_mib\": 256", "\"batch_mib\": 1"}},
    {"bundle_signers",
     {"\"bundle_signers\": []", "\"bundle_signers\": [\"RWSu2N8PNJc7ooIKDvZhrSnAQO9JJL6M7coxmwaZt+6uFwVTE7MiIVxH\"]"}},
    {"child_workers", {"    12\n", "    12, 15\n"}},
    {"empty_batches", {"\"empty_batches\": false", "\"empty_batches\": true"}},
    {"forms", {"\"first-contact\",\n    \"adult\"", "\"adult\", \"first-contact\""}},
    {"hold_days", {"\"hold_days\": 30", "\"hold_days\": 1"}},
    {"idle_minutes", {"\"idle_minutes\": 3", "\"idle_minutes\": 1"}},
    {"languages", {"\"es\",\n    \"en\"", "\"en\", \"es\""}},
    {"receipts_required", {"\"receipts_required\": 1", "\"receipts_required\": 2"}},
    {"resume_minutes", {"\"resume_minutes\": 10", "\"resume_minutes\": 0"}},
    {"retention_days", {"\"retention_days\": 365", "\"retention_days\": 700"}},
    {"roles", {"\"shelter\"", "\"shelter\", \"border\""}},
    {"signatures_required", {"\"signatures_required\": 1", "\"signatures_required\": 2"}},
    {"store_refusals", {"\"store_refusals\": true", "\"store_refusals\": false"}},
};

Policy changed(const Change& change) {
    auto text = policy_text(sound);
    const auto at = text.find(change.from);
    INFO(change.from);
    REQUIRE(at != std::string::npos);
    text.replace(at, change.from.size(), change.to);
    // A second signature needs somebody who gives it.
    if (change.to == "\"signatures_required\": 2") {
        const auto& signers = changes.at("bundle_signers");
        text.replace(text.find(signers.from), signers.from.size(), signers.to);
    }
    auto judged = judge_policy(bytes(text));
    REQUIRE(judged.policy);
    return *judged.policy;
}

std::string said(const PolicyDifference& difference, Language language) {
    return policy_difference_words(Translator::built_in(language), difference);
}

}  // namespace

TEST_CASE("a change of any member of a policy is found, and of that member alone") {
    CHECK(policy_differences(sound, sound).empty());
    for (const auto& rule : policy_rules()) {
        // Every bundle has the same format, and no bundle yet asks for the time of day.
        if (rule.member == "format" || rule.member == "record_time") continue;
        INFO(rule.member << " has no change in this test");
        REQUIRE(changes.count(rule.member) == 1);
        const auto found = policy_differences(sound, changed(changes.at(rule.member)));
        REQUIRE_FALSE(found.empty());
        CHECK(found.back().member == rule.member);
        CHECK(found.back().before != found.back().after);
        CHECK(found.size() == (rule.member == "signatures_required" ? 2 : 1));
    }
    auto timed = sound;
    timed.record_time = true;
    REQUIRE(policy_differences(sound, timed).size() == 1);
}

TEST_CASE("every member of a policy has a sentence in both languages with both values in it") {
    for (const auto& rule : policy_rules()) {
        PolicyDifference one{std::string(rule.member), {"1"}, {"2"}};
        if (rule.shape == PolicyShape::Flag) one = {one.member, {"false"}, {"true"}};
        const auto spanish = said(one, Language::Es);
        const auto english = said(one, Language::En);
        INFO(rule.member << ": " << spanish << " / " << english);
        for (const auto& sentence : {spanish, english}) {
            CHECK(sentence.find('[') == std::string::npos);
            CHECK(sentence.find("{{") == std::string::npos);
            CHECK(sentence.find(rule.member) == std::string::npos);
            CHECK(sentence.ends_with('.'));
        }
        CHECK(spanish != english);
        std::swap(one.before, one.after);
        CHECK(said(one, Language::Es) != spanish);
        CHECK(said(one, Language::En) != english);
    }
}

TEST_CASE("values of a policy are said as people say them") {
    CHECK(said({"retention_days", {"365"}, {"1"}}, Language::Es) ==
          "Tiempo que la coordinación guarda un caso: antes 365 días; ahora 1 día.");
    CHECK(said({"resume_minutes", {"10"}, {"0"}}, Language::En) ==
          "Time in which an interview can go on after a crash: before, 10 minutes; now, never.");
    CHECK(said({"roles", {"shelter"}, {"shelter", "border"}}, Language::Es) ==
          "Quién puede hacer entrevistas: antes albergue; ahora albergue y puesto fronterizo.");
    CHECK(said({"languages", {"es", "en"}, {"en", "es", "fr"}}, Language::En) ==
          "Languages that are offered, in this order: before, Español and English; now, English, Español, and fr.");
    CHECK(said({"child_workers", {}, {"3", "12"}}, Language::Es) ==
          "Personas formadas para entrevistar a niñas y niños, por su número: antes nadie; ahora 3 y 12.");
    CHECK(said({"store_refusals", {"true"}, {"false"}}, Language::Es) ==
          "Se anota que alguien dijo que no: antes sí; ahora no.");
}

TEST_CASE("a signer is called by the label that a bundle gives, and by the key where two would be called the same") {
    Bundle before{};
    Bundle after{};
    before.policy = after.policy = sound;
    const auto key = [](const char* line) { return *crypto::ReceiptPublicKey::parse_line(line); };
    const std::string first = "RWSu2N8PNJc7ooIKDvZhrSnAQO9JJL6M7coxmwaZt+6uFwVTE7MiIVxH";
    const std::string second = public_key_line(crypto::ReceiptSecretKey::generate(test::ready())->public_key());
    before.signers = {{"Norte", key(first.c_str())}};
    after.signers = {{"Sur", key(second.c_str())}};
    const PolicyDifference raw{"bundle_signers", {first}, {second}};
    auto named = with_names(raw, before, after);
    CHECK(named.before == std::vector<std::string>{"Norte"});
    CHECK(named.after == std::vector<std::string>{"Sur"});
    after.signers.front().label = "Norte";
    named = with_names(raw, before, after);
    CHECK(named.before == std::vector<std::string>{"Norte (" + first + ")"});
    CHECK(named.after == std::vector<std::string>{"Norte (" + second + ")"});
}
