// Whose device this is: the programme's key lies outside the data folder, and what lies in the folder is held against
// it.
#include <sys/stat.h>
#include <unistd.h>

#include <map>

#include "app/device/programme_key.hpp"
#include "crypto/random.hpp"
#include "tests/kiosk/support.hpp"
#include "tests/support/old_store.hpp"
#include "tests/support/slow_clock.hpp"

using namespace test;
using app::device::ProgrammeError;
using session::DeviceError;

namespace {

crypto::DeploymentPublicKey other_programme() {
    const auto key = crypto::DeploymentSecretKey::generate(ready());
    REQUIRE(key);
    return key->public_key();
}

std::map<std::string, std::string> files_of(const Deployment& deployment) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(deployment.state()))
        files[entry.path().filename().string()] = read(entry.path());
    return files;
}

DeviceError error_with(const Deployment& deployment, const crypto::DeploymentPublicKey& programme) {
    auto places = deployment.places();
    places.programme = programme;
    const auto device = kiosk::Device::unlock(ready(), places, std::nullopt, today());
    REQUIRE_FALSE(device);
    return device.error();
}

/// What the device has, to be laid into another store.
struct Taken {
    store::Enrolment enrolment;
    std::uint64_t sequence;
    crypto::Bytes bundle;
    crypto::DeviceSecretKey key;
};
Taken take(const Deployment& deployment) {
    auto device = deployment.open();
    auto key = device.store->device().key();
    auto bundle = device.store->bundle().installed();
    REQUIRE((key && bundle));
    return {device.enrolment, bundle->sequence, bundle->bytes, std::move(*key)};
}
void lay(const Deployment& deployment, const Taken& taken) {
    const auto folder = store::StateFolder::open(deployment.state());
    REQUIRE(folder);
    const auto made = deployment.start_anew(*folder);
    REQUIRE(made->device().keep_key(taken.key));
    REQUIRE(made->device().enrol(taken.enrolment));
    REQUIRE(made->bundle().install(taken.sequence, taken.bundle));
}

struct KeyFile : Deployment {
    KeyFile() : file(path() / "programme.pub") { put(pinned().to_text()); }
    void put(std::string_view text) const {
        fs::remove_all(file);
        write(file, text);
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    }
    [[nodiscard]] ProgrammeError error() const {
        const auto key = app::device::read_programme_key(file, state());
        REQUIRE_FALSE(key);
        return key.error();
    }
    fs::path file;
};

}  // namespace

TEST_CASE("With the key of its programme the device opens as ever") {
    const Deployment deployment;
    auto places = deployment.places();
    places.programme = deployment.pinned();
    CHECK(kiosk::Device::unlock(ready(), places, std::nullopt, today()));
    CHECK(kiosk::Device::unlock(ready(), places, deployment.words(), today()));
}

TEST_CASE("A data folder of another programme is refused with any key that opens it, and nothing in it is written") {
    const Deployment deployment;
    const auto before = files_of(deployment);
    CHECK(error_with(deployment, other_programme()) == DeviceError::OtherProgramme);
    auto places = deployment.places();
    places.programme = other_programme();
    CHECK(kiosk::Device::unlock(ready(), places, deployment.words(), today()).error() == DeviceError::OtherProgramme);
    CHECK(files_of(deployment) == before);
}

TEST_CASE("Another programme's device that wrong PINs have locked stays locked") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        const store::Now now{today()};
        for (std::uint32_t number = 100; number < 130 && !*device.store->people().device_locked(); ++number)
            REQUIRE(device.store->people().sign_in({number}, secret("000000"), now));
        REQUIRE(*device.store->people().device_locked());
    }
    CHECK(error_with(deployment, other_programme()) == DeviceError::OtherProgramme);
    const auto before = files_of(deployment);
    CHECK(error_with(deployment, other_programme()) == DeviceError::OtherProgramme);
    CHECK(files_of(deployment) == before);
}

TEST_CASE("An enrolment that names this programme without its signature is another programme's") {
    const Deployment deployment;
    auto taken = take(deployment);
    const auto mine = other_programme();
    taken.enrolment.deployment_key = mine.to_text();
    lay(deployment, taken);
    CHECK(error_with(deployment, mine) == DeviceError::OtherProgramme);
    CHECK(deployment.error() == DeviceError::Certificate);
}

TEST_CASE("A certificate copied into a store with another signing key is no certificate of that device") {
    const Deployment deployment;
    auto taken = take(deployment);
    const auto programme = *crypto::DeploymentPublicKey::parse(taken.enrolment.deployment_key);
    auto other = crypto::DeviceSecretKey::generate(ready());
    REQUIRE(other);
    taken.key = std::move(*other);
    lay(deployment, taken);
    CHECK(error_with(deployment, programme) == DeviceError::Certificate);
    CHECK(deployment.error() == DeviceError::Certificate);
}

TEST_CASE("One device's enrolment and key in another device's folder is refused") {
    const Deployment deployment;
    const Deployment thief;
    const auto taken = take(deployment);
    const auto programme = *crypto::DeploymentPublicKey::parse(taken.enrolment.deployment_key);
    // Both are copies of one demo: the folder gets a number of its own first.
    {
        const auto folder = store::StateFolder::open(thief.state());
        REQUIRE(folder);
        for (const auto name : {store::database_file, store::slots_file, store::slots_copy_file})
            fs::remove(folder->path() / name);
        crypto::DeviceId number{};
        crypto::random_fill(ready(), number);
        auto made = store::create_device(ready(), *folder, number, test::slow_clock());
        REQUIRE(made);
        const auto key = store::add_key_file(ready(), *folder, *made, 0);
        REQUIRE(key);
        write(thief.places().device_key, crypto::as_text(key->to_text(ready())->view()));
        REQUIRE(made->store->device().keep_key(taken.key));
        REQUIRE(made->store->device().enrol(taken.enrolment));
        REQUIRE(made->store->bundle().install(taken.sequence, taken.bundle));
    }
    CHECK(error_with(thief, programme) == DeviceError::Certificate);
    CHECK(thief.error() == DeviceError::Certificate);
}

TEST_CASE("A file with the programme's key is read only where nobody else could have put or changed it") {
    const KeyFile key;
    REQUIRE(app::device::read_programme_key(key.file, key.state()));
    CHECK(**app::device::read_programme_key(key.file, key.state()) == key.pinned());

    fs::permissions(key.file, fs::perms::group_write, fs::perm_options::add);
    CHECK(key.error() == ProgrammeError::Writable);
    fs::permissions(key.file, fs::perms::group_write, fs::perm_options::remove);
    fs::permissions(key.file, fs::perms::others_write, fs::perm_options::add);
    CHECK(key.error() == ProgrammeError::Writable);
    key.put(key.pinned().to_text());
    fs::permissions(key.path(), fs::perms::others_write, fs::perm_options::add);
    CHECK(key.error() == ProgrammeError::Writable);
    fs::permissions(key.path(), fs::perms::others_write, fs::perm_options::remove);
    if (geteuid() == 0) {
        REQUIRE(chown(key.file.c_str(), 65534, 65534) == 0);
        CHECK(key.error() == ProgrammeError::Foreign);
    }
    key.put("");
    CHECK(key.error() == ProgrammeError::Malformed);
    key.put(key.pinned().to_text() + "x");
    CHECK(key.error() == ProgrammeError::Malformed);
    key.put(std::string(1U << 20U, 'x'));
    CHECK(key.error() == ProgrammeError::Malformed);
    fs::remove(key.file);
    CHECK(key.error() == ProgrammeError::Missing);
    fs::create_directory(key.file);
    CHECK(key.error() == ProgrammeError::NotPlain);
    fs::remove(key.file);
    REQUIRE(mkfifo(key.file.c_str(), 0600) == 0);
    CHECK(key.error() == ProgrammeError::NotPlain);
    fs::remove(key.file);
    fs::create_symlink(key.path() / "keys" / "deployment.pub", key.file);
    CHECK(key.error() == ProgrammeError::NotPlain);
    fs::remove(key.file);
    fs::create_symlink("/nowhere", key.file);
    CHECK(key.error() == ProgrammeError::NotPlain);
}

TEST_CASE("A file with the programme's key is not read below a folder in which others can put another one") {
    const KeyFile key;
    const auto outer = key.path() / "outer";
    const auto file = outer / "inner" / "deployment.pub";
    fs::create_directories(file.parent_path());
    write(file, key.pinned().to_text());
    REQUIRE(app::device::read_programme_key(file, key.state()));
    fs::permissions(outer, fs::perms::others_write, fs::perm_options::add);
    CHECK(app::device::read_programme_key(file, key.state()).error() == ProgrammeError::Writable);
    fs::permissions(outer, fs::perms::sticky_bit, fs::perm_options::add);
    CHECK(app::device::read_programme_key(file, key.state()));
    fs::permissions(outer, fs::perms::others_write | fs::perms::sticky_bit, fs::perm_options::remove);
    if (geteuid() != 0) return;
    REQUIRE(chown(outer.c_str(), 65534, 65534) == 0);
    CHECK(app::device::read_programme_key(file, key.state()).error() == ProgrammeError::Writable);
    fs::create_symlink(outer / "inner", key.path() / "way");
    CHECK(app::device::read_programme_key(key.path() / "way" / "deployment.pub", key.state()).error() ==
          ProgrammeError::Writable);
}

TEST_CASE("The default file has to be root's, in a folder of root's") {
    const KeyFile key;
    if (geteuid() != 0) SKIP("only root can give a file away");
    CHECK(app::device::read_programme_file(key.file, true, key.state()));
    fs::permissions(key.path(), fs::perms::group_write, fs::perm_options::add);
    CHECK(app::device::read_programme_file(key.file, true, key.state()).error() == ProgrammeError::Writable);
    fs::permissions(key.path(), fs::perms::group_write, fs::perm_options::remove);
    REQUIRE(chown(key.path().c_str(), 65534, 65534) == 0);
    CHECK(app::device::read_programme_file(key.file, true, key.state()).error() == ProgrammeError::Writable);
    REQUIRE(chown(key.path().c_str(), 0, 0) == 0);
    REQUIRE(chown(key.file.c_str(), 65534, 65534) == 0);
    CHECK(app::device::read_programme_file(key.file, true, key.state()).error() == ProgrammeError::Foreign);
}

TEST_CASE("A key that lies in the data folder it is to vouch for is refused, by whatever name it is found") {
    const KeyFile key;
    const auto inside = [&](const fs::path& file, const fs::path& state) {
        INFO(file << " for " << state);
        const auto read = app::device::read_programme_key(file, state);
        REQUIRE_FALSE(read);
        CHECK(read.error() == ProgrammeError::Inside);
    };
    const auto below = key.state() / "below";
    fs::create_directory(below);
    const auto way = key.path() / "way";
    fs::create_symlink(key.state(), way);
    fs::create_symlink(below, key.path() / "deep");
    for (const auto& folder : {key.state(), below}) {
        write(folder / "programme.pub", key.pinned().to_text());
        fs::permissions(folder / "programme.pub", fs::perms::owner_read | fs::perms::owner_write);
    }
    for (const auto& state : {key.state(), way, key.state() / "below" / "..", fs::path(key.state().string() + "/")}) {
        inside(key.state() / "programme.pub", state);
        inside(below / "programme.pub", state);
        inside(way / "programme.pub", state);
        inside(way / "below" / "programme.pub", state);
        inside(key.path() / "deep" / "programme.pub", state);
        inside(key.path() / "keys" / ".." / "kiosk" / "programme.pub", state);
        CHECK(app::device::read_programme_key(key.file, state));
    }
    fs::create_hard_link(key.file, key.path() / "second.pub");
    CHECK(app::device::read_programme_key(key.file, key.state()));
    fs::create_hard_link(key.file, below / "third.pub");
    inside(key.file, key.state());
    fs::remove(below / "third.pub");
    CHECK(app::device::read_programme_key(key.file, key.state()));
    CHECK(app::device::read_programme_key(key.file, key.path() / "nowhere"));
    if (geteuid() == 0)
        CHECK(app::device::read_programme_file(key.state() / "programme.pub", true, key.state()).error() ==
              ProgrammeError::Inside);
}

TEST_CASE("A key in the data folder, and an option given empty, stop the program with one sentence") {
    const KeyFile key;
    const auto planted = key.state() / "deployment.pub";
    write(planted, key.pinned().to_text());
    const auto before = files_of(key);
    struct Line {
        std::string words;
        int code;
        std::string named;
    };
    for (const auto& line : {Line{"--deployment '" + planted.string() + "'", 78, planted.string()},
                             Line{"--deployment ''", 64, "--deployment"}, Line{"--deployment=", 64, "--deployment"},
                             Line{"--fonts ''", 64, "--fonts"}, Line{"--outbox ''", 64, "--outbox"}})
        for (const std::string language : {"en", "es"}) {
            const auto ran = key.drive_kiosk("--headless --measure --lang " + language + " " + line.words);
            INFO(line.words << "\n" << ran.err);
            CHECK(ran.code == line.code);
            CHECK(ran.out.empty());
            CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
            CHECK(ran.err.find(line.named) != std::string::npos);
        }
    CHECK(files_of(key) == before);
}

TEST_CASE("Another programme's store of an older version is refused before it is brought up to date") {
    const Deployment deployment;
    const auto taken = take(deployment);
    {
        auto device = deployment.open();
        const auto key = std::move(device.key);
        device.store.reset();
        fs::remove(device.folder.database());
        support::make_store_of_version_1(ready(), device.folder.database(), key, [&](store::Store& old) {
            REQUIRE(old.device().keep_key(taken.key));
            REQUIRE(old.device().enrol(taken.enrolment));
            REQUIRE(old.bundle().install(taken.sequence, taken.bundle));
        });
    }
    const auto copy = read(deployment.state() / store::slots_copy_file);
    write(deployment.state() / store::slots_copy_file, "x");  // to be mended
    const auto before = files_of(deployment);
    CHECK(error_with(deployment, other_programme()) == DeviceError::OtherProgramme);
    CHECK(files_of(deployment) == before);
    CHECK(deployment.open().bundle);
    CHECK(read(deployment.state() / store::slots_copy_file).size() == copy.size());
}

TEST_CASE("A key file that cannot be relied on stops the program with one sentence, before anything is opened") {
    const KeyFile key;
    const auto before = files_of(key);
    const auto refused = [&] {
        for (const std::string language : {"en", "es"}) {
            const auto ran = key.drive_kiosk("--headless --measure --lang " + language + " --deployment '" +
                                             key.file.string() + "'");
            INFO(ran.err);
            CHECK(ran.code == 78);
            CHECK(ran.out.empty());
            CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
            CHECK(ran.err.find(key.file.string()) != std::string::npos);
        }
    };
    fs::permissions(key.file, fs::perms::others_write, fs::perm_options::add);
    refused();
    key.put("x");
    refused();
    fs::remove(key.file);
    refused();
    REQUIRE(mkfifo(key.file.c_str(), 0600) == 0);
    refused();
    CHECK(files_of(key) == before);
}

TEST_CASE("The real program with another programme's key says so in words, and signs nobody in") {
    const KeyFile key;
    key.put(other_programme().to_text());
    write(key.path() / "refused.journey", "wait problem.title\nexpect problem.words.value\n");
    const auto before = files_of(key);
    const auto ran = key.drive_kiosk("--headless --tour '" + (key.path() / "refused.journey").string() +
                                     "' --deployment '" + key.file.string() + "'");
    INFO(ran.err);
    CHECK(ran.code == 0);
    CHECK(files_of(key) == before);
}

TEST_CASE("A link to the key's folder that somebody else could turn round is no way to it") {
    const KeyFile key;
    const auto open = key.path() / "open";
    const auto shut = key.path() / "shut";
    for (const auto& folder : {open, shut}) {
        fs::create_directory(folder);
        fs::create_directory_symlink(key.path(), folder / "link");
        fs::create_directory_symlink("../open/link", folder / "far");
        fs::create_directory_symlink("../shut/link", folder / "near");
    }
    fs::permissions(open, fs::perms::all);
    fs::permissions(shut, fs::perms::owner_all);
    const auto reads = [&](const fs::path& way) {
        return app::device::read_programme_key(way / key.file.filename(), key.state()).has_value();
    };
    CHECK(reads(key.path()));
    CHECK(reads(shut / "link"));
    CHECK(reads(shut / "near"));
    CHECK(reads(shut / ".." / "shut" / "near" / "."));
    for (const auto& way : {open / "link", open / "near", shut / "far", open / "..", shut / "far" / "shut" / "link"}) {
        INFO(way.string());
        const auto read = app::device::read_programme_key(way / key.file.filename(), key.state());
        REQUIRE_FALSE(read);
        CHECK(read.error() == ProgrammeError::Writable);
    }
    fs::permissions(open, fs::perms::all | fs::perms::sticky_bit);  // as /tmp: the link is ours
    CHECK(reads(open / "link"));
    fs::create_directory_symlink("round", shut / "round");
    CHECK_FALSE(reads(shut / "round"));
}
