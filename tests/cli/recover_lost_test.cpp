// What is said and done where the device's database, its keys or its recovery file are lost, and how its number may be
// typed.
#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "app/casebook/casebook.hpp"
#include "tests/cli/demo.hpp"
#include "tests/support/old_store.hpp"

using test::Demo;
using test::is_passphrase;
using test::ready;
using test::recover;
namespace fs = std::filesystem;
namespace store = app::store;

namespace {

constexpr std::size_t page = 4096;

struct Lost : Demo {
    [[nodiscard]] std::map<std::string, std::string> everything() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::directory_iterator(path() / "demo/kiosk"))
            if (entry.is_regular_file() && !entry.is_symlink())
                files[entry.path().filename().string()] = read("demo/kiosk/" + entry.path().filename().string());
        return files;
    }
    void lose(std::initializer_list<const char*> names) const {
        for (const auto* name : names) fs::remove_all(path() / "demo/kiosk" / name);
    }
    void zero_first_page() const {
        auto content = read("demo/kiosk/amparo.db");
        content.replace(0, page, page, '\0');
        keep("amparo.db", content);
    }
    /// One sentence in each language, with this word in the English one, and not a byte changed.
    void refused(const std::string& line, const std::string& word, int code = 1) const {
        const auto before = everything();
        const auto english = run(line + " --lang en");
        INFO(line << "\n" << english.err);
        CHECK(english.code == code);
        CHECK(test::is_one_sentence(english.err));
        CHECK(english.err.find(word) != std::string::npos);
        CHECK(english.out.empty());
        const auto spanish = run(line + " --lang es");
        CHECK(spanish.code == code);
        CHECK(spanish.err != english.err);
        CHECK(everything() == before);
    }
    [[nodiscard]] std::string device() const {
        const auto opened = open(store::ByWords{1, &*old_words});
        REQUIRE(opened);
        return opened->store->device().enrolment()->device;
    }
};

const std::string plain(recover);
const std::string export_sealed =
    "amparo device export --sealed --state demo/kiosk -i demo/keys/coordinator.identity --to out";

}  // namespace

TEST_CASE("Where the first page and every key slot are lost the records come out, and the device gets new words") {
    for (const bool without_salt_file : {false, true}) {
        const Lost lost;
        lost.lose({"slots.bin", "slots-copy.bin"});
        if (without_salt_file) lost.lose({"amparo-salt.bin"});
        lost.zero_first_page();
        lost.refused(plain, "--repair");
        fs::create_directory(lost.path() / "out");
        fs::copy(lost.path() / "demo/kiosk", lost.path() / "other", fs::copy_options::recursive);
        const auto out = lost.good(
            "amparo device export --sealed --repair --state other -i demo/keys/coordinator.identity --to out");
        CHECK(out.err.find("3 sealed records are out") != std::string::npos);
        const auto ran = lost.good(plain + " --repair");
        CHECK(ran.err.find("3 sealed records are safe") != std::string::npos);
        REQUIRE(is_passphrase(ran.out));
        const auto words = Demo::words_of(ran.out);
        lost.opens(store::ByWords{0, &words});
    }
}

TEST_CASE("A database that is gone or empty is not called a kiosk that was never set up, and nothing replaces it") {
    const Lost lost;
    fs::create_directory(lost.path() / "out");
    const auto whole = lost.read("demo/kiosk/amparo.db");
    const auto refused_always = [&](const std::string& first, const std::string& repaired) {
        lost.refused(plain, first);
        lost.refused(plain + " --repair", repaired);
        lost.refused(export_sealed + " --repair", repaired);
        CHECK(fs::is_empty(lost.path() / "out"));
    };
    const std::string gone = "gone, emptied, or damaged throughout";
    lost.lose({"amparo.db"});
    refused_always(gone, gone);
    lost.keep("amparo.db", "");
    refused_always("--repair", gone);
    lost.keep("amparo.db", whole.substr(0, page));
    refused_always("--repair", gone);
    const std::string nothing = "Nothing in the database";
    lost.keep("amparo.db", std::string(whole.size(), '\0'));
    refused_always(nothing, nothing);
    lost.keep("amparo.db", std::string(whole.size(), 'x'));
    refused_always(nothing, nothing);
    lost.keep("amparo.db", whole);
    CHECK(is_passphrase(lost.good(plain).out));
}

TEST_CASE("A pipe, a link or a folder in place of the recovery file is called so, and is not waited for") {
    const Lost lost;
    const auto file = lost.path() / "demo/kiosk/recovery.age";
    fs::rename(file, lost.path() / "good.age");
    const std::string odd = "a link, a pipe or no file";
    REQUIRE(mkfifo(file.c_str(), 0600) == 0);
    lost.refused(plain, odd);
    fs::remove(file);
    fs::create_symlink(lost.path() / "good.age", file);
    lost.refused(plain, odd);
    fs::remove(file);
    fs::create_directory(file);
    lost.refused(plain, odd);
    fs::remove(file);
    lost.refused(plain, "There is no");
    lost.keep("recovery.age", std::string(70'000, 'x'));
    lost.refused(plain, "larger than any recovery file");
    fs::rename(lost.path() / "good.age", file);
    CHECK(lost.run(plain).code == 0);
}

TEST_CASE("A device's number is the same in capitals") {
    const Lost lost;
    const auto device = lost.device();
    auto capitals = device;
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    REQUIRE(capitals != device);
    const auto before = lost.run(plain + " --device " + std::string(32, 'A'));
    CHECK(before.code == 1);
    CHECK(before.err.find("not the one you named") != std::string::npos);
    CHECK(is_passphrase(lost.good(plain + " --device " + capitals).out));

    fs::create_directory(lost.path() / "out");
    lost.good(
        "amparo device export --state demo/kiosk -i demo/keys/coordinator.identity --yes --to out "
        "--deployment demo/keys/deployment.pub");
    const std::string book = " --casebook demo/casebook/cases.db";
    (void)lost.run("amparo import out/b-*.age" + book);
    const auto some = capitals.substr(0, 8);
    const auto audit = lost.run("amparo deployment device audit demo --device " + capitals);
    CHECK(audit.out == lost.run("amparo deployment device audit demo --device " + device).out);
    CHECK_FALSE(audit.out.empty());
    CHECK(lost.run("amparo deployment device revoke demo --yes " + some).out.find(device) != std::string::npos);
    CHECK(lost.run("amparo deployment device revoke demo --yes --undo " + capitals).code == 0);
    const auto devices = lost.run("amparo deployment device list demo --json").out;
    CHECK(devices.find(capitals) == std::string::npos);  // the device itself, and no second one
}

TEST_CASE("An option given empty is refused and never taken for one that was left out") {
    const Lost lost;
    for (const auto& line :
         {plain + " --device \"\"", plain + " --bundle \"\"", plain + " --key-file \"\"",
          std::string(
              "amparo device recover --yes --state demo/kiosk --casebook demo/casebook/cases.db --deployment \"\""),
          std::string("amparo device recover --yes --state demo/kiosk --deployment demo/keys/deployment.pub -i \"\""),
          std::string("amparo deployment device audit demo --device \"\""),
          std::string("amparo cases confirm-withdrawal x --device= --casebook demo/casebook/cases.db")})
        lost.refused(line, "without a value", 64);
    CHECK(lost.run("amparo form eval 1 --self \"\"").err.find("without a value") == std::string::npos);
}

TEST_CASE("A key or a casebook out of the device's own folder does not vouch for it") {
    const Lost lost;
    const std::string line = "amparo device recover --yes --state demo/kiosk -i demo/keys/coordinator.identity ";
    const std::string own = "comes out of the kiosk";
    lost.keep("deployment.pub", lost.read("demo/keys/deployment.pub"));
    fs::create_symlink(lost.path() / "demo/kiosk", lost.path() / "way");
    fs::create_symlink(lost.path() / "demo/kiosk/deployment.pub", lost.path() / "link.pub");
    for (const auto* file :
         {"demo/kiosk/deployment.pub", "demo/keys/../kiosk/deployment.pub", "way/deployment.pub", "link.pub"})
        lost.refused(line + "--deployment " + file, own);
    fs::remove(lost.path() / "demo/kiosk/deployment.pub");
    fs::create_hard_link(lost.path() / "demo/keys/deployment.pub", lost.path() / "demo/kiosk/x");
    lost.refused(line + "--deployment demo/keys/deployment.pub", own);
    fs::remove(lost.path() / "demo/kiosk/x");
    for (const auto* name : {"cases.db", "cases.db.key.age"})
        if (lost.has(std::string("demo/casebook/") + name))
            fs::copy_file(lost.path() / "demo/casebook" / name, lost.path() / "demo/kiosk" / name);
    REQUIRE(lost.has("demo/kiosk/cases.db"));
    lost.refused(line + "--casebook demo/kiosk/cases.db", own);
    CHECK(is_passphrase(lost.good(line + "--deployment demo/keys/deployment.pub").out));
}

TEST_CASE("Another program's kiosk of an older version is refused before it is brought up to date") {
    const Lost lost;
    lost.take_programme("other", "Otra");
    {
        const auto held = lost.folder();
        auto unlocked = store::unlock(ready(), held, store::ByWords{1, &*lost.old_words});
        REQUIRE(unlocked);
        auto key = unlocked->store->device().key();
        const auto enrolment = unlocked->store->device().enrolment();
        REQUIRE((key && enrolment));
        unlocked->store.reset();
        fs::remove(held.database());
        support::make_store_of_version_1(ready(), held.database(), unlocked->key, [&](store::Store& made) {
            REQUIRE(made.device().keep_key(*key));
            REQUIRE(made.device().enrol(*enrolment));
        });
    }
    lost.refused(
        "amparo device recover --state demo/kiosk -i demo/keys/coordinator.identity --yes --deployment "
        "other/keys/deployment.pub",
        "another program");
    CHECK(is_passphrase(lost.good(plain).out));
}

TEST_CASE("Where the bundle is lost, one older than the device knows of is refused, and nothing is changed") {
    const Lost lost;
    {
        const auto opened = lost.open(store::ByWords{1, &*lost.old_words});
        REQUIRE(opened);
        REQUIRE(opened->store->bundle().install(2, test::bytes("lost")));
    }
    lost.change_store("DELETE FROM value WHERE name = 'bundle.bytes'");
    fs::create_directory(lost.path() / "out");
    const std::string older = " --bundle demo/bundle-1.amparo";
    lost.refused(plain + older, "1");
    CHECK(lost.run(plain + older + " --lang en").err.find("older than bundle 2") != std::string::npos);
    const auto exported = lost.run(
        "amparo device export --state demo/kiosk -i demo/keys/coordinator.identity --yes --to out "
        "--deployment demo/keys/deployment.pub --lang en" +
        older);
    CHECK(exported.code == 1);
    CHECK(exported.err.find("older than bundle 2") != std::string::npos);
    CHECK(fs::is_empty(lost.path() / "out"));
}

TEST_CASE("Where the bundle is lost, what the device remembers of it says to whom everything is sealed") {
    const Lost lost;
    lost.change_store("DELETE FROM value WHERE name = 'bundle.bytes'");
    const auto ran = lost.good(plain + " --lang en");
    CHECK(ran.err.find("which it remembers") != std::string::npos);
    CHECK(lost.run("amparo age open -i demo/keys/recovery.identity demo/kiosk/recovery.age").code == 0);
}

TEST_CASE("A programme's key behind a link that somebody else could turn round is refused") {
    const Lost lost;
    const auto open = lost.path() / "open";
    fs::create_directory(open);
    fs::create_directory_symlink(lost.path() / "demo/keys", open / "link");
    const std::string line =
        "amparo device recover --state demo/kiosk -i demo/keys/coordinator.identity --yes --deployment "
        "open/link/deployment.pub";
    fs::permissions(open, fs::perms::all);
    lost.refused(line, "Others can put another file");
    fs::permissions(open, fs::perms::owner_all);
    CHECK(is_passphrase(lost.good(line).out));
}
