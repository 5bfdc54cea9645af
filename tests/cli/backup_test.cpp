// The casebook as one sealed file, looked over, and back out of it.
#include "app/casebook/sqlcipher/opening.hpp"
#include "tests/cli/backup_desk.hpp"

using namespace test;

TEST_CASE("a casebook comes back out of its backup as it was") {
    const BackupDesk desk;
    const auto made = desk.good("amparo casebook backup demo -o all.age").out;
    CHECK(tells(made, "Coordination"));
    CHECK(tells(made, "Recovery"));
    const auto back = desk.good("amparo casebook restore all.age new").out;
    CHECK(tells(back, "2 cases"));
    CHECK(tells(back, ", 0 days ago"));
    CHECK(tells(back, "“all.age” is signed by Coordination"));
    CHECK(tells(back, "any of these 2 cases may be back"));
    CHECK(desk.in("new") == std::vector<std::string>{"bundle-1.amparo", "casebook", "keys"});
    CHECK(desk.read("new/bundle-1.amparo") == desk.read("demo/bundle-1.amparo"));
    CHECK(desk.listed("new") == desk.listed("demo"));
    CHECK(desk.in("new/casebook") == desk.in("demo/casebook"));
}

TEST_CASE("the recovery identity opens a backup, and so do the stock programs", "[interop]") {
    const BackupDesk desk;
    desk.good("amparo casebook backup demo -o all.age");
    const auto back = desk.good("amparo casebook restore all.age new --identity demo/keys/recovery.identity").out;
    CHECK(tells(back, "2 cases"));
    desk.good("age -d -i demo/keys/recovery.identity all.age > all.tar");
    CHECK(desk.good("tar -tf all.tar").out.starts_with("VERSION\nbundle-1.amparo\ncases.db.key.age\ncases.db\n"));
    desk.good("tar -xf all.tar MANIFEST MANIFEST.minisig VERSION cases.db");
    desk.good("minisign -Vq -p demo/keys/receipt.pub -m MANIFEST");
    desk.good("tail -n +2 MANIFEST | sha256sum -c --ignore-missing --quiet");
    CHECK(desk.good("tar -xOf all.tar cases.db.key.age | age -d -i demo/keys/recovery.identity").out.size() == 64);
}

TEST_CASE("a backup holds nothing that can be read without an identity, and leaves nothing else behind") {
    const BackupDesk desk;
    const auto before = desk.names();
    desk.good("amparo casebook backup demo -o all.age");
    auto after = desk.names();
    after.erase(std::remove(after.begin(), after.end(), "all.age"), after.end());
    CHECK(after == before);
    const auto sealed = desk.read("all.age");
    for (const auto* const word : {"radio-hotel-canal-482", "SQLite", "amparo-backup"})
        CHECK_FALSE(tells(sealed, word));
}

TEST_CASE("a backup is never written over a file, nor where there is no room, and nothing half stays") {
    const BackupDesk desk;
    desk.write("there.age", "mine");
    const auto over = desk.run("amparo casebook backup demo -o there.age");
    CHECK(over.code == 1);
    CHECK(is_one_sentence(over.err));
    CHECK(desk.read("there.age") == "mine");
    const auto nowhere = desk.run("amparo casebook backup demo -o none/all.age");
    CHECK(nowhere.code == 1);
    CHECK(is_one_sentence(nowhere.err));
    const auto full = desk.run("ulimit -f 64; trap \"\" XFSZ; amparo casebook backup demo -o all.age");
    CHECK(full.code == 1);
    CHECK(is_one_sentence(full.err));
    CHECK_FALSE(desk.has("all.age"));
}

TEST_CASE("a backup that is changed, cut, foreign or none is refused and nothing is restored") {
    const BackupDesk desk;
    desk.good("amparo casebook backup demo -o all.age");
    std::string file = "bad.age";
    std::string said;
    std::string who;
    SECTION("changed") {
        desk.write(file, desk.read("all.age"));
        desk.change(file, desk.read(file).size() / 2);
        said = "was changed or cut";
    }
    SECTION("cut") {
        desk.write(file, desk.read("all.age").substr(0, desk.read("all.age").size() - 40'000));
        said = "was changed or cut";
    }
    SECTION("a batch") {
        file = desk.send("canal-radio-hotel-200", "some");
        said = "is not a backup";
    }
    SECTION("a text") {
        desk.write(file, "no backup");
        said = "is not a backup";
    }
    SECTION("sealed to others") {
        file = "all.age";
        who = " --identity other/keys/coordinator.identity";
        said = "is sealed to none of these identities";
    }
    SECTION("of another programme") {
        desk.good("cp other/keys/deployment.pub new/keys/deployment.pub");
        file = "all.age";
        said = "is of another programme";
    }
    const auto ran = desk.run("amparo casebook restore " + file + " new" + who);
    INFO(ran.err);
    CHECK(ran.code != 0);
    CHECK(is_one_sentence(ran.err));
    CHECK(tells(ran.err, said));
    CHECK(desk.in("new") == std::vector<std::string>{"keys"});
}

TEST_CASE("a casebook that is there is never replaced by a backup") {
    const BackupDesk desk;
    desk.good("amparo casebook backup demo -o all.age");
    const auto before = desk.read("demo/casebook/cases.db");
    const auto ran = desk.run("amparo casebook restore all.age demo");
    CHECK(ran.code == 1);
    CHECK(is_one_sentence(ran.err));
    CHECK(desk.read("demo/casebook/cases.db") == before);
}

TEST_CASE("what a casebook and its backup hold is said to be whole, and what was damaged is not") {
    const BackupDesk desk;
    desk.good("amparo casebook backup demo -o all.age");
    const auto whole = json::parse(desk.good(std::string("amparo casebook verify --json demo all.age") + reader).out);
    REQUIRE(whole.size() == 2);
    for (const auto& one : whole) {
        CHECK(one["whole"] == true);
        CHECK(one["cases"] == 2);
        CHECK(one["originals"] == 2);
        CHECK(one["changed"].empty());
    }
    CHECK(whole[0]["made"].is_null());
    CHECK(whole[1]["made"].is_string());
    CHECK(tells(desk.good("amparo casebook verify demo --lang es").out, "“demo” está entero."));
    CHECK(desk.run("amparo casebook verify all.age").code == 64);  // whose identity is not said
    desk.change("demo/casebook/cases.db", desk.read("demo/casebook/cases.db").size() - 2000);
    const auto damaged = desk.run("amparo casebook verify demo");
    CHECK(damaged.code == 1);
    CHECK(is_one_sentence(damaged.err));
    desk.change("all.age", desk.read("all.age").size() / 2);
    CHECK(desk.run(std::string("amparo casebook verify all.age") + reader).code != 0);
}

TEST_CASE("what a person took back after a backup comes back neither out of it nor out of batches from before") {
    const BackupDesk desk;
    const std::string code = "canal-radio-hotel-300";
    const json record{{"record", std::string(32, 'a')}};
    desk.good("amparo import " + desk.send(code, "some", record) + book);
    desk.good("amparo cases status " + code + " working" + book);
    desk.good("amparo cases link " + code + " hotel-radio-canal-100" + book);
    desk.good("amparo casebook backup demo -o all.age");
    auto order = record;
    order.update({{"kind", "withdrawn"}, {"revision", 2}});
    desk.good("amparo import " + desk.send(code, "some", order) + book);
    CHECK(tells(desk.listed("demo"), "withdrawn"));

    fs::rename(desk.path() / "demo/casebook", desk.path() / "demo/casebook-before");
    const auto restored = json::parse(desk.good("amparo casebook restore all.age demo --json").out);
    CHECK(restored["erased_again"] == 1);
    const auto gone = [&] {
        const auto listed = json::parse(desk.listed("demo"))["cases"];
        CHECK(listed.size() == 2);
        for (const auto& one : listed) CHECK(one["case_code"] != code);
        const auto other =
            json::parse(desk.good("amparo cases show hotel-radio-canal-100 --json" + std::string(book)).out);
        CHECK(other["links"].empty());
        CHECK(other["steps"].empty());
    };
    gone();
    desk.good("amparo import demo/outbox/b-*.age" + std::string(book));
    gone();
}

TEST_CASE("what was erased after a backup goes again where the casebook before lies there, and else may be back") {
    const BackupDesk desk;
    desk.good("amparo casebook backup demo -o all.age");
    desk.good(std::string("amparo cases erase radio-hotel-canal-482 --yes --reason asked") + book);
    const auto notes = desk.good(std::string("amparo cases erased --json") + book).out;
    desk.good("amparo casebook restore all.age new");
    CHECK(tells(desk.listed("new"), "radio-hotel-canal-482"));

    fs::rename(desk.path() / "demo/casebook", desk.path() / "demo/casebook-before");
    fs::create_directory(desk.path() / "demo/broken");
    desk.write("demo/broken/cases.db", "no casebook");
    const auto said = desk.good("amparo casebook restore all.age demo").out;
    CHECK(tells(said, "What was erased in “demo/casebook-before” is erased in this one."));
    CHECK(tells(said, "1 record that was erased since"));
    CHECK(tells(said, "The casebook in “demo/broken” does not open"));
    CHECK(tells(said, "any of these 2 cases may be back"));
    CHECK_FALSE(tells(desk.listed("demo"), "radio-hotel-canal-482"));
    CHECK(tells(desk.listed("demo"), "hotel-radio-canal-100"));
    CHECK(desk.good(std::string("amparo cases erased --json") + book).out == notes);

    // All that there is opens: nothing is left that might be back.
    fs::remove_all(desk.path() / "demo/broken");
    fs::remove_all(desk.path() / "demo/casebook");
    const auto all = json::parse(desk.good("amparo casebook restore all.age demo --json").out);
    CHECK(all["erased_again"] == 1);
    CHECK(all["heeded"] == json::array({"demo/casebook-before"}));
    CHECK(all["not_opened"].empty());
    CHECK(all["restored"] == true);
    // What still comes of the case is erased as it comes.
    for (const auto& entry : fs::directory_iterator(desk.path() / "demo/outbox"))
        desk.good("amparo import demo/outbox/" + entry.path().filename().string() + book);
    CHECK_FALSE(tells(desk.listed("demo"), "radio-hotel-canal-482"));
}

TEST_CASE("only a signer of the newest bundle makes a backup") {
    const BackupDesk desk;
    const auto ran = desk.run("amparo casebook backup demo -o all.age --secret-key other/keys/receipt.key");
    CHECK(ran.code == 1);
    CHECK(is_one_sentence(ran.err));
    CHECK(tells(ran.err, "does not let other/keys/receipt.key sign"));
    fs::remove(desk.path() / "demo/bundle-1.amparo");
    const auto without = desk.run("amparo casebook backup demo -o all.age");
    CHECK(without.code == 1);
    CHECK(tells(without.err, "has no bundle"));
    CHECK_FALSE(desk.has("all.age"));
}

TEST_CASE("a casebook knows when it was backed up last, and so does what was restored") {
    const BackupDesk desk;
    const auto last = [&](const std::string& folder) {
        return json::parse(desk.good("amparo casebook verify --json " + folder).out)[0]["last_backup"];
    };
    CHECK(last("demo").is_null());
    CHECK(tells(desk.good("amparo casebook verify demo").out, "no backup was made yet"));
    CHECK(desk.run("ulimit -f 64; trap \"\" XFSZ; amparo casebook backup demo -o all.age").code == 1);
    CHECK(last("demo").is_null());  // one that was not finished is none
    const auto made = json::parse(desk.good("amparo casebook backup demo -o all.age --json").out);
    CHECK(made["signer"] == "Coordination");
    CHECK(made["bytes"] == fs::file_size(desk.path() / "all.age"));
    CHECK(last("demo") == made["made"]);
    CHECK(tells(desk.good("amparo casebook verify demo").out, "last backup: " + made["made"].get<std::string>()));
    desk.good("amparo casebook restore all.age new");
    CHECK(last("new") == made["made"]);
}

TEST_CASE("no backup is made of a casebook that somebody else is writing to") {
    const BackupDesk desk;
    const auto text = desk.read("demo/keys/coordinator.identity");
    const auto identities = app::deployment::parse_identities(ready(), crypto::as_bytes(text), nullptr, "");
    REQUIRE(identities);
    auto other = app::casebook::sqlcipher::open(ready(), desk.path() / "demo/casebook/cases.db", *identities);
    REQUIRE(other);
    const auto held = other->hold();
    REQUIRE(held);
    const auto ran = desk.run("amparo casebook backup demo -o all.age");
    CHECK(ran.code == 1);
    CHECK(tells(ran.err, "Another program is using"));
    CHECK_FALSE(desk.has("all.age"));
}

TEST_CASE("a file of any size that is no backup is refused at once") {
    const BackupDesk desk;
    desk.good("truncate -s 1T huge.age");
    const auto ran = desk.run("amparo casebook restore huge.age new");
    CHECK(ran.code == 1);
    CHECK(tells(ran.err, "is not a backup"));
    CHECK(desk.in("new") == std::vector<std::string>{"keys"});
}
