// The kiosk's folder: one program at a time, two copies of the slots, and a damaged database put aside.
#include "app/store/state_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/store/support.hpp"

using app::store::Error;
using app::store::StateFolder;
using test::ready;

namespace {

crypto::Slots some_slots(std::byte mark) {
    crypto::DeviceId device{};
    device[0] = mark;
    auto slots = crypto::Slots::create(ready(), device);
    REQUIRE(slots);
    return std::move(*slots);
}

}  // namespace

TEST_CASE("a state folder is created private to its owner") {
    const test::Folder temp;
    const auto path = temp.path() / "state";
    const auto folder = StateFolder::create(path);
    REQUIRE(folder);
    CHECK(test::fs::status(path).permissions() == test::fs::perms::owner_all);
}

TEST_CASE("a second program is told that the folder is in use, until the first ends") {
    const test::Folder temp;
    {
        const auto first = StateFolder::open(temp.path());
        REQUIRE(first);
        CHECK(StateFolder::open(temp.path()).error() == Error::InUse);
        const int other_program = test::in_child([&] {
            const auto second = StateFolder::open(temp.path());
            return !second && second.error() == Error::InUse ? 0 : 1;
        });
        CHECK(other_program == 0);
    }
    CHECK(StateFolder::open(temp.path()));
}

TEST_CASE("nothing that is put into the folder or taken out of it lets a second program in") {
    const test::Folder temp;
    const auto first = StateFolder::open(temp.path());
    REQUIRE(first);
    for (const auto* name : {"lock", ".lock", "amparo.db.lock"}) {
        test::fs::create_symlink("/nowhere", temp.path() / name);
        CHECK(StateFolder::open(temp.path()).error() == Error::InUse);
        test::fs::remove(temp.path() / name);
        CHECK(StateFolder::open(temp.path()).error() == Error::InUse);
    }
    const test::Folder other;
    test::fs::create_directory_symlink(temp.path(), other.path() / "link");
    CHECK(StateFolder::open(other.path() / "link").error() == Error::InUse);
}

TEST_CASE("what an older program used as a lock means nothing, whatever it is") {
    const test::Folder temp;
    test::fs::create_symlink("/nowhere", temp.path() / "lock");
    CHECK(StateFolder::open(temp.path()));
}

TEST_CASE("a folder that is reached through symbolic links is used where it really is") {
    const test::Folder temp;
    test::fs::create_directories(temp.path() / "real" / "state");
    test::fs::create_directory_symlink(temp.path() / "real", temp.path() / "above");
    test::fs::create_directory_symlink(temp.path() / "above" / "state", temp.path() / "itself");
    const auto real = test::fs::canonical(temp.path() / "real" / "state");
    for (const auto& way : {temp.path() / "above" / "state", temp.path() / "itself"}) {
        {
            const auto folder = StateFolder::open(way);
            REQUIRE(folder);
            CHECK(folder->path() == real);
            test::fs::remove(folder->database());
            REQUIRE(app::store::create_store(ready(), *folder, test::key()));
        }
        const auto folder = StateFolder::open(way);
        REQUIRE(folder);
        CHECK(app::store::open_store(ready(), *folder, test::key()));
    }
}

TEST_CASE("a folder and files that others could use are closed to them, and that is said once") {
    const test::Folder temp;
    using test::fs::perms;
    test::write_all(temp.path() / "amparo.db", {'x'});
    test::write_all(temp.path() / "recovery.age", {'x'});
    test::fs::permissions(temp.path(), perms::all);
    test::fs::permissions(temp.path() / "amparo.db", perms::owner_read | perms::owner_write | perms::others_read);
    test::fs::permissions(temp.path() / "recovery.age", perms::owner_read | perms::owner_write);
    {
        const auto folder = StateFolder::open(temp.path());
        REQUIRE(folder);
        CHECK(folder->was_open_to_others());
    }
    CHECK(test::fs::status(temp.path()).permissions() == perms::owner_all);
    CHECK(test::fs::status(temp.path() / "amparo.db").permissions() == (perms::owner_read | perms::owner_write));
    const auto again = StateFolder::open(temp.path());
    REQUIRE(again);
    CHECK_FALSE(again->was_open_to_others());
}

TEST_CASE("only one file that was open to others is mended and said as well") {
    const test::Folder temp;
    test::fs::permissions(temp.path(), test::fs::perms::owner_all);
    test::write_all(temp.path() / "slots.bin", {'x'});
    test::fs::permissions(temp.path() / "slots.bin", test::fs::perms::group_write, test::fs::perm_options::add);
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    CHECK(folder->was_open_to_others());
}

TEST_CASE("a folder that is no kiosk's, and files that are not ours, keep their permissions") {
    const test::Folder temp;
    using test::fs::perms;
    const auto other = temp.path() / "of-somebody.txt";
    test::write_all(other, {'x'});
    test::fs::permissions(other, perms::all);
    test::fs::permissions(temp.path(), perms::all);
    {
        const auto folder = StateFolder::open(temp.path());
        REQUIRE(folder);
        CHECK_FALSE(folder->was_open_to_others());
    }
    CHECK(test::fs::status(temp.path()).permissions() == perms::all);
    test::write_all(temp.path() / "slots.bin", {'x'});
    REQUIRE(StateFolder::open(temp.path()));
    CHECK(test::fs::status(temp.path()).permissions() == perms::owner_all);
    CHECK(test::fs::status(other).permissions() == perms::all);
}

TEST_CASE("a folder, or a file in it, of another user is refused as it is") {
    if (geteuid() != 0) SKIP("only root can give a file away");
    constexpr unsigned nobody = 65534;
    const test::Folder temp;
    const auto file = temp.path() / "amparo.db";
    test::write_all(file, {'x'});
    REQUIRE(chmod(file.c_str(), 0666) == 0);
    REQUIRE(chown(file.c_str(), nobody, nobody) == 0);
    CHECK(StateFolder::open(temp.path()).error() == Error::Foreign);
    REQUIRE(chown(file.c_str(), 0, 0) == 0);
    REQUIRE(chown(temp.path().c_str(), nobody, nobody) == 0);
    CHECK(StateFolder::open(temp.path()).error() == Error::Foreign);
    CHECK((test::fs::status(file).permissions() & test::fs::perms::others_write) != test::fs::perms::none);
}

TEST_CASE("a link, a folder or a pipe in place of a file is named as what it is, not as damage") {
    for (const int kind : {0, 1, 2}) {
        const test::Folder temp;
        const auto folder = StateFolder::open(temp.path());
        REQUIRE(folder);
        for (const auto* name : {"slots.bin", "slots-copy.bin", "recovery.age"}) {
            const auto path = temp.path() / name;
            if (kind == 0) test::fs::create_symlink("/nowhere", path);
            if (kind == 1) test::fs::create_directory(path);
            if (kind == 2) REQUIRE(mkfifo(path.c_str(), 0600) == 0);
        }
        CHECK(folder->read_slot_copies().error() == Error::NotPlain);
        CHECK(folder->read_recovery().error() == Error::NotPlain);
    }
}

TEST_CASE("what a killed write of a small file left is gone with the next start") {
    const test::Folder temp;
    for (const auto* name : {"slots.bin.tmp", "slots-copy.bin.tmp", "recovery.age.tmp", "of-somebody.tmp"})
        test::write_all(temp.path() / name, {'x'});
    REQUIRE(StateFolder::open(temp.path()));
    CHECK_FALSE(test::fs::exists(temp.path() / "slots.bin.tmp"));
    CHECK_FALSE(test::fs::exists(temp.path() / "slots-copy.bin.tmp"));
    CHECK_FALSE(test::fs::exists(temp.path() / "recovery.age.tmp"));
    CHECK(test::fs::exists(temp.path() / "of-somebody.tmp"));
}

TEST_CASE("a missing folder is not made by opening it") {
    const test::Folder temp;
    CHECK(StateFolder::open(temp.path() / "none").error() == Error::Missing);
    CHECK(StateFolder::create(temp.path() / "none" / "below").error() == Error::Missing);
    CHECK_FALSE(test::fs::exists(temp.path() / "none"));
}

TEST_CASE("slots are read from the copy when the file is damaged or missing") {
    const test::Folder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    CHECK(folder->read_slots().error() == Error::Missing);
    REQUIRE(folder->write_slots(some_slots(std::byte{7})));
    const auto file = temp.path() / "slots.bin";
    SECTION("both whole") {}
    SECTION("file cut") {
        test::write_all(file, {'x'});
    }
    SECTION("file missing") {
        test::fs::remove(file);
    }
    SECTION("file replaced by something huge") {
        test::write_all(file, std::vector<char>(1 << 20, 'x'));
    }
    const auto slots = folder->read_slots();
    REQUIRE(slots);
    CHECK(slots->device()[0] == std::byte{7});
}

TEST_CASE("slots that are damaged in both copies are damaged, not missing") {
    const test::Folder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    test::write_all(temp.path() / "slots.bin", {'x'});
    CHECK(folder->read_slots().error() == Error::Damaged);
    test::fs::rename(temp.path() / "slots.bin", temp.path() / "slots-copy.bin");
    CHECK(folder->read_slots().error() == Error::Damaged);
}

TEST_CASE("writing slots replaces both copies and leaves no other file") {
    const test::Folder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    REQUIRE(folder->write_slots(some_slots(std::byte{1})));
    REQUIRE(folder->write_slots(some_slots(std::byte{2})));
    CHECK(folder->read_slots()->device()[0] == std::byte{2});
    CHECK(test::read_all(temp.path() / "slots.bin") == test::read_all(temp.path() / "slots-copy.bin"));
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : test::fs::directory_iterator(temp.path())) ++files;
    CHECK(files == 2);  // the two copies
}

TEST_CASE("there is nothing to repair in an empty folder") {
    const test::Folder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    CHECK(folder->mark_repaired("amparo-unreadable-00.db").error() == Error::Missing);
    CHECK(folder->marked()->empty());
    CHECK(folder->damaged_files().empty());
    CHECK(*folder->free_bytes() > 0);
}
