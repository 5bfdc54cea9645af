// Which key file opens the device when several sticks are plugged in, and what is no key file at all.
#include <sys/stat.h>
#include <unistd.h>

#include "tests/kiosk/support.hpp"

using namespace test;
using app::device::find_key_file;
using session::DeviceError;

namespace {

/// The key file of some other device, whole in itself.
void write_other_key(const fs::path& file, std::byte mark) {
    auto slots = crypto::Slots::create(ready(), crypto::DeviceId{mark});
    REQUIRE(slots);
    const auto key = slots->set_key_file(ready(), 0, secret(std::string(32, 'k')));
    REQUIRE(key);
    const auto text = key->to_text(ready());
    REQUIRE(text);
    write(file, crypto::as_text(text->view()));
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

struct Sticks : Deployment {
    Sticks() {
        for (const auto* name : {"a", "b", "c"}) fs::create_directory(path() / name);
        paths = {path() / "a" / "amparo-device.key", path() / "b" / "amparo-device.key",
                 path() / "c" / "amparo-device.key"};
    }
    [[nodiscard]] tl::expected<app::device::FoundKey, DeviceError> find() const {
        const auto folder = store::StateFolder::open(state());
        REQUIRE(folder);
        const auto slots = folder->read_slots();
        REQUIRE(slots);
        return find_key_file(ready(), paths, slots->device(),
                             [&](const crypto::KeyFile& file) -> tl::expected<bool, DeviceError> {
                                 return slots->unlock_key_file(ready(), file).has_value();
                             });
    }
    std::vector<fs::path> paths;
};

}  // namespace

TEST_CASE("Of several sticks the one that opens the device wins, wherever it is plugged in") {
    for (std::size_t own = 0; own < 3; ++own) {
        const Sticks sticks;
        for (std::size_t i = 0; i < 3; ++i) write_other_key(sticks.paths[i], std::byte(i + 1));
        fs::copy_file(sticks.places().device_key, sticks.paths[own], fs::copy_options::overwrite_existing);
        CHECK(sticks.find());
    }
}

TEST_CASE("Sticks with nothing but other devices' keys are said to be that") {
    const Sticks sticks;
    CHECK(sticks.find().error() == DeviceError::NeedKey);
    write_other_key(sticks.paths[1], std::byte{1});
    CHECK(sticks.find().error() == DeviceError::OtherKeys);
    write_other_key(sticks.paths[2], std::byte{2});
    CHECK(sticks.find().error() == DeviceError::OtherKeys);
    write(sticks.paths[0], "not a key file\n");
    CHECK(sticks.find().error() == DeviceError::WrongKey);
}

TEST_CASE("A key that forges this device's number does not stand in the way of the real one") {
    const Sticks sticks;
    auto forged = read(sticks.places().device_key);
    const auto end = forged.find_last_not_of('\n');
    forged[end - 3] = forged[end - 3] == 'A' ? 'B' : 'A';
    write(sticks.paths[0], forged);
    fs::copy_file(sticks.places().device_key, sticks.paths[2]);
    CHECK(sticks.find());
}

TEST_CASE("Pipes, folders, links and endless files that are called like a key are passed over without waiting") {
    const Sticks sticks;
    REQUIRE(mkfifo(sticks.paths[0].c_str(), 0600) == 0);
    fs::create_directory(sticks.paths[1]);
    CHECK(sticks.find().error() == DeviceError::NeedKey);
    fs::copy_file(sticks.places().device_key, sticks.paths[2]);
    CHECK(sticks.find());
    fs::remove(sticks.paths[2]);
    fs::create_symlink("/dev/zero", sticks.paths[2]);
    CHECK(sticks.find().error() == DeviceError::NeedKey);
}

TEST_CASE("A pipe that is named as the key file is no key, and nobody waits for it") {
    const Deployment deployment;
    fs::remove(deployment.places().device_key);
    REQUIRE(mkfifo(deployment.places().device_key.c_str(), 0600) == 0);
    CHECK(deployment.error() == DeviceError::NeedKey);
}

TEST_CASE("A key file that others can read opens the device, and that is said") {
    const Deployment deployment;
    CHECK_FALSE(deployment.open().setup(today())->key_open);
    fs::permissions(deployment.places().device_key, fs::perms::others_read, fs::perm_options::add);
    CHECK(deployment.open().setup(today())->key_open);
}

TEST_CASE("A key whose slot is damaged on both copies opens nothing, and which one is said") {
    const Deployment deployment;
    const auto good = read(deployment.state() / store::slots_file);
    auto damaged = good;
    damaged[33 + 88 + 40] = static_cast<char>(damaged[33 + 88 + 40] ^ 1);  // the words of slot 2
    write(deployment.state() / store::slots_file, damaged);
    CHECK(deployment.open().setup(today())->keys_lost.empty());
    CHECK(read(deployment.state() / store::slots_file) == good);
    for (const auto name : {store::slots_file, store::slots_copy_file}) write(deployment.state() / name, damaged);
    CHECK(deployment.open().setup(today())->keys_lost == std::vector<std::size_t>{1});
}

TEST_CASE("A recovery file that is damaged is made anew when the device is opened") {
    const Deployment deployment;
    const auto file = deployment.state() / store::recovery_file;
    (void)deployment.open();
    auto damaged = read(file);
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    write(file, damaged);
    (void)deployment.open();
    CHECK(read(file) != damaged);
    const auto identity = deployment.path() / "keys" / "recovery.identity";
    CHECK(deployment.run_amparo("age open -i '" + identity.string() + "' '" + file.string() + "'").code == 0);
}

TEST_CASE("A data folder that others could use is closed to them, and that is said") {
    const Deployment deployment;
    CHECK_FALSE(deployment.open().setup(today())->folder_was_open);
    fs::permissions(deployment.state(), fs::perms::all);
    fs::permissions(deployment.state() / store::database_file, fs::perms::all);
    CHECK(deployment.open().setup(today())->folder_was_open);
    CHECK(fs::status(deployment.state()).permissions() == fs::perms::owner_all);
    CHECK_FALSE(deployment.open().setup(today())->folder_was_open);
}

TEST_CASE("A data folder of another user and a link in place of a file are told apart from damage") {
    const Deployment deployment;
    const auto database = deployment.state() / store::database_file;
    fs::rename(database, deployment.path() / "moved.db");
    fs::create_symlink(deployment.path() / "moved.db", database);
    CHECK(deployment.error() == DeviceError::StateOdd);
    fs::remove(database);
    fs::rename(deployment.path() / "moved.db", database);
    fs::create_directory_symlink(deployment.path(), deployment.path() / "way");
    auto places = deployment.places();
    places.state = deployment.path() / "way" / "kiosk";
    CHECK(kiosk::Device::unlock(ready(), places, std::nullopt, today()));
    if (geteuid() != 0) return;
    REQUIRE(chown(database.c_str(), 65534, 65534) == 0);
    CHECK(deployment.error() == DeviceError::StateForeign);
}
