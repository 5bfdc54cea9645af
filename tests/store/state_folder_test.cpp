// The kiosk's folder: one program at a time, two copies of the slots, and a damaged database put aside.
#include "app/store/state_folder.hpp"

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
    const test::TempFolder temp;
    const auto path = temp.path() / "state";
    const auto folder = StateFolder::create(path);
    REQUIRE(folder);
    CHECK(test::fs::status(path).permissions() == test::fs::perms::owner_all);
}

TEST_CASE("a second program is told that the folder is in use, until the first ends") {
    const test::TempFolder temp;
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

TEST_CASE("a missing folder is not made by opening it") {
    const test::TempFolder temp;
    CHECK(StateFolder::open(temp.path() / "none").error() == Error::Missing);
    CHECK(StateFolder::create(temp.path() / "none" / "below").error() == Error::Missing);
    CHECK_FALSE(test::fs::exists(temp.path() / "none"));
}

TEST_CASE("slots are read from the copy when the file is damaged or missing") {
    const test::TempFolder temp;
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
    const test::TempFolder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    test::write_all(temp.path() / "slots.bin", {'x'});
    CHECK(folder->read_slots().error() == Error::Damaged);
    test::fs::rename(temp.path() / "slots.bin", temp.path() / "slots-copy.bin");
    CHECK(folder->read_slots().error() == Error::Damaged);
}

TEST_CASE("writing slots replaces both copies and leaves no other file") {
    const test::TempFolder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    REQUIRE(folder->write_slots(some_slots(std::byte{1})));
    REQUIRE(folder->write_slots(some_slots(std::byte{2})));
    CHECK(folder->read_slots()->device()[0] == std::byte{2});
    CHECK(test::read_all(temp.path() / "slots.bin") == test::read_all(temp.path() / "slots-copy.bin"));
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : test::fs::directory_iterator(temp.path())) ++files;
    CHECK(files == 3);  // the two copies and the lock
}

TEST_CASE("there is nothing to repair in an empty folder") {
    const test::TempFolder temp;
    const auto folder = StateFolder::open(temp.path());
    REQUIRE(folder);
    CHECK(folder->mark_repaired("amparo-unreadable-00.db").error() == Error::Missing);
    CHECK(folder->marked()->empty());
    CHECK(folder->damaged_files().empty());
    CHECK(*folder->free_bytes() > 0);
}
