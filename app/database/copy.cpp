// Rows from one database into another, value by value as they are.
#include "app/database/handle.hpp"
#include "crypto/try.hpp"

namespace app::database {
namespace {

/// While it lives, statements may do what they like: also read what SQLite keeps of itself.
class Unguarded {
  public:
    explicit Unguarded(bool& rows_only) noexcept : rows_only_(rows_only) { rows_only_ = false; }
    Unguarded(const Unguarded&) = delete;
    Unguarded& operator=(const Unguarded&) = delete;
    ~Unguarded() { rows_only_ = true; }

  private:
    bool& rows_only_;
};

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
    const Unguarded unguarded(handle_->rows_only);
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 1);
    auto done = detail::execute(connection, "VACUUM");
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_release_memory(connection);
    return done;
}

bool Database::gives_pages() {
    const Unguarded unguarded(handle_->rows_only);
    sqlite3_db_release_memory(handle_->connection);
    return detail::execute(handle_->connection, "SELECT count(*) FROM sqlite_schema").has_value();
}

Result<std::vector<SchemaRow>> Database::schema_rows() {
    const Unguarded unguarded(handle_->rows_only);
    AMPARO_TRY(const select, prepared(handle_->connection,
                                      "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid"));
    const auto text = [&](int column) {
        const auto* const found = sqlite3_column_text(select.get(), column);
        return found == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(found));
    };
    std::vector<SchemaRow> rows;
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(select.get())) == SQLITE_ROW)
        rows.push_back({text(0), text(1), text(2), sqlite3_column_int64(select.get(), 3), text(4)});
    if (step != SQLITE_DONE) return tl::unexpected(detail::error_of(handle_->connection, step));
    return rows;
}

namespace {

/// One row into the schema's own table. An index that SQLite made itself has no text.
Result<void> insert_schema_row(sqlite3* connection, const SchemaRow& row, std::int64_t page) {
    AMPARO_TRY(const insert, prepared(connection, "INSERT INTO sqlite_schema VALUES(?1, ?2, ?3, ?4, nullif(?5, ''))"));
    const auto bind = [&](int at, const std::string& text) {
        return sqlite3_bind_text(insert.get(), at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    };
    if (bind(1, row.type) != SQLITE_OK || bind(2, row.name) != SQLITE_OK || bind(3, row.table) != SQLITE_OK ||
        sqlite3_bind_int64(insert.get(), 4, page) != SQLITE_OK || bind(5, row.sql) != SQLITE_OK)
        return tl::unexpected(Error::Memory);
    if (const int code = sqlite3_step(insert.get()); code != SQLITE_DONE)
        return tl::unexpected(detail::error_of(connection, code));
    return {};
}

/// Of `schema` only what belongs to this table.
Result<void> keep_only(sqlite3* connection, std::span<const SchemaRow> schema, std::string_view table,
                       std::int64_t page) {
    AMPARO_DO(detail::execute(connection, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN"));
    auto done = detail::execute(connection, "DELETE FROM sqlite_schema");
    for (const auto& row : schema) {
        if (!done || row.table != table) continue;
        done = insert_schema_row(connection, row, row.type == "table" ? page : row.page);
    }
    const auto ended = detail::execute(connection, done ? "COMMIT" : "ROLLBACK");
    return done ? ended : done;
}

}  // namespace

// The one place that writes to the schema's own table. SQLite reads it anew after the reset.
Result<void> Database::begin_table_at(std::span<const SchemaRow> schema, std::string_view table, std::uint64_t page) {
    auto* const connection = handle_->connection;
    const Unguarded unguarded(handle_->rows_only);
    const bool again = handle_->only_table == table;
    handle_->only_table.clear();
    auto done = set_flag(connection, SQLITE_DBCONFIG_DEFENSIVE, 0);
    if (done) done = detail::execute(connection, "PRAGMA writable_schema = ON");
    if (done && again) {
        const auto sql = "UPDATE sqlite_schema SET rootpage = " + std::to_string(page) + " WHERE type = 'table'";
        done = detail::execute(connection, sql.c_str());
    } else if (done) {
        done = keep_only(connection, schema, table, static_cast<std::int64_t>(page));
    }
    if (const auto reset = detail::execute(connection, "PRAGMA writable_schema = RESET"); done) done = reset;
    if (const auto closed = set_flag(connection, SQLITE_DBCONFIG_DEFENSIVE, 1); done) done = closed;
    if (done) handle_->only_table = table;
    return done;
}

}  // namespace app::database
