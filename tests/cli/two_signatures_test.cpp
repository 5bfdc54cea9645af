// A policy that asks for two signatures: what one person builds is a draft, and nothing holds before the other signed.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "app/exchange/bundle.hpp"
#include "tests/cli/programme_support.hpp"

using nlohmann::json;
using test::bytes;
using test::check_refused;
using test::ProgrammeDesk;
using test::ready;
namespace exchange = app::exchange;
namespace fs = std::filesystem;

namespace {

/// Bundle 2 of the programme asks for the deployment key and one of two: Norte, whose folder is `mine`, is one.
struct TwoDesk : ProgrammeDesk {
    const crypto::ReceiptSecretKey norte = *crypto::ReceiptSecretKey::generate(ready());

    TwoDesk() {
        fs::create_directories(path() / "mine/keys");
        fs::copy_file(path() / "demo/keys/deployment.pub", path() / "mine/keys/deployment.pub");
        const auto text = norte.to_text(ready());
        REQUIRE(text);
        write("mine/keys/receipt.key", crypto::as_text(text->view()));
        fs::permissions(path() / "mine/keys/receipt.key", fs::perms::owner_read);
        auto policy = json::parse(read("demo/content/policy.json"));
        policy["signatures_required"] = 2;
        policy["bundle_signers"] = {exchange::public_key_line(norte.public_key())};
        write("demo/content/policy.json", policy.dump());
        good(build);
        fs::copy_file(path() / "demo/bundle-2.amparo", path() / "mine/bundle-2.amparo");
        policy["signatures_required"] = 1;  // the next one would lower the bar
        policy["hold_days"] = 8;
        write("demo/content/policy.json", policy.dump());
    }
    [[nodiscard]] exchange::Policy in_force() const {
        const auto loaded = exchange::load_bundle(ready(), bytes(read("demo/bundle-2.amparo")), {key()});
        REQUIRE(loaded);
        return loaded->policy;
    }
    [[nodiscard]] exchange::BundleTrust kiosk() const { return exchange::BundleTrust{key(), 2}.under(in_force()); }

    const std::string build = "amparo bundle build demo --yes --single-coordinator";
};

}  // namespace

TEST_CASE("what one person builds is a draft; the second signature makes the bundle that a kiosk takes") {
    const TwoDesk desk;
    const auto built = desk.good(desk.build);
    CHECK(built.out.find("Between the last receipt and erasing") != std::string::npos);
    CHECK(built.out.find("waits for 2 signatures") != std::string::npos);
    REQUIRE(desk.has("demo/bundle-3.draft"));
    CHECK_FALSE(desk.has("demo/bundle-3.amparo"));
    const auto first = desk.good("amparo bundle sign demo demo/bundle-3.draft --yes");
    CHECK(first.out.find("has 1 of 2 signatures") != std::string::npos);
    CHECK_FALSE(desk.has("demo/bundle-3.amparo"));
    CHECK_FALSE(exchange::load_bundle(ready(), bytes(desk.read("demo/bundle-3.draft")), desk.kiosk()));
    const auto again = desk.run("amparo bundle sign demo demo/bundle-3.draft --yes");
    CHECK(again.code == 1);
    CHECK(again.err.find("has signed this draft already") != std::string::npos);
    const auto second = desk.good("amparo bundle sign mine demo/bundle-3.draft --yes --lang es");
    CHECK(second.out.find("Desde el último acuse hasta poder borrar un registro") != std::string::npos);
    const auto loaded = exchange::load_bundle(ready(), bytes(desk.read("mine/bundle-3.amparo")), desk.kiosk());
    REQUIRE(loaded);
    CHECK(loaded->policy.hold_days == 8);
    CHECK(loaded->policy.signatures_required == 1);
}

TEST_CASE("a signer whose program was cut after the last signature signs again, and the bundle is there") {
    const TwoDesk desk;
    desk.good(desk.build);
    desk.good("amparo bundle sign demo demo/bundle-3.draft --yes");
    desk.good("amparo bundle sign mine demo/bundle-3.draft --yes");
    const auto bundle = desk.read("mine/bundle-3.amparo");
    const auto draft = desk.read("demo/bundle-3.draft");
    fs::remove(desk.path() / "mine/bundle-3.amparo");
    desk.good("amparo bundle sign mine demo/bundle-3.draft --yes");
    CHECK(desk.read("mine/bundle-3.amparo") == bundle);
    CHECK(desk.read("demo/bundle-3.draft") == draft);
}

TEST_CASE("a draft is signed by its bare name in the folder one works in") {
    const TwoDesk desk;
    desk.good(desk.build);
    fs::rename(desk.path() / "demo/bundle-3.draft", desk.path() / "bundle-3.draft");
    desk.good("amparo bundle sign demo bundle-3.draft --yes");
}

TEST_CASE("a removed coordinator stays in force until the second signature, and a bundle of one key moves nothing") {
    const TwoDesk desk;
    REQUIRE(desk.add(test::NewCoordinator().request("Sur")).code == 0);
    desk.good(desk.build);
    desk.good("amparo bundle sign demo demo/bundle-3.draft --yes");
    // Signed by the deployment key alone, and put where bundles lie.
    fs::copy_file(desk.path() / "demo/bundle-3.draft", desk.path() / "demo/bundle-3.amparo");
    const auto shown = json::parse(desk.good("amparo deployment show demo --json").out);
    CHECK(shown.at("bundle").at("sequence") == 2);
    for (const auto& one : shown.at("people"))
        if (one.at("label") == "Sur") CHECK(one.at("in_force") == false);
    desk.good(desk.build);
    CHECK(desk.has("demo/bundle-4.draft"));
}

TEST_CASE("a draft that is cut, changed, older or foreign is not signed, nor with a stranger's key") {
    const TwoDesk desk;
    desk.take_programme("other", "Otro");
    desk.good(desk.build);
    const auto draft = desk.read("demo/bundle-3.draft");
    desk.write("cut.draft", draft.substr(0, draft.size() / 2));
    auto changed = draft;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    desk.write("changed.draft", changed);
    for (const auto* file : {"cut.draft", "changed.draft", "demo/bundle-1.amparo", "other/bundle-1.amparo", "nothing"})
        check_refused(desk.run("amparo bundle sign demo " + std::string(file) + " --yes"));
    check_refused(desk.run("amparo bundle sign other demo/bundle-3.draft --yes"));
    const auto before = desk.read("demo/bundle-3.draft");
    for (const auto* key : {"other/keys/deployment.key", "other/keys/receipt.key", "demo/keys/receipt.key"}) {
        const auto ran = desk.run("amparo bundle sign demo demo/bundle-3.draft --yes --secret-key " + std::string(key));
        CHECK(ran.code == 1);
        CHECK(ran.err.find("nothing was signed") != std::string::npos);
    }
    CHECK(desk.read("demo/bundle-3.draft") == before);
    const auto unasked = desk.run("amparo bundle sign demo demo/bundle-3.draft");
    CHECK(unasked.code == 64);
    CHECK(desk.read("demo/bundle-3.draft") == before);
}

TEST_CASE("a revocation that one person signed changes nothing in a casebook, whatever was taken out of its folder") {
    const TwoDesk desk;
    const std::string lost(32, 'f');
    const auto revoked = [&] {
        return json::parse(desk.good("amparo deployment device list demo --json").out).size() == 1;
    };
    CHECK_FALSE(revoked());  // bundle 2 is heeded, and what it asks for
    desk.write("demo/content/revoked.txt", lost + "\n");
    desk.good(desk.build);
    desk.good("amparo bundle sign demo demo/bundle-3.draft --yes");
    fs::copy_file(desk.path() / "demo/bundle-3.draft", desk.path() / "demo/bundle-3.amparo");
    CHECK_FALSE(revoked());
    for (const auto* gone : {"demo/bundle-2.amparo", "demo/bundle-1.amparo"}) {
        fs::rename(desk.path() / gone, desk.path() / (std::string(gone) + ".away"));
        CHECK_FALSE(revoked());
    }
    for (const auto* back : {"demo/bundle-2.amparo", "demo/bundle-1.amparo"})
        fs::rename(desk.path() / (std::string(back) + ".away"), desk.path() / back);
    desk.good("amparo bundle sign mine demo/bundle-3.draft --yes");
    fs::copy_file(desk.path() / "mine/bundle-3.amparo", desk.path() / "demo/bundle-3.amparo",
                  fs::copy_options::overwrite_existing);
    REQUIRE(revoked());
    const auto undone = desk.good("amparo deployment device revoke demo --undo --yes " + lost);
    CHECK(undone.out.find("bundle 3 does") != std::string::npos);
    // Bundle 3 asks for one signature again.
    CHECK(undone.out.find("signatures") == std::string::npos);
}

TEST_CASE("who revokes a device is told how many signatures the next bundle needs") {
    const TwoDesk desk;
    const auto done = desk.good("amparo deployment device revoke demo --yes " + std::string(32, 'f'));
    CHECK(done.out.find("needs 2 signatures") != std::string::npos);
    desk.good(desk.build);
    CHECK(desk.has("demo/bundle-3.draft"));
}
