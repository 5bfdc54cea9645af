// Whose signature makes a backup count.
#include "app/exchange/bundle.hpp"
#include "tests/cli/backup_desk.hpp"

using namespace test;

TEST_CASE("a backup that nobody signed whom the programme names is refused, unless a person takes it") {
    const BackupDesk desk;
    desk.good("amparo casebook backup demo -o all.age");
    std::string said = "is signed by nobody whom the newest bundle names";
    bool another = true;
    SECTION("signed by somebody else") {
        repack(desk, "bad.age", [](auto& members) { sign_anew(members); });
    }
    SECTION("said to be of another day") {
        repack(desk, "bad.age", [](auto& members) {
            const auto before = member(members, "VERSION");
            auto after = before;
            after.replace(after.find("made ") + 5, 10, "2031-01-01");
            member(members, "VERSION") = after;
            list_anew(members);
        });
    }
    SECTION("with a member that was exchanged") {
        repack(desk, "bad.age", [](auto& members) { member(members, "cases.db")[5000] ^= 1; });
        said = "is not a backup";
        another = false;
    }
    SECTION("without a signature") {
        repack(desk, "bad.age", [](auto& members) { members.pop_back(); });
        said = "is not a backup";
        another = false;
    }
    SECTION("of a newer version") {
        repack(desk, "bad.age", [](auto& members) { member(members, "VERSION") = "amparo-backup 2\nand more\n"; });
        said = "newer version of Amparo";
        another = false;
    }
    const auto ran = desk.run(std::string("amparo casebook restore bad.age new") + recovering);
    CHECK(ran.code == 1);
    CHECK(is_one_sentence(ran.err));
    CHECK(tells(ran.err, said));
    CHECK(desk.in("new") == std::vector<std::string>{"keys"});
    CHECK(desk.run(std::string("amparo casebook verify bad.age") + recovering).code == 1);
    const auto all_the_same = desk.run(std::string("amparo casebook restore bad.age new --any-signer") + recovering);
    CHECK((all_the_same.code == 0) == another);
    if (another) CHECK(tells(all_the_same.out, "anybody can have made it"));
}

TEST_CASE("a bundle with too few signatures makes nobody a signer of the backup that brings it") {
    const BackupDesk desk;
    const auto norte = *crypto::ReceiptSecretKey::generate(ready());
    const auto stranger = *crypto::ReceiptSecretKey::generate(ready());
    fs::create_directories(desk.path() / "mine/keys");
    fs::copy_file(desk.path() / "demo/keys/deployment.pub", desk.path() / "mine/keys/deployment.pub");
    desk.write("mine/keys/receipt.key", crypto::as_text(norte.to_text(ready())->view()));
    fs::permissions(desk.path() / "mine/keys/receipt.key", fs::perms::owner_read);
    const std::string build = "amparo bundle build demo --yes --single-coordinator";
    auto policy = json::parse(desk.read("demo/content/policy.json"));
    policy["signatures_required"] = 2;
    policy["bundle_signers"] = {exchange::public_key_line(norte.public_key())};
    desk.write("demo/content/policy.json", policy.dump());
    desk.good(build);
    for (const auto* to : {"mine/bundle-2.amparo", "new/bundle-2.amparo"})
        fs::copy_file(desk.path() / "demo/bundle-2.amparo", desk.path() / to);
    desk.good("amparo casebook backup demo -o all.age");
    // Whoever has only the deployment key lets a stranger sign.
    desk.write("demo/content/signers.txt", desk.read("demo/content/signers.txt") + "# Nadie\n" +
                                               exchange::public_key_line(stranger.public_key()) + "\n");
    desk.good(build);
    desk.good("amparo bundle sign demo demo/bundle-3.draft --yes");
    const auto bring = [&](const std::string& bundle) {
        repack(desk, "bad.age", [&](auto& members) {
            auto& second = members.at(1);
            REQUIRE(second.first == "bundle-2.amparo");
            second = {"bundle-3.amparo", desk.read(bundle)};
            list_anew(members);
            sign_anew(members, stranger);
        });
    };
    bring("demo/bundle-3.draft");
    CHECK(desk.run(std::string("amparo casebook verify bad.age") + recovering).code == 1);
    const auto ran = desk.run(std::string("amparo casebook restore bad.age new") + recovering);
    CHECK(ran.code == 1);
    CHECK(tells(ran.err, "is signed by nobody whom the newest bundle names"));
    const auto all_the_same = desk.good(std::string("amparo casebook restore bad.age new --any-signer") + recovering);
    CHECK(tells(all_the_same.out, "anybody can have made it"));
    CHECK(desk.in("new") == std::vector<std::string>{"bundle-2.amparo", "casebook", "keys"});
    // The second signature is all that was missing.
    fs::remove_all(desk.path() / "new/casebook");
    desk.good("amparo bundle sign mine demo/bundle-3.draft --yes");
    fs::remove(desk.path() / "bad.age");
    bring("mine/bundle-3.amparo");
    desk.good(std::string("amparo casebook verify bad.age") + recovering);
    CHECK(tells(desk.good(std::string("amparo casebook restore bad.age new") + recovering).out, "is signed by Nadie"));
    CHECK(desk.has("new/bundle-3.amparo"));
}
