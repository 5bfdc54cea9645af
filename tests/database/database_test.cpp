// The encrypted file itself: settings, keys, damage.
#include "app/database/database.hpp"

#include <sys/stat.h>

#include <array>

#include "tests/database/support.hpp"

using app::database::Database;
using app::database::DatabaseOptions;
using app::database::Error;
using app::database::Migration;
using app::database::Transaction;
using test::key;
using test::ready;

namespace {

constexpr std::array<std::string_view, 1> schema{"CREATE TABLE note(id INTEGER PRIMARY KEY, text BLOB NOT NULL)"};
constexpr std::array<std::string_view, 1> second{"CREATE TABLE page(id INTEGER PRIMARY KEY)"};
constexpr std::array<std::string_view, 2> both{schema[0], second[0]};
constexpr std::array<Migration, 1> first_version{Migration(schema)};
constexpr std::array<Migration, 2> second_version{Migration(schema), Migration(second)};

app::database::Result<Database> open(const test::fs::path& file, char letter = 'k') {
    return Database::open(ready(), file, key(letter), first_version, schema);
}

/// A database with 200 notes of 1,000 bytes: about 60 pages.
test::fs::path filled(const test::Folder& folder) {
    const auto file = folder.path() / "test.db";
    auto database = Database::create(ready(), file, key(), first_version);
    REQUIRE(database);
    auto transaction = Transaction::begin(*database);
    REQUIRE(transaction);
    const std::string text(1000, 'n');
    for (int i = 0; i < 200; ++i) {
        REQUIRE(database->run("INSERT INTO note(text) VALUES(?1)", crypto::as_bytes(text)));
    }
    REQUIRE(transaction->commit());
    return file;
}

}  // namespace

TEST_CASE("every protective setting is in force after creating and after opening") {
    const test::Folder folder;
    const auto file = filled(folder);
    auto database = open(file);
    REQUIRE(database);
    const auto settings = database->settings();
    REQUIRE(settings);
    CHECK_FALSE(settings->cipher_version.empty());
    CHECK(settings->memory_security);
    CHECK(settings->journal_mode == "delete");
    CHECK(settings->synchronous == 3);
    CHECK(settings->secure_delete == 1);
    CHECK(settings->temp_store == 2);
    CHECK(settings->page_size == 4096);
    CHECK(settings->cache_kib == 2048);
    CHECK_FALSE(settings->trusted_schema);
    CHECK(settings->defensive);
    CHECK_FALSE(settings->extensions);
    CHECK(settings->foreign_keys);
}

TEST_CASE("the file is readable by its owner only and shows neither its kind nor its content") {
    const test::Folder folder;
    const auto file = filled(folder);
    CHECK(test::fs::status(file).permissions() == (test::fs::perms::owner_read | test::fs::perms::owner_write));
    const auto content = test::read_all(file);
    const std::string text(content.begin(), content.end());
    CHECK(text.find("SQLite") == std::string::npos);
    CHECK(text.find("nnnnnnnn") == std::string::npos);
    CHECK(text.find("CREATE TABLE") == std::string::npos);
}

TEST_CASE("a wrong key opens nothing and says so") {
    const test::Folder folder;
    const auto file = filled(folder);
    const auto database = open(file, 'x');
    REQUIRE_FALSE(database);
    CHECK(database.error() == Error::WrongKey);
    CHECK(open(file));
}

TEST_CASE("a key of another length is refused before anything is touched") {
    const test::Folder folder;
    const auto file = folder.path() / "test.db";
    const auto database = Database::create(ready(), file, test::secret("short"), first_version);
    REQUIRE_FALSE(database);
    CHECK(database.error() == Error::Input);
    CHECK_FALSE(test::fs::exists(file));
}

TEST_CASE("a changed byte in any page is noticed on open") {
    const test::Folder folder;
    const auto file = filled(folder);
    const auto good = test::read_all(file);
    const std::size_t pages = good.size() / 4096;
    REQUIRE(pages > 50);
    for (std::size_t page = 0; page < pages; ++page) {
        auto bad = good;
        const std::size_t at = page * 4096 + 100 + (page * 37) % 3900;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        test::write_all(file, bad);
        const auto database = open(file);
        INFO("page " << page + 1);
        REQUIRE_FALSE(database);
        CHECK(database.error() == (page == 0 ? Error::WrongKey : Error::Damaged));
        CHECK(test::read_all(file) == bad);
    }
    test::write_all(file, good);
    CHECK(open(file));
}

TEST_CASE("half a write in a page that nothing uses shuts nobody out, and the page is used again") {
    const test::Folder folder;
    const auto file = filled(folder);
    {
        auto database = open(file);
        REQUIRE(database);
        REQUIRE(database->run("DELETE FROM note WHERE id > 40"));
    }
    const auto good = test::read_all(file);
    std::size_t free_pages = 0;
    auto torn = good;
    for (std::size_t page = 1; page < good.size() / 4096; ++page) {
        auto one = good;
        std::fill_n(one.begin() + static_cast<std::ptrdiff_t>(page * 4096), 2048, 't');
        test::write_all(file, one);
        if (!open(file)) continue;
        ++free_pages;
        std::copy_n(one.begin() + static_cast<std::ptrdiff_t>(page * 4096), 4096,
                    torn.begin() + static_cast<std::ptrdiff_t>(page * 4096));
    }
    REQUIRE(free_pages > 20);
    test::write_all(file, torn);
    {
        auto database = open(file);
        REQUIRE(database);
        const std::string text(1000, 'm');
        for (int i = 0; i < 300; ++i) {
            REQUIRE(database->run("INSERT INTO note(text) VALUES(?1)", crypto::as_bytes(text)));
        }
        REQUIRE(database->run("DELETE FROM note WHERE id > 100"));
    }
    CHECK(open(file));
}

TEST_CASE("a database that was cut, emptied or replaced by other content is damaged and is left as it is") {
    const test::Folder folder;
    const auto file = filled(folder);
    auto content = test::read_all(file);
    const std::size_t pages = content.size() / 4096;
    for (const std::size_t size : {std::size_t{0}, std::size_t{100}, pages * 4096 - 1, (pages - 3) * 4096}) {
        auto cut = content;
        cut.resize(size);
        test::write_all(file, cut);
        const auto database = open(file);
        REQUIRE_FALSE(database);
        CHECK(database.error() == Error::Damaged);
        CHECK(test::fs::file_size(file) == size);
    }
}

TEST_CASE("a missing database, a folder and a symbolic link are not opened") {
    const test::Folder folder;
    CHECK(open(folder.path() / "none.db").error() == Error::Missing);
    CHECK(open(folder.path()).error() == Error::NotPlain);
    const auto file = filled(folder);
    test::fs::create_symlink(file, folder.path() / "link.db");
    CHECK(open(folder.path() / "link.db").error() == Error::NotPlain);
    test::fs::create_symlink(file, file.string() + "-journal");
    CHECK(open(file).error() == Error::NotPlain);
}

TEST_CASE("a database below a symbolic link is opened like any other") {
    const test::Folder folder;
    test::fs::create_directory(folder.path() / "real");
    const auto file = filled(folder);
    test::fs::rename(file, folder.path() / "real" / "below.db");
    test::fs::create_directory_symlink(folder.path() / "real", folder.path() / "link");
    CHECK(open(folder.path() / "link" / "below.db"));
}

TEST_CASE("an existing file is never overwritten") {
    const test::Folder folder;
    const auto file = filled(folder);
    const auto before = test::read_all(file);
    CHECK(Database::create(ready(), file, key(), first_version).error() == Error::Exists);
    CHECK(test::read_all(file) == before);
}

TEST_CASE("what is no plain file under the name of a journal is refused before anything opens it") {
    const test::Folder folder;
    const auto file = filled(folder);
    for (const auto* const ending : {"-journal", "-wal", "-shm"})
        for (const auto* const kind : {"fifo", "folder", "dangling link", "link to fifo"}) {
            INFO(kind << " as " << ending);
            const test::fs::path at = file.string() + ending;
            const auto fifo = folder.path() / "fifo";
            test::fs::remove(fifo);
            REQUIRE(::mkfifo((kind == std::string_view("fifo") ? at : fifo).c_str(), 0600) == 0);
            if (kind == std::string_view("folder")) test::fs::create_directory(at);
            if (kind == std::string_view("dangling link")) test::fs::create_symlink("nothing", at);
            if (kind == std::string_view("link to fifo")) test::fs::create_symlink(fifo, at);
            const auto opened = open(file);
            REQUIRE_FALSE(opened);
            CHECK(opened.error() == Error::NotPlain);
            CHECK(Database::open_damaged(ready(), file, key()).error() == Error::NotPlain);
            test::fs::remove(at);
        }
    CHECK(open(file));
}

TEST_CASE("a journal without its database is not played into a new one") {
    const test::Folder folder;
    const auto file = folder.path() / "test.db";
    test::write_all(folder.path() / "test.db-journal", {'x'});
    CHECK(Database::create(ready(), file, key(), first_version).error() == Error::Exists);
}

TEST_CASE("statements that are not about rows are refused") {
    const test::Folder folder;
    auto database = Database::create(ready(), folder.path() / "test.db", key(), first_version);
    REQUIRE(database);
    for (const std::string_view sql :
         {"ATTACH DATABASE ':memory:' AS other", "CREATE TABLE more(id)", "DROP TABLE note",
          "PRAGMA journal_mode = OFF", "PRAGMA cipher_memory_security", "PRAGMA writable_schema = ON", "VACUUM",
          "SELECT sql FROM sqlite_schema", "UPDATE sqlite_schema SET sql = ''", "CREATE TEMP TABLE t(id)",
          "SELECT load_extension('x')", "ALTER TABLE note ADD COLUMN more"}) {
        INFO(sql);
        CHECK_FALSE(database->run(sql));
    }
    CHECK(database->run("INSERT INTO note(text) VALUES(x'00')"));
}

TEST_CASE("an older version is led to the newest and a newer one is refused") {
    const test::Folder folder;
    const auto file = filled(folder);
    {
        auto database = Database::open(ready(), file, key(), second_version, both);
        REQUIRE(database);
        CHECK(database->run("INSERT INTO page(id) VALUES(1)"));
    }
    CHECK(open(file).error() == Error::Newer);
    CHECK(Database::open(ready(), file, key(), second_version, both));
}

TEST_CASE("a schema other than the expected one is damage") {
    const test::Folder folder;
    const auto file = filled(folder);
    CHECK(Database::open(ready(), file, key(), first_version, both).error() == Error::Damaged);
    CHECK(Database::open(ready(), file, key(), first_version, second).error() == Error::Damaged);
}

TEST_CASE("a transaction that is not committed leaves nothing") {
    const test::Folder folder;
    auto database = Database::create(ready(), folder.path() / "test.db", key(), first_version);
    REQUIRE(database);
    {
        auto transaction = Transaction::begin(*database);
        REQUIRE(transaction);
        REQUIRE(database->run("INSERT INTO note(text) VALUES(x'00')"));
    }
    CHECK(database->number("SELECT count(*) FROM note") == 0);
}

TEST_CASE("while one program writes, another is told that the database is in use") {
    const test::Folder folder;
    const auto file = filled(folder);
    auto one = open(file);
    auto two = open(file);
    REQUIRE(one);
    REQUIRE(two);
    auto transaction = Transaction::begin(*one);
    REQUIRE(transaction);
    const auto other = Transaction::begin(*two);
    REQUIRE_FALSE(other);
    CHECK(other.error() == Error::InUse);
}
