// A policy as people edit it: every fault of it is named in one pass, with its member and its line.
#include <catch2/catch_all.hpp>
#include <tuple>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/policy_judge.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using Kind = PolicyFaultKind;

namespace {

const Policy sound_policy{{"shelter"}, {"es", "en"}, {"first-contact"}, {12}, 3, 10, 1, 30, 365, true, false};

/// The canonical text with one piece of it changed.
std::string changed(const std::string& from, const std::string& to) {
    auto text = policy_text(sound_policy);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

struct Expected {
    Kind kind;
    std::string member;
    std::string found;
    friend bool operator==(const Expected& a, const Expected& b) {
        return std::tie(a.kind, a.member, a.found) == std::tie(b.kind, b.member, b.found);
    }
};

std::vector<Expected> faults_of(const std::string& text) {
    const auto judged = judge_policy(bytes(text));
    CHECK(judged.policy.has_value() == judged.faults.empty());
    std::vector<Expected> faults;
    for (const auto& fault : judged.faults) faults.push_back({fault.kind, fault.member, fault.found});
    return faults;
}

}  // namespace

TEST_CASE("a policy is read in any order and spacing, and a bundle takes only the canonical text") {
    const std::string text =
        "{\"record_time\":false,\"store_refusals\":true,\"roles\":[\"shelter\"],\"languages\":[\"es\",\"en\"],\n"
        "\"forms\":[\"first-contact\"],\"child_workers\":[12],\"idle_minutes\":3,\"resume_minutes\":10,\n"
        "\"receipts_required\":1,\"signatures_required\":1,\"bundle_signers\":[],\"hold_days\":30,\"retention_days\":"
        "365,\"format\":1,\"batch_mib\":256,\"empty_batches\":false}";
    const auto judged = judge_policy(bytes(text));
    REQUIRE(judged.policy);
    CHECK(policy_text(*judged.policy) == policy_text(sound_policy));
    CHECK_FALSE(parse_policy(bytes(text)));
    CHECK(parse_policy(bytes(policy_text(sound_policy))));
}

TEST_CASE("each fault of a policy is named with its member and what stands there") {
    const auto only = [](const std::string& from, const std::string& to, Kind kind, const std::string& member,
                         const std::string& found) {
        INFO(to);
        CHECK(faults_of(changed(from, to)) == std::vector<Expected>{{kind, member, found}});
    };
    only("\"hold_days\": 30", "\"hold_days\": 900", Kind::Range, "hold_days", "900");
    only("\"hold_days\": 30", "\"hold_days\": -1", Kind::Range, "hold_days", "-1");
    only("\"hold_days\": 30", "\"hold_days\": 1.5", Kind::Range, "hold_days", "1.5");
    only("\"hold_days\": 30", "\"hold_days\": 99999999999999999999999", Kind::Range, "hold_days",
         "99999999999999999999999");
    only("\"hold_days\": 30", "\"hold_days\": \"30\"", Kind::Type, "hold_days", "30");
    only("\"hold_days\": 30", "\"hold_days\": null", Kind::Type, "hold_days", "null");
    only("\"hold_days\": 30", "\"hold_days\": {\"a\": 1}", Kind::Type, "hold_days", "{}");
    only("\"hold_days\": 30", "\"hold_days\": [1]", Kind::Type, "hold_days", "[]");
    only("\"hold_days\": 30,", "", Kind::Missing, "hold_days", "");
    only("\"hold_days\": 30", "\"hold_days\": 30, \"hold_days\": 30", Kind::Doubled, "hold_days", "");
    only("\"hold_days\": 30", "\"hold_days\": 30, \"hold_day\": 30", Kind::Unknown, "hold_day", "");
    only("\"batch_mib\": 256", "\"batch_mib\": 0", Kind::Range, "batch_mib", "0");
    only("\"batch_mib\": 256", "\"batch_mib\": 257", Kind::Range, "batch_mib", "257");
    only("\"empty_batches\": false", "\"empty_batches\": 0", Kind::Type, "empty_batches", "0");
    only("\"idle_minutes\": 3", "\"idle_minutes\": 0", Kind::Range, "idle_minutes", "0");
    only("\"resume_minutes\": 10", "\"resume_minutes\": 11", Kind::Range, "resume_minutes", "11");
    only("\"receipts_required\": 1", "\"receipts_required\": 5", Kind::Range, "receipts_required", "5");
    only("\"signatures_required\": 1", "\"signatures_required\": 0", Kind::Range, "signatures_required", "0");
    only("\"signatures_required\": 1", "\"signatures_required\": 5", Kind::Range, "signatures_required", "5");
    only("\"signatures_required\": 1", "\"signatures_required\": 2", Kind::TooFewSigners, "signatures_required", "2");
    only("\"bundle_signers\": []", "\"bundle_signers\": [\"Norte\"]", Kind::Word, "bundle_signers", "Norte");
    only("\"bundle_signers\": []", "\"bundle_signers\": 1", Kind::Type, "bundle_signers", "1");
    only("\"retention_days\": 365", "\"retention_days\": 36501", Kind::Range, "retention_days", "36501");
    only("\"format\": 1", "\"format\": 2", Kind::Range, "format", "2");
    only("\"store_refusals\": true", "\"store_refusals\": 1", Kind::Type, "store_refusals", "1");
    only("\"record_time\": false", "\"record_time\": true", Kind::NotYet, "record_time", "true");
    only("\"shelter\"", "\"police\"", Kind::Word, "roles", "police");
    only("\"shelter\"", "7", Kind::Word, "roles", "7");
    only("\"first-contact\"", "\"../x\"", Kind::Word, "forms", "../x");
    only("\"es\",", "\"es\", \"es\",", Kind::ItemDoubled, "languages", "es");
    only("\n    \"shelter\"\n  ", "", Kind::ItemCount, "roles", "0");
    only("12", "12, 12", Kind::NotRising, "child_workers", "12");
    only("12", "1000000", Kind::Range, "child_workers", "1000000");
    only("12", "\"12\"", Kind::Type, "child_workers", "12");
}

TEST_CASE("all faults of a policy are named at once, each with its line") {
    const auto judged =
        judge_policy(bytes("{\n  \"hold_days\": 900,\n  \"roles\": [\n    \"police\"],\n\"wish\": 1\n}"));
    CHECK_FALSE(judged.policy);
    std::map<std::string, std::uint32_t> lines;
    for (const auto& fault : judged.faults) lines.emplace(fault.member, fault.line);
    CHECK(lines.size() == policy_rules().size() + 1);
    CHECK(lines["hold_days"] == 2);
    CHECK(lines["roles"] == 3);
    CHECK(lines["wish"] == 5);
    CHECK(lines["idle_minutes"] == 0);
}

TEST_CASE("what is no policy at all is one fault, however large or deep it is") {
    const auto one = [](const std::string& text) {
        const auto faults = faults_of(text);
        REQUIRE(faults.size() == 1);
        return faults[0].kind;
    };
    CHECK(one("") == Kind::NotJson);
    CHECK(one("{") == Kind::NotJson);
    CHECK(one("[]") == Kind::NotAnObject);
    CHECK(one("7") == Kind::NotAnObject);
    CHECK(one("[{\"hold_days\": 7}]") == Kind::NotAnObject);
    CHECK(one(policy_text(sound_policy) + "x") == Kind::NotJson);
    CHECK(one(std::string(10U << 20U, ' ')) == Kind::TooLarge);
    CHECK(one(std::string(60'000, '[')) == Kind::NotJson);
    CHECK(judge_policy(bytes("{\n\n  \"a\": 1\n  \"b\"")).faults.at(0).line == 4);
}

TEST_CASE("a policy of thousands of faults is no list of thousands, and nothing of it is long") {
    std::string text = "{";
    for (int i = 0; i < 3'000; ++i) text += "\"wish" + std::to_string(i) + "\": 1,";
    const auto judged =
        judge_policy(bytes(text + "\"" + std::string(500, 'x') + "\": \"" + std::string(500, 'y') + "\"}"));
    CHECK(judged.faults.size() <= 200);
    for (const auto& fault : judged.faults) CHECK(fault.member.size() + fault.found.size() <= 80);
}
