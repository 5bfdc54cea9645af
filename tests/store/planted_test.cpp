// Files that somebody puts into the state folder decide nothing before a key has vouched for them.
#include <sys/stat.h>

#include <array>

#include "app/store/repair.hpp"
#include "app/store/schema.hpp"
#include "tests/store/support.hpp"

using app::store::Error;
using test::ready;
using test::record_id;
using test::sealed;
namespace store = app::store;
namespace fs = test::fs;

namespace {

std::vector<crypto::SecretBytes> keys(char letter = 'k') {
    std::vector<crypto::SecretBytes> all;
    all.push_back(test::key(letter));
    return all;
}

void fill(test::Kiosk& kiosk, unsigned records) {
    REQUIRE(kiosk->device().enrol(test::enrolment()));
    for (unsigned i = 1; i <= records; ++i) REQUIRE(kiosk->records().save_revision(record_id(i), 1, sealed("{}")));
}

void damage_security(test::Kiosk& kiosk) {
    kiosk.close();
    auto database = app::database::Database::open(ready(), kiosk.database(), test::key(), store::schema::migrations,
                                                  store::schema::expected);
    REQUIRE(database);
    REQUIRE(database->run("INSERT INTO wrong_pin(at) VALUES(5)"));
}

/// A repair that was cut off after the repaired database had got its name.
fs::path marked_repair(test::Kiosk& kiosk) {
    damage_security(kiosk);
    const auto damaged = test::read_all(kiosk.database());
    const auto repaired = store::repair(ready(), kiosk.folder(), keys(), test::same_head);
    REQUIRE(repaired);
    const auto marked = kiosk.folder().path() / ("repaired-" + repaired->damaged_file);
    fs::rename(kiosk.database(), marked);
    fs::rename(kiosk.folder().path() / repaired->damaged_file, kiosk.database());
    REQUIRE(test::read_all(kiosk.database()) == damaged);
    return marked;
}

fs::path aside_of(const fs::path& marked) {
    return marked.parent_path() / marked.filename().string().substr(std::string("repaired-").size());
}

std::size_t put_aside(const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        count += name.starts_with("amparo-unreadable-refused-") && name.ends_with(".db") ? 1U : 0U;
    }
    return count;
}

}  // namespace

TEST_CASE("wherever finishing a repair is cut off, the next try finishes it") {
    for (const int moved : {0, 1, 2}) {
        test::Kiosk kiosk;
        fill(kiosk, 3);
        const auto marked = marked_repair(kiosk);
        const auto content = test::read_all(marked);
        const auto aside = aside_of(marked);
        test::write_all(kiosk.database().string() + "-journal", {'j'});
        if (moved > 0) fs::rename(kiosk.database().string() + "-journal", aside.string() + "-journal");
        if (moved > 1) fs::rename(kiosk.database(), aside);
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys()));
        CHECK(test::read_all(kiosk.database()) == content);
        CHECK(fs::exists(aside));
        CHECK(fs::exists(aside.string() + "-journal"));
        CHECK_FALSE(fs::exists(kiosk.database().string() + "-journal"));
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys()));  // nothing is left to do
        CHECK(test::read_all(kiosk.database()) == content);
        REQUIRE(kiosk.open());
        CHECK(kiosk->records().counts()->waiting == 3);
    }
}

TEST_CASE("a planted file that calls itself repaired never takes the place of the database") {
    test::Kiosk kiosk;
    fill(kiosk, 3);
    test::Kiosk other;  // a whole database under the very same key
    fill(other, 1);
    const auto older = marked_repair(other);  // and one that a repair made, of another database
    kiosk.close();
    other.close();
    const auto good = test::read_all(kiosk.database());
    for (const auto& planted : {std::vector<char>{}, std::vector<char>(8192, 'x'), test::read_all(other.database()),
                                test::read_all(older), good}) {
        const auto name = kiosk.folder().path() / "repaired-amparo-unreadable-00000000.db";
        const auto before = put_aside(kiosk.folder().path());
        test::write_all(name, planted);
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys()));
        CHECK(test::read_all(kiosk.database()) == good);
        CHECK_FALSE(fs::exists(name));
        CHECK(put_aside(kiosk.folder().path()) == before + 1);
        CHECK(kiosk.folder().damaged_files().size() == before + 1);  // so that people are told
    }
    for (const auto* name : {"repaired-amparo.db", "repaired-slots.bin.db", "repaired-.db", "repaired-x.db"}) {
        test::write_all(kiosk.folder().path() / name, good);
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys()));
        CHECK(test::read_all(kiosk.database()) == good);
        fs::remove(kiosk.folder().path() / name);
    }
}

TEST_CASE("a pipe or a link that calls itself a repaired database goes, and holds nothing up") {
    test::Kiosk kiosk;
    fill(kiosk, 1);
    kiosk.close();
    const auto good = test::read_all(kiosk.database());
    const auto name = kiosk.folder().path() / "repaired-amparo-unreadable-00000000.db";
    const auto taken = [&] {
        CHECK(store::finish_repair(ready(), kiosk.folder(), keys()));
        std::error_code ignored;
        CHECK(fs::symlink_status(name, ignored).type() == fs::file_type::not_found);
        CHECK(put_aside(kiosk.folder().path()) == 0);
        CHECK(test::read_all(kiosk.database()) == good);
    };
    REQUIRE(mkfifo(name.c_str(), 0600) == 0);
    taken();
    fs::create_symlink(kiosk.database(), name);
    taken();
    fs::create_symlink("/nowhere", name);
    taken();
}

TEST_CASE("a repaired database is not taken with a wrong key, with a journal beside it, or over a kept file") {
    test::Kiosk kiosk;
    fill(kiosk, 2);
    const auto marked = marked_repair(kiosk);
    const auto content = test::read_all(marked);
    const auto present = test::read_all(kiosk.database());
    SECTION("a wrong key") {
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys('w')));
    }
    SECTION("a journal") {
        test::write_all(marked.string() + "-journal", std::vector<char>(600, 'j'));
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys()));
    }
    SECTION("a kept file") {
        test::write_all(aside_of(marked), {'k', 'e', 'p', 't'});
        REQUIRE(store::finish_repair(ready(), kiosk.folder(), keys()));
        CHECK(test::read_all(aside_of(marked)) == std::vector<char>{'k', 'e', 'p', 't'});
    }
    CHECK(test::read_all(kiosk.database()) == present);
    CHECK_FALSE(fs::exists(marked));
    CHECK(put_aside(kiosk.folder().path()) == 1);
}

TEST_CASE("a planted journal is put aside before it is played into the database") {
    test::Kiosk kiosk;
    fill(kiosk, 3);
    kiosk.close();
    const auto good = test::read_all(kiosk.database());
    const auto journal = kiosk.database().string() + "-journal";
    // A rollback journal that would cut the database to nothing, and one that would write over its first page:
    // sqlite.org "The Rollback Journal".
    constexpr std::array<unsigned char, 28> cut{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 0, 0,    0,
                                                0,    0,    0,    0,    0,    0,    0,    0,    2, 0, 0, 0, 0x10, 0};
    std::vector<char> empties(512, 0);
    std::copy(cut.begin(), cut.end(), empties.begin());
    auto overwrites = empties;
    overwrites[11] = 1;   // one page
    overwrites[19] = 20;  // of so many at first
    overwrites.insert(overwrites.end(), {'\0', '\0', '\0', '\1'});
    overwrites.resize(overwrites.size() + 4096, 'x');
    // Its sum: every two hundredth byte from the end.
    unsigned sum = 0;
    for (int at = 4096 - 200; at > 0; at -= 200) sum += static_cast<unsigned char>('x');
    for (int shift = 24; shift >= 0; shift -= 8) overwrites.push_back(static_cast<char>((sum >> shift) & 0xFFU));
    for (const auto& planted : {empties, overwrites}) {
        test::write_all(journal, planted);
        REQUIRE(store::settle_journal(ready(), kiosk.folder(), test::key()));
        CHECK(test::read_all(kiosk.database()) == good);
        CHECK_FALSE(fs::exists(journal));
        REQUIRE(kiosk.open());
        CHECK(kiosk->records().counts()->waiting == 3);
        kiosk.close();
    }
    CHECK(put_aside(kiosk.folder().path()) == 2);  // both journals, under names that are told
    const auto files = std::distance(fs::directory_iterator(kiosk.folder().path()), fs::directory_iterator());
    CHECK(files == 3);  // with the database
}
