// Whose device is it? What vouches for it comes from the coordinator's side: a folder that vouches for itself, in
// whatever mixture of genuine and foreign parts, is refused, and not a byte of it is changed.
#include <map>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/device/audit.hpp"
#include "app/device/keys.hpp"
#include "app/exchange/audit.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/open/audit_open.hpp"
#include "crypto/random.hpp"
#include "tests/cli/demo.hpp"
#include "tests/support/damage.hpp"
#include "tests/support/slow_clock.hpp"

using test::bytes;
using test::Demo;
using test::is_passphrase;
using test::ready;
namespace store = app::store;
namespace exchange = app::exchange;
namespace fs = std::filesystem;

namespace {

const std::string by_key = " --deployment demo/keys/deployment.pub";
const std::string by_casebook = " --casebook demo/casebook/cases.db";
const std::string recover_it = "amparo device recover --state found -i demo/keys/coordinator.identity --yes --slot 2";

/// What a store is made of; each part genuine or somebody else's.
struct Parts {
    crypto::DeviceId number{};
    store::Enrolment enrolment;
    crypto::DeviceSecretKey key;
    std::uint64_t sequence = 0;
    crypto::Bytes bundle;
};

/// A coordinator with a device, and somebody with a programme of their own.
struct Two : Demo {
    Two() { take_programme("thief", "Ladrones"); }

    /// Of the demo deployment in `name`, out of its store.
    [[nodiscard]] Parts parts(const std::string& name) const {
        const auto held = store::StateFolder::open(path() / name / "kiosk");
        REQUIRE(held);
        const auto words = words_of(read(name + "/device-words-2.txt"));
        auto device = store::unlock(ready(), *held, store::ByWords{1, &words});
        REQUIRE(device);
        auto key = device->store->device().key();
        const auto bundle = device->store->bundle().installed();
        REQUIRE((key && bundle));
        return {device->slots.device(), *device->store->device().enrolment(), std::move(*key), bundle->sequence,
                bundle->bytes};
    }
    [[nodiscard]] crypto::Recipient coordinator() const { return identities("coordinator").front().recipient(); }

    /// A folder that opens with the victim coordinator's identity, as a thief would lay it in place of the kiosk's.
    void lay(const Parts& parts, std::optional<crypto::DeviceId> sealed_as = std::nullopt) const {
        fs::remove_all(path() / "found");
        const auto folder = store::StateFolder::create(path() / "found");
        REQUIRE(folder);
        auto made = store::create_device(ready(), *folder, parts.number, test::slow_clock());
        REQUIRE(made);
        REQUIRE(store::add_key_file(ready(), *folder, *made, 0));
        REQUIRE(made->store->device().keep_key(parts.key));
        if (!parts.enrolment.device.empty()) REQUIRE(made->store->device().enrol(parts.enrolment));
        if (!parts.bundle.empty()) REQUIRE(made->store->bundle().install(parts.sequence, parts.bundle));
        const auto recipient = coordinator();
        const auto sealed = crypto::seal_recovery(ready(), sealed_as.value_or(parts.number),
                                                  std::array{&std::as_const(made->key)}, std::span(&recipient, 1));
        REQUIRE(sealed);
        write("found/recovery.age", crypto::as_text(sealed->bytes));
        fs::permissions(path() / "found/recovery.age", fs::perms::owner_read | fs::perms::owner_write);
    }
    /// A row of the folder laid is damaged.
    void damage() const {
        const auto identity = identities("coordinator");
        support::damage_a_row(path() / "found/amparo.db", [&] {
            const auto folder = store::StateFolder::open(path() / "found");
            REQUIRE(folder);
            const auto text = crypto::open::open(ready(), *folder->read_recovery(), identity);
            REQUIRE(text);
            const auto recovery = crypto::Recovery::parse(ready(), text->view());
            REQUIRE(recovery);
            return store::unlock(ready(), *folder, *recovery).has_value();
        });
    }
    [[nodiscard]] std::map<std::string, std::string> found() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::directory_iterator(path() / "found"))
            files[entry.path().filename().string()] = read("found/" + entry.path().filename().string());
        return files;
    }
    void refused(const std::string& line, const std::string& word) const {
        const auto before = found();
        for (const std::string more : {"", " --key-file made.key", " --repair"}) {
            const auto ran = run(line + more);
            INFO(line << more << "\n" << ran.err);
            CHECK(ran.code == 1);
            CHECK(test::is_one_sentence(ran.err));
            CHECK(ran.err.find(word) != std::string::npos);
            CHECK(ran.out.empty());
            CHECK_FALSE(has("made.key"));
            CHECK(found() == before);
        }
        CHECK(run(line + " --lang es").err != run(line).err);
    }
    void refused_both_ways(const std::string& word) const {
        refused(recover_it + by_key, word);
        refused(recover_it + by_casebook, word);
    }
};

crypto::DeviceId other_number() {
    crypto::DeviceId number{};
    crypto::random_fill(ready(), number);
    return number;
}

}  // namespace

TEST_CASE("A kiosk of another programme, opened to this coordinator by whoever made it, is refused") {
    const Two two;
    two.lay(two.parts("thief"));
    two.refused_both_ways("another program");
    // The very same folder is its owner's own, by its owner's key.
    CHECK(two.run(recover_it + " --deployment thief/keys/deployment.pub").code == 0);
}

TEST_CASE("A store that names this programme over another's certificate is refused") {
    const Two two;
    auto parts = two.parts("thief");
    parts.enrolment.deployment_key = two.parts("demo").enrolment.deployment_key;
    two.lay(parts);
    two.refused_both_ways("another program");
}

TEST_CASE("A genuine certificate and bundle over another signing key are refused") {
    const Two two;
    auto parts = two.parts("demo");
    parts.key = two.parts("thief").key;
    two.lay(parts);
    two.refused_both_ways("not those of one device");
}

TEST_CASE("One device's enrolment and key under another device's number are refused") {
    const Two two;
    auto parts = two.parts("demo");
    parts.number = other_number();
    two.lay(parts);
    two.refused_both_ways("not those of one device");
}

TEST_CASE("A certificate of one device under the name of another is refused") {
    const Two two;
    auto parts = two.parts("demo");
    parts.number = other_number();
    parts.enrolment.device = crypto::to_hex(parts.number);
    two.lay(parts);
    two.refused_both_ways("not those of one device");
}

TEST_CASE("Another programme's bundle in a genuine device's store is refused") {
    const Two two;
    auto parts = two.parts("demo");
    parts.bundle = two.parts("thief").bundle;
    two.lay(parts);
    two.refused(recover_it + by_key, "was refused");
}

TEST_CASE("An older bundle than the device has known is refused") {
    const Two two;
    auto parts = two.parts("demo");
    parts.sequence = 2;  // what lies there says 1
    two.lay(parts);
    two.refused(recover_it + by_key, "older");
}

TEST_CASE("A recovery file of another device opens nothing here") {
    const Two two;
    const auto parts = two.parts("demo");
    two.lay(parts, other_number());
    two.refused(recover_it + by_key, "not those of one device");
}

TEST_CASE("Whose a damaged device is gets looked at before anything is repaired") {
    const Two two;
    two.lay(two.parts("thief"));
    two.damage();
    const auto before = two.found();
    for (const auto& line : {recover_it + by_key, recover_it + by_casebook}) {
        CHECK(two.run(line).err.find("--repair") != std::string::npos);
        const auto ran = two.run(line + " --repair");
        INFO(ran.err);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.err.find("another program") != std::string::npos);
        CHECK(two.found() == before);
    }
    // Nor is anything repaired before somebody has agreed.
    const std::string own = "amparo device recover --repair --state found -i demo/keys/coordinator.identity ";
    CHECK(two.run(own + "--deployment thief/keys/deployment.pub").code == 64);
    CHECK(two.found() == before);
    CHECK(is_passphrase(two.good(own + "--yes --deployment thief/keys/deployment.pub").out));
}

TEST_CASE("A device that is too damaged to say whose it is stays as it is, and gives its records away all the same") {
    const Two two;
    auto parts = two.parts("demo");
    parts.enrolment.device.clear();
    two.lay(parts);
    two.damage();
    const auto before = two.found();
    const auto ran = two.run(recover_it + by_key + " --repair");
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
    CHECK(ran.err.find("whose kiosk") != std::string::npos);
    CHECK(two.run(recover_it + by_key + " --repair --lang es").err.find("de quién") != std::string::npos);
    CHECK(two.found() == before);
    fs::create_directory(two.path() / "out");
    two.good("amparo device export --sealed --repair --state found -i demo/keys/coordinator.identity --to out");
}

TEST_CASE("What only looks like a newer bundle beside the casebook is passed over") {
    const Two two;
    auto parts = two.parts("demo");
    parts.bundle.clear();
    const std::string line = recover_it + by_casebook + " --device " + parts.enrolment.device;
    fs::create_directory(two.path() / "demo/bundle-12.amparo");
    two.good("mkfifo demo/bundle-11.amparo");
    two.write("demo/bundle-10.amparo", "junk");
    fs::copy_file(two.path() / "thief/bundle-1.amparo", two.path() / "demo/bundle-9.amparo");
    fs::copy_file(two.path() / "demo/bundle-1.amparo", two.path() / "demo/bundle-8.amparo");
    fs::create_symlink("nowhere", two.path() / "demo/bundle-7.amparo");
    two.lay(parts);
    const auto ran = two.good(line);
    CHECK(is_passphrase(ran.out));
    CHECK(ran.err.find("your own bundle") != std::string::npos);
    CHECK(two.run("amparo age open -i demo/keys/recovery.identity found/recovery.age").code == 0);
    fs::remove(two.path() / "demo/bundle-1.amparo");
    two.lay(parts);
    CHECK(two.good(line).err.find("sealed only to the identities given here") != std::string::npos);
}

TEST_CASE("A device that the casebook has never heard of is refused until its number is given from the papers") {
    const Two two;
    const auto parts = two.parts("demo");
    two.lay(parts);
    const auto number = parts.enrolment.device;
    two.refused(recover_it + by_casebook, number);
    two.refused(recover_it + by_casebook + " --device " + std::string(32, 'a'), number);
    two.refused(recover_it + by_key + " --device " + std::string(32, 'a'), number);
    CHECK(is_passphrase(two.good(recover_it + by_casebook + " --device " + number).out));
}

TEST_CASE("A device that the casebook knows is recovered, and one that was revoked is not") {
    const Two two;
    two.lay(two.parts("demo"));
    fs::create_directory(two.path() / "out");
    two.good("amparo device export --state demo/kiosk -i demo/keys/coordinator.identity --yes --to out" + by_key);
    // The records of this demo are no real ones, but the device and its batch are.
    CHECK(two.run("amparo import out/b-*.age" + by_casebook).out.find("3 records") != std::string::npos);
    CHECK(is_passphrase(two.good(recover_it + by_casebook).out));
    const auto identities = two.identities("coordinator");
    {
        auto book = app::casebook::sqlcipher::open(ready(), two.path() / "demo/casebook/cases.db", identities);
        REQUIRE(book);
        REQUIRE(book->revoke(two.parts("demo").enrolment.device));
    }
    two.refused(recover_it + by_casebook, "revoked");
    two.refused(recover_it + by_casebook + " --device " + two.parts("demo").enrolment.device, "revoked");
}

TEST_CASE("A casebook and a key that are not of one programme are refused before anything is opened") {
    const Two two;
    two.lay(two.parts("demo"));
    two.refused(recover_it + by_casebook + " --deployment thief/keys/deployment.pub", "different programs");
}

TEST_CASE("Whose device it is stands there before anything is done, and nothing is done until somebody agrees") {
    const Two two;
    const auto parts = two.parts("demo");
    two.lay(parts);
    const auto key = crypto::DeploymentPublicKey::parse(parts.enrolment.deployment_key);
    const auto words = exchange::deployment_words(ready(), *key);
    const auto before = two.found();
    const std::string line = "amparo device recover --state found -i demo/keys/coordinator.identity" + by_key;
    const auto asked = two.run(line);
    CHECK(asked.code == 64);
    CHECK(asked.err.find("--yes") != std::string::npos);
    CHECK(asked.out.empty());
    CHECK(two.found() == before);
    const auto done = two.good(line + " --yes");
    for (const auto& ran : {asked, done}) {
        CHECK(ran.err.find(words) != std::string::npos);
        CHECK(ran.err.find(parts.enrolment.device) != std::string::npos);
    }
    CHECK(done.err.find(words) < done.err.find("as key 1"));
}

TEST_CASE(
    "The device notes its new words as the kiosk does, for nobody who works there, and the coordinators read it") {
    const Demo demo;
    const auto words = Demo::words_of(demo.good(std::string(test::recover) + " --slot 4").out);
    const auto device = demo.open(store::ByWords{3, &words});
    REQUIRE(device);
    const auto rows = device->store->audit().rows(1);
    REQUIRE((rows && rows->size() == 1));
    CHECK(rows->front().type == static_cast<std::uint8_t>(exchange::AuditType::WordsChanged));
    const auto entry = device->store->audit().entry(rows->front().number);
    REQUIRE(entry);
    const auto expected =
        app::device::key_note(app::device::KeyChange::Replaced, 3, std::nullopt, rows->front().day).detail;
    for (const auto* who : {"coordinator", "recovery"}) {
        const auto keys = demo.identities(who);
        const auto told = exchange::open_audit(ready(), app::device::audit_name_of(entry->row), entry->sealed, keys);
        REQUIRE(told);
        CHECK(told->number == 4U);  // as people count
        CHECK(told->number == expected.number);
        CHECK_FALSE(told->worker);
        CHECK_FALSE(told->subject);
        CHECK((told->record.empty() && told->lost.empty()));
    }
}

TEST_CASE("A device whose bundle is lost is recovered for whoever is here, or for the coordinators of a bundle") {
    const Two two;
    auto parts = two.parts("demo");
    parts.bundle.clear();
    two.lay(parts);
    const auto alone = two.good(recover_it + by_key);
    CHECK(is_passphrase(alone.out));
    CHECK(alone.err.find("bundle is lost") != std::string::npos);
    CHECK(two.run("amparo age open -i demo/keys/recovery.identity found/recovery.age").code == 2);
    const auto all = two.good(recover_it + by_key + " --bundle demo/bundle-1.amparo");
    CHECK(is_passphrase(all.out));
    CHECK(two.run("amparo age open -i demo/keys/recovery.identity found/recovery.age").code == 0);
    const auto beside = two.good(recover_it + by_casebook + " --device " + parts.enrolment.device);
    CHECK(beside.err.find("your own bundle") != std::string::npos);
    CHECK(two.run("amparo age open -i demo/keys/recovery.identity found/recovery.age").code == 0);
    two.refused(recover_it + by_key + " --bundle thief/bundle-1.amparo", "was refused");
}

TEST_CASE("A store that was never set up is refused") {
    const Two two;
    auto parts = two.parts("demo");
    parts.enrolment.device.clear();
    two.lay(parts);
    two.refused_both_ways("not enrolled");
}

TEST_CASE("A folder that others could change, and one of another user, are said") {
    const Two two;
    two.lay(two.parts("demo"));
    fs::permissions(two.path() / "found", fs::perms::all);
    CHECK(two.good(recover_it + by_key).err.find("Others could see or change found") != std::string::npos);
    CHECK(fs::status(two.path() / "found").permissions() == fs::perms::owner_all);
    fs::remove(two.path() / "found/slots.bin");
    fs::remove(two.path() / "found/slots-copy.bin");
    fs::create_symlink("/nowhere", two.path() / "found/lock");
    CHECK(two.good(recover_it + by_key).code == 0);
}
