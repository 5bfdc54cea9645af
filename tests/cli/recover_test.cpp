// amparo device recover: when all words are lost the store opens by recovery, and a try that fails changes nothing.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <functional>

#include "app/exchange/audit.hpp"
#include "tests/cli/demo.hpp"
#include "tests/support/damage.hpp"

using test::bytes;
using test::Demo;
using test::is_passphrase;
using test::ready;
using test::recover;
namespace store = app::store;
namespace fs = std::filesystem;

TEST_CASE("All words lost: the store opens by recovery and no record is missing") {
    const Demo demo;
    const auto before = demo.files();
    const auto old_key = crypto::KeyFile::parse(ready(), bytes(demo.read("demo/usb/amparo-device.key")));
    REQUIRE(old_key);
    const auto ran = demo.good(std::string(recover));
    REQUIRE(is_passphrase(ran.out));
    CHECK(ran.err.find("3 sealed records") != std::string::npos);
    CHECK(ran.err.find("as key 1") != std::string::npos);
    CHECK(ran.err.find(ran.out.substr(0, ran.out.find('-'))) == std::string::npos);
    const auto words = Demo::words_of(ran.out);
    demo.opens(store::ByWords{0, &words});
    const auto refused = [&](const store::Opener& opener) { return demo.open(opener).error(); };
    CHECK(refused(store::ByWords{1, &*demo.old_words}) == store::Error::WrongKey);
    CHECK(refused(store::ByKeyFile{&*old_key, nullptr}) == store::Error::WrongKey);
    demo.write("demo/kiosk/slots.bin", before[0]);
    demo.write("demo/kiosk/slots-copy.bin", before[1]);
    CHECK(refused(store::ByWords{1, &*demo.old_words}) == store::Error::Damaged);
}

TEST_CASE("recovery works again and again, with either identity, also without any slots") {
    const Demo demo;
    for (const std::string identity : {"coordinator", "recovery", "coordinator"}) {
        fs::remove(demo.path() / "demo/kiosk/slots.bin");
        fs::remove(demo.path() / "demo/kiosk/slots-copy.bin");
        const auto ran = demo.good(
            "amparo device recover --state demo/kiosk/ --slot 8 --yes --deployment demo/keys/deployment.pub -i "
            "demo/keys/" +
            identity + ".identity");
        const auto words = Demo::words_of(ran.out);
        demo.opens(store::ByWords{7, &words});
    }
}

TEST_CASE("a key file for a USB stick is made instead of words, closed to others") {
    const Demo demo;
    const auto ran = demo.good(std::string(recover) + " --slot 3 --key-file stick.key");
    CHECK(ran.out.empty());
    CHECK(ran.err.find("stick.key") != std::string::npos);
    struct stat status {};
    REQUIRE(::stat((demo.path() / "stick.key").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto file = crypto::KeyFile::parse(ready(), bytes(demo.read("stick.key")));
    REQUIRE(file);
    CHECK(file->slot() == 2);
    demo.opens(store::ByKeyFile{&*file, nullptr});
}

TEST_CASE("whatever stops a recovery is one sentence with its exit code in both languages, and changes nothing") {
    const Demo demo;
    demo.good("amparo age keygen -o other.identity");
    demo.write("there.key", "x");
    fs::create_directory(demo.path() / "empty");
    const auto good = demo.read("demo/kiosk/recovery.age");
    const auto spoiled = [&](std::size_t at) {
        auto text = good;
        text[at] = static_cast<char>(text[at] ^ 1);
        return text;
    };
    auto other_mac = good;  // still a line of base64
    auto& letter = other_mac[good.find("\n--- ") + 10];
    letter = letter == 'A' ? 'B' : 'A';
    const auto recipient = demo.identities("coordinator").front().recipient();
    const auto foreign = [&] {
        const auto key = crypto::SecretBytes::random(ready(), crypto::database_key_size);
        const auto sealed =
            crypto::seal_recovery(ready(), crypto::DeviceId{std::byte{9}}, std::array{&*key}, std::span(&recipient, 1));
        REQUIRE(sealed);
        return std::string(crypto::as_text(sealed->bytes));
    }();
    const auto no_recovery = [&] {
        const auto sealed = crypto::seal_record(ready(), crypto::as_bytes("{}"), std::span(&recipient, 1));
        REQUIRE(sealed);
        return std::string(crypto::as_text(sealed->bytes));
    }();
    struct Case {
        std::string line;
        int code;
        std::string recovery;
    };
    const std::string tool = "amparo device recover --deployment demo/keys/deployment.pub --yes ";
    const std::string plain(recover);
    const Case cases[] = {
        {tool + "--state demo/kiosk -i other.identity", 2, good},
        {tool + "--state demo/kiosk -i nowhere", 1, good},
        {tool + "--state nowhere -i other.identity", 1, good},
        {tool + "--state empty -i other.identity", 1, good},
        {tool + "--state /sys/kernel -i other.identity", 1, good},
        {tool + "--state demo/kiosk", 64, good},
        {"amparo device recover --yes --state demo/kiosk -i demo/keys/coordinator.identity", 64, good},
        {tool + "--state demo/kiosk -i demo/keys/coordinator.identity --bundle demo/keys/receipt.pub", 1, good},
        {"amparo device recover --yes --deployment there.key --state demo/kiosk -i demo/keys/coordinator.identity", 1,
         good},
        {"amparo device recover --yes --deployment nowhere --state demo/kiosk -i demo/keys/coordinator.identity", 1,
         good},
        {tool + "-i other.identity", 64, good},
        {plain + " --slot 0", 64, good},
        {plain + " --slot 9", 64, good},
        {plain + " --slot 11", 64, good},
        {plain + " --key-file there.key", 1, good},
        {plain + " --key-file nowhere/new.key", 1, good},
        {plain, 1, ""},
        {plain, 3, good.substr(0, 40)},
        {plain, 4, other_mac},
        {plain, 5, spoiled(good.size() - 5)},
        {plain, 5, no_recovery},
        {plain, 1, foreign},
        {plain, 1, std::string(70'000, 'x')},
    };
    for (const auto& [line, code, recovery] : cases) {
        if (recovery.empty())
            fs::remove(demo.path() / "demo/kiosk/recovery.age");
        else
            demo.keep("recovery.age", recovery);
        const auto before = demo.files();
        std::string english;
        for (const auto* language : {" --lang en", " --lang es"}) {
            const auto ran = demo.run(line + language);
            INFO(line << language << "\n" << ran.err);
            CHECK(ran.code == code);
            CHECK(test::is_one_sentence(ran.err));
            CHECK(ran.err != std::exchange(english, ran.err));
            CHECK(ran.out.empty());
        }
        CHECK(demo.files() == before);
    }
    demo.keep("recovery.age", good);
    CHECK(demo.read("there.key") == "x");
    CHECK(demo.names() == std::vector<std::string>{"demo", "empty", "other.identity", "there.key"});
    demo.opens(store::ByWords{1, &*demo.old_words});
}

TEST_CASE("a database that is damaged as well is left alone, unless a repair is asked for") {
    const Demo demo;
    support::damage_a_row(demo.path() / "demo/kiosk/amparo.db", [&] {
        return demo.open(store::ByWords{1, &*demo.old_words}).has_value();
    });
    const auto damaged = demo.read("demo/kiosk/amparo.db");
    const auto left = demo.run(std::string(recover));
    CHECK(left.code == 1);
    CHECK(left.err.find("--repair") != std::string::npos);
    CHECK(demo.read("demo/kiosk/amparo.db") == damaged);

    const auto ran = demo.good(std::string(recover) + " --repair");
    REQUIRE(is_passphrase(ran.out));
    CHECK(ran.err.find("The database is repaired") != std::string::npos);
    const auto file = ran.err.find("amparo-unreadable-");
    REQUIRE(file != std::string::npos);
    CHECK(demo.read("demo/kiosk/" + ran.err.substr(file, 29)) == damaged);
    const auto words = Demo::words_of(ran.out);
    const auto opened = demo.open(store::ByWords{0, &words});
    REQUIRE(opened);
    CHECK(opened->store->records().counts()->waiting >= 2);
}

TEST_CASE("a kiosk that is running is left alone") {
    const Demo demo;
    const auto held = demo.folder();
    const auto ran = demo.run(std::string(recover));
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
    CHECK(ran.err.find("running") != std::string::npos);
}

TEST_CASE("without room for a new database the old words still open the old one") {
    const Demo demo;
    const auto before = demo.files();
    const auto ran = demo.run("ulimit -f 80; " + std::string(recover) + " --key-file stick.key");
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("not enough room") != std::string::npos);
    CHECK(demo.files()[0] == before[0]);
    CHECK(demo.files()[3] == before[3]);
    CHECK_FALSE(demo.has("stick.key"));
    demo.opens(store::ByWords{1, &*demo.old_words});
    demo.good(std::string(recover));
}

TEST_CASE("a folder that cannot be written is said, and stays as it is") {
    const Demo demo;
    // The program goes where an ordinary user can reach it, since root writes everywhere.
    std::string as_user;
    fs::copy_file(AMPARO_BIN_DIR "/amparo", demo.path() / "program");
    if (::geteuid() == 0) {
        demo.good("chown -R 65534:65534 .");
        as_user = "setpriv --reuid 65534 --regid 65534 --clear-groups ";
    }
    demo.good("chmod 500 demo/kiosk");
    const auto before = demo.files();
    const auto line = as_user + "./program" + std::string(recover).substr(std::string_view("amparo").size());
    const auto ran = demo.run(line);
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("cannot be written") != std::string::npos);
    CHECK(demo.files() == before);
    demo.good("chmod 700 demo/kiosk");
    CHECK(is_passphrase(demo.good(line).out));
}
