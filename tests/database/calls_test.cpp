// Running, asking, listing: values go to their parameters, and what goes wrong comes back.
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "tests/database/support.hpp"

using app::database::Database;
using app::database::Error;
using app::database::Migration;
using app::database::Result;
using app::database::Row;
using app::database::Transaction;
using app::database::Value;
using test::must;

namespace {

enum class Colour : std::uint8_t { Red, Green };

constexpr std::array<std::string_view, 1> thing_schema{
    "CREATE TABLE thing(id INTEGER PRIMARY KEY, name TEXT UNIQUE, size INTEGER, bytes BLOB)"};
constexpr std::array<Migration, 1> versions{Migration(thing_schema)};
constexpr std::string_view insert = "INSERT INTO thing(id, name, size, bytes) VALUES(?1, ?2, ?3, ?4)";

struct Held {
    test::Folder folder;
    Database database = must(Database::create(test::ready(), folder.path() / "test.db", test::key(), versions));
};

/// With the things 1 to 3: "one", "two", "three", as large as their number says.
struct Filled : Held {
    Filled() {
        for (const auto& [id, name] : {std::pair(1, "one"), std::pair(2, "two"), std::pair(3, "three")})
            must(database.run(insert, id, name, id, crypto::Bytes(static_cast<std::size_t>(id))));
    }
};

std::string name_of(Row row) {
    return std::string(row.text(0));
}

}  // namespace

TEST_CASE("numbers, texts, bytes and nothing come back as they were bound") {
    Held held;
    const crypto::Bytes bytes{std::byte{0}, std::byte{1}, std::byte{255}};
    must(held.database.run(insert, Colour::Green, std::string("a\0b", 3), ~std::uint64_t{0}, bytes));
    must(held.database.run(insert, 2U, nullptr, std::optional<int>(), std::optional<std::string>()));
    must(held.database.run(insert, 3, "", std::optional<std::int64_t>(-5), crypto::Bytes()));
    const auto rows =
        must(held.database.rows("SELECT id, name, size, bytes, bytes IS NULL FROM thing ORDER BY id", [&](Row row) {
            return std::tuple(row.number<int>(0), row.is_null(1), std::string(row.text(1)), row.is_null(2),
                              row.number(2), row.copy_of(3), row.integer(4));
        }));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0] == std::tuple(1, false, std::string("a\0b", 3), false, ~std::uint64_t{0}, bytes, std::int64_t{0}));
    CHECK(rows[1] == std::tuple(2, true, std::string(), true, std::uint64_t{0}, crypto::Bytes(), std::int64_t{1}));
    CHECK(rows[2] ==
          std::tuple(3, false, std::string(), false, static_cast<std::uint64_t>(-5), crypto::Bytes(), std::int64_t{0}));
    const auto colour = [](Row row) { return row.number<Colour>(0); };
    CHECK(must(held.database.one("SELECT id FROM thing WHERE size = ?1", colour, -1)) == Colour::Green);
}

TEST_CASE("one gives the first row, and nothing where there is none") {
    Filled held;
    CHECK(must(held.database.one("SELECT name FROM thing ORDER BY id", name_of)) == "one");
    CHECK(must(held.database.one("SELECT name FROM thing WHERE size = ?1", name_of, 2)) == "two");
    CHECK(must(held.database.one("SELECT name FROM thing WHERE name = ?1", name_of, "four")) == std::nullopt);
}

TEST_CASE("a number is that of the first row, and 0 where there is none or it is null") {
    Filled held;
    CHECK(must(held.database.number("SELECT count(*) FROM thing WHERE size > ?1", 1)) == 2);
    CHECK(must(held.database.number("SELECT size FROM thing WHERE id = ?1", 9)) == 0);
    CHECK(must(held.database.number("SELECT max(size) FROM thing WHERE id = ?1", 9)) == 0);
}

TEST_CASE("rows come in the order of the statement, and are shown one by one") {
    Filled held;
    CHECK(must(held.database.rows("SELECT name FROM thing ORDER BY id DESC", name_of)) ==
          std::vector<std::string>{"three", "two", "one"});
    CHECK(must(held.database.rows("SELECT name FROM thing WHERE id > ?1", name_of, 3)).empty());
    std::string seen;
    must(held.database.each(
        "SELECT name FROM thing WHERE id <> ?1 ORDER BY id", [&](Row row) { seen += row.text(0); }, 2));
    CHECK(seen == "onethree");
    // Also with values whose number is known only when it runs.
    for (const std::vector<Value>& ids : {std::vector<Value>{}, {1}, {1, 3}}) {
        std::string sql = "SELECT name FROM thing WHERE id IN (";
        for (std::size_t i = 0; i < ids.size(); ++i) sql += i == 0 ? "?" : ", ?";
        std::size_t shown = 0;
        must(held.database.each(
            sql + ")", [&](Row) { ++shown; }, std::span<const Value>(ids)));
        CHECK(shown == ids.size());
    }
    const std::vector<Value> one{1};
    CHECK(held.database
              .each(
                  "SELECT name FROM thing", [](Row) {}, std::span<const Value>(one))
              .error() == Error::Internal);
}

TEST_CASE("a row that its reader refuses ends the reading with the reader's error") {
    Filled held;
    const auto refuse = [](Row row) -> Result<std::int64_t> {
        if (row.integer(0) == 2) return tl::unexpected(Error::RolledBack);
        return row.integer(0);
    };
    CHECK(held.database.rows("SELECT id FROM thing ORDER BY id", refuse).error() == Error::RolledBack);
    CHECK(must(held.database.one("SELECT id FROM thing ORDER BY id", refuse)) == 1);
    CHECK(held.database.one("SELECT id FROM thing WHERE id = 2", refuse).error() == Error::RolledBack);
    int shown = 0;
    const auto stop = [&](Row row) -> Result<void> {
        ++shown;
        if (row.integer(0) == 2) return tl::unexpected(Error::NotFound);
        return {};
    };
    CHECK(held.database.each("SELECT id FROM thing ORDER BY id", stop).error() == Error::NotFound);
    CHECK(shown == 2);
    shown = 0;
    const auto enough = [&](Row row) -> Result<bool> {
        ++shown;
        return row.integer(0) < 2;
    };
    must(held.database.each("SELECT id FROM thing ORDER BY id", enough));
    CHECK(shown == 2);
    // What was broken off holds nothing back: the same statement begins anew, and a transaction can end.
    auto transaction = must(Transaction::begin(held.database));
    CHECK(must(held.database.rows("SELECT name FROM thing ORDER BY id", name_of)).size() == 3);
    must(transaction.commit());
}

TEST_CASE("while rows are shown, other statements run") {
    Filled held;
    std::vector<std::int64_t> smaller;
    must(held.database.each("SELECT size FROM thing ORDER BY id", [&](Row row) -> Result<void> {
        auto count = held.database.number("SELECT count(*) FROM thing WHERE size < ?1", row.integer(0));
        if (!count) return tl::unexpected(count.error());
        smaller.push_back(*count);
        return {};
    }));
    CHECK(smaller == std::vector<std::int64_t>{0, 1, 2});
}

TEST_CASE("a value too few or too many is a mistake of the program and changes nothing") {
    Filled held;
    CHECK(held.database.run("DELETE FROM thing WHERE id = ?1").error() == Error::Internal);
    CHECK(held.database.run("DELETE FROM thing WHERE id = ?1", 1, 2).error() == Error::Internal);
    CHECK(held.database.run("DELETE FROM thing", 1).error() == Error::Internal);
    CHECK(held.database.one("SELECT name FROM thing WHERE id = ?1", name_of).error() == Error::Internal);
    CHECK(must(held.database.number("SELECT count(*) FROM thing")) == 3);
}

TEST_CASE("values of one run are forgotten in the next") {
    Filled held;
    for (const auto size : {std::optional<int>(7), std::optional<int>()})
        must(held.database.run("UPDATE thing SET size = ?1 WHERE id = ?2", size, 1));
    CHECK(must(held.database.one("SELECT size FROM thing WHERE id = 1", [](Row row) { return row.is_null(0); })) ==
          true);
}

TEST_CASE("a statement that is wrong, breaks a constraint or gives rows where none are wanted says so") {
    Filled held;
    CHECK(held.database.run("DELETE FROM nothing").error() == Error::Internal);
    CHECK(held.database.run(insert, 4, "one", 4, crypto::Bytes()).error() == Error::Refused);
    CHECK(held.database.run("SELECT id FROM thing").error() == Error::Internal);
    CHECK(held.database.number("SELECT size FROM nothing").error() == Error::Internal);
    CHECK(held.database.accepts("SELECT size FROM thing WHERE id = ?1"));
    CHECK_FALSE(held.database.accepts("SELECT weight FROM thing"));
    CHECK_FALSE(held.database.accepts("SELECT size FROM thing INDEXED BY no_such_index"));
}
