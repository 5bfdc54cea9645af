// Rows from one database into another, value by value as they are.
#include "app/database/handle.hpp"
#include "crypto/try.hpp"

namespace app::database {
namespace {

using Prepared = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Result<Prepared> prepared(sqlite3* connection, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(detail::error_of(connection, code));
    return Prepared(statement, &sqlite3_finalize);
}

Result<void> set_flag(sqlite3* connection, int which, int value) {
    if (sqlite3_db_config(connection, which, value, nullptr) != SQLITE_OK) return tl::unexpected(Error::Library);
    return {};
}

std::string insert_of(std::string_view table, int columns) {
    std::string sql = "INSERT INTO " + std::string(table) + " VALUES(?";
    for (int i = 1; i < columns; ++i) sql += ",?";
    return sql + ")";
}

}  // namespace

namespace {

/// Every row that `select` gives, into the table of that name; without its number (the first column) when it gets a new
/// one.
Result<void> copy(sqlite3* source, sqlite3_stmt* select, std::string_view table, sqlite3* target,
                  bool new_number = false) {
    const int columns = sqlite3_column_count(select);
    AMPARO_TRY(const insert, prepared(target, insert_of(table, columns)));
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        for (int i = new_number ? 1 : 0; i < columns; ++i)
            if (const int code = sqlite3_bind_value(insert.get(), i + 1, sqlite3_column_value(select, i));
                code != SQLITE_OK)
                return tl::unexpected(detail::error_of(target, code));
        if (const int code = sqlite3_step(insert.get()); code != SQLITE_DONE)
            return tl::unexpected(detail::error_of(target, code));
        sqlite3_reset(insert.get());
        sqlite3_clear_bindings(insert.get());
    }
    if (step != SQLITE_DONE) return tl::unexpected(detail::error_of(source, step));
    return {};
}

}  // namespace

Result<void> Database::copy_rows(std::string_view table, Database& to) {
    AMPARO_TRY(const select, prepared(handle_->connection, "SELECT * FROM " + std::string(table)));
    return copy(handle_->connection, select.get(), table, to.handle_->connection);
}

Result<void> Database::copy_row(std::string_view table, std::int64_t row, Database& to, std::string_view into) {
    AMPARO_TRY(const select,
               prepared(handle_->connection, "SELECT * FROM " + std::string(table) + " WHERE rowid = ?1"));
    if (const int code = sqlite3_bind_int64(select.get(), 1, row); code != SQLITE_OK)
        return tl::unexpected(detail::error_of(handle_->connection, code));
    return copy(handle_->connection, select.get(), into.empty() ? table : into, to.handle_->connection, !into.empty());
}

// VACUUM attaches a database of its own, in memory.
Result<void> Database::compact() {
    auto* const connection = handle_->connection;
    handle_->rows_only = false;
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 1);
    auto done = detail::execute(connection, "VACUUM");
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
    handle_->rows_only = true;
    sqlite3_db_release_memory(connection);
    return done;
}

// The one place that writes to the schema's own table. SQLite reads it anew after the reset.
Result<void> Database::begin_table_at(std::string_view table, std::uint64_t page) {
    auto* const connection = handle_->connection;
    handle_->rows_only = false;
    auto done = set_flag(connection, SQLITE_DBCONFIG_DEFENSIVE, 0);
    if (done)
        done = detail::execute(connection,
                               "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA writable_schema = ON");
    if (done) {
        const std::string sql = "UPDATE sqlite_schema SET rootpage = " + std::to_string(page) +
                                " WHERE type = 'table' AND name = '" + std::string(table) + "'";
        done = detail::execute(connection, sql.c_str());
    }
    if (const auto reset = detail::execute(connection, "PRAGMA writable_schema = RESET"); done) done = reset;
    if (const auto closed = set_flag(connection, SQLITE_DBCONFIG_DEFENSIVE, 1); done) done = closed;
    handle_->rows_only = true;
    return done;
}

}  // namespace app::database
