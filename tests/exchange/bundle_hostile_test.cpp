// Bundles as a corrupt official would bring them on a stick.
#include <catch2/catch_all.hpp>

#include "app/exchange/bundle.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::RawMember;
using test::ready;

namespace {

constexpr UstarLimits limits{1'000, 4U << 20U, 64U << 20U};

struct Case {
    test::Deployment deployment;
    std::vector<RawMember> members;

    Case() {
        const auto archive = build_bundle(ready(), deployment.bundle(3), deployment.key);
        REQUIRE(archive);
        const auto read = read_ustar(*archive, limits);
        REQUIRE(read);
        for (const auto& entry : *read) {
            RawMember made;
            made.name = entry.name;
            made.content.assign(entry.content.begin(), entry.content.end());
            members.push_back(std::move(made));
        }
    }
    RawMember& at(std::string_view name) {
        const auto found =
            std::find_if(members.begin(), members.end(), [name](const auto& m) { return m.name == name; });
        REQUIRE(found != members.end());
        return *found;
    }
    void sign_again(const crypto::DeploymentSecretKey& key, const std::string& comment) {
        at("MANIFEST.minisig").content = bytes(*crypto::sign(ready(), at("MANIFEST").content, key, comment));
    }
    /// Lists what is there now and signs it, as the deployment itself would.
    void seal_again() {
        std::vector<ManifestLine> lines;
        for (std::size_t i = 2; i < members.size(); ++i)
            lines.push_back({crypto::sha256(ready(), members[i].content), members[i].name});
        at("MANIFEST").content = bytes(manifest_text("amparo-bundle 1", lines));
        sign_again(deployment.key,
                   "amparo-bundle 1 deployment=" + deployment_id(ready(), deployment.key.public_key()) + " seq=3");
    }
    [[nodiscard]] std::optional<Error> outcome() const {
        const auto loaded = load_bundle(ready(), test::raw_archive(members), {deployment.key.public_key(), 1});
        return loaded ? std::nullopt : std::optional(loaded.error().error);
    }
};

void append_line(RawMember& member, std::string_view line) {
    crypto::append(member.content, line);
}

void replace(RawMember& member, std::string_view from, std::string_view to) {
    auto text = test::text(member.content);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    member.content = bytes(text.replace(at, from.size(), to));
}

}  // namespace

TEST_CASE("the bundle that the hostile ones are made from is good") {
    Case good;
    CHECK_FALSE(good.outcome());
    good.seal_again();
    CHECK_FALSE(good.outcome());
}

TEST_CASE("a bundle signed by another deployment is refused") {
    Case bad;
    const test::Deployment other;
    bad.sign_again(other.key, "amparo-bundle 1 seq=3");
    CHECK(bad.outcome() == Error::Signature);
}

TEST_CASE("one signature of the pinned key among several is enough") {
    Case several;
    const test::Deployment other;
    const auto mine = several.at("MANIFEST.minisig").content;
    several.sign_again(other.key, "someone else");
    auto both = several.at("MANIFEST.minisig").content;
    crypto::append(both, mine);
    several.at("MANIFEST.minisig").content = both;
    CHECK_FALSE(several.outcome());
}

TEST_CASE("MANIFEST.minisig holds whole signatures and nothing else") {
    for (const char* tail : {"\n", "x", "untrusted comment: x\n", "a\nb\nc\nd\n"}) {
        Case bad;
        append_line(bad.at("MANIFEST.minisig"), tail);
        CHECK(bad.outcome() == Error::Signature);
    }
    Case nine;
    const auto one = nine.at("MANIFEST.minisig").content;
    for (int i = 0; i < 8; ++i) crypto::append(nine.at("MANIFEST.minisig").content, one);
    CHECK(nine.outcome() == Error::Signature);
    Case none;
    none.at("MANIFEST.minisig").content.clear();
    CHECK(none.outcome() == Error::Signature);
}

TEST_CASE("nothing is parsed before the signature verified") {
    Case bad;
    bad.at("MANIFEST").content = bytes("garbage");
    CHECK(bad.outcome() == Error::Signature);
}

TEST_CASE("a changed member is refused whichever it is") {
    const Case good;
    for (std::size_t i = 2; i < good.members.size(); ++i) {
        Case bad;
        INFO(bad.members[i].name);
        append_line(bad.members[i], "\n");
        CHECK(bad.outcome() == Error::Manifest);
    }
}

TEST_CASE("members added, missing, renamed or in another order are refused") {
    Case added;
    added.members.push_back(added.members.back());
    added.members.back().name = "zzz.txt";
    CHECK(added.outcome() == Error::Members);
    Case missing;
    missing.members.pop_back();
    CHECK(missing.outcome() == Error::Members);
    Case renamed;
    renamed.members.back().name = "zzz.txt";
    CHECK(renamed.outcome() == Error::Members);
    Case swapped;
    std::swap(swapped.members[3], swapped.members[4]);
    CHECK(swapped.outcome() == Error::Members);
    Case headless;
    headless.members.erase(headless.members.begin());
    CHECK(headless.outcome() == Error::Members);
    Case tail_first;
    std::swap(tail_first.members[0], tail_first.members[1]);
    CHECK(tail_first.outcome() == Error::Members);
    Case linked;
    linked.members.back().type = '2';
    CHECK(linked.outcome() == Error::Archive);
}

TEST_CASE("even the deployment's own signature does not make malformed content acceptable") {
    const auto outcome = [](const std::function<void(Case&)>& spoil) {
        Case bad;
        spoil(bad);
        bad.seal_again();
        return bad.outcome();
    };
    CHECK(outcome([](Case& c) { replace(c.at("VERSION"), "sequence 3", "sequence 03"); }) == Error::Content);
    CHECK(outcome([](Case& c) { replace(c.at("VERSION"), "demo yes", "demo maybe"); }) == Error::Content);
    CHECK(outcome([](Case& c) { append_line(c.at("VERSION"), "more x\n"); }) == Error::Content);
    CHECK(outcome([](Case& c) { replace(c.at("VERSION"), "sequence 3", "sequence 9"); }) == Error::Signature);
    CHECK(outcome([](Case& c) { append_line(c.at("recipients.txt"), "# a\n"); }) == Error::Recipients);
    CHECK(outcome([](Case& c) { replace(c.at("recipients.txt"), "age1", "age1x"); }) == Error::Recipients);
    CHECK(outcome([](Case& c) { append_line(c.at("signers.txt"), "RW\n"); }) == Error::Content);
    CHECK(outcome([](Case& c) { append_line(c.at("policy.json"), " "); }) == Error::Content);
    CHECK(outcome([](Case& c) { replace(c.at("policy.json"), "\"hold_days\": 7", "\"hold_days\": -7"); }) ==
          Error::Content);
    CHECK(outcome([](Case& c) { replace(c.at("policy.json"), "\"hold_days\": 7", "\"hold_days\": 7.0"); }) ==
          Error::Content);
    CHECK(outcome([](Case& c) {
              replace(c.at("policy.json"), "\"hold_days\": 7", "\"hold_days\": 1,\n  \"hold_days\": 7");
          }) == Error::Content);
    CHECK(outcome([](Case& c) { replace(c.at("policy.json"), "\"hold_days\"", "\"hold_dayz\""); }) == Error::Content);
    CHECK(outcome([](Case& c) { c.at("policy.json").content = bytes(std::string(60'000, '[')); }) == Error::Content);
    CHECK(outcome([](Case& c) { c.at("locales/es.json").content = bytes("[]"); }) == Error::Content);
    CHECK(outcome([](Case& c) { c.at("referrals.csv").content = bytes("\xff\xfe"); }) == Error::Content);
}

TEST_CASE("a bundle larger than the limit is refused before it is read") {
    const test::Deployment deployment;
    const crypto::Bytes huge(bundle_most_bytes + 1);
    const auto loaded = load_bundle(ready(), huge, {deployment.key.public_key()});
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().error == Error::TooLarge);
}
