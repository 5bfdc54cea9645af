// Rows from one database into another, value by value as they are.
#include "app/store/database_handle.hpp"

namespace app::store {
namespace {

using Prepared = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Result<Prepared> prepared(sqlite3* connection, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(detail::error_of(connection, code));
    return Prepared(statement, &sqlite3_finalize);
}

std::string insert_of(std::string_view table, int columns) {
    std::string sql = "INSERT INTO " + std::string(table) + " VALUES(?";
    for (int i = 1; i < columns; ++i) sql += ",?";
    return sql + ")";
}

}  // namespace

Result<void> Database::copy_rows(std::string_view table, Database& to) {
    sqlite3* const source = handle_->connection;
    sqlite3* const target = to.handle_->connection;
    const auto select = prepared(source, "SELECT * FROM " + std::string(table));
    if (!select) return tl::unexpected(select.error());
    const int columns = sqlite3_column_count(select->get());
    const auto insert = prepared(target, insert_of(table, columns));
    if (!insert) return tl::unexpected(insert.error());
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(select->get())) == SQLITE_ROW) {
        for (int i = 0; i < columns; ++i)
            if (const int code = sqlite3_bind_value(insert->get(), i + 1, sqlite3_column_value(select->get(), i));
                code != SQLITE_OK)
                return tl::unexpected(detail::error_of(target, code));
        if (const int code = sqlite3_step(insert->get()); code != SQLITE_DONE)
            return tl::unexpected(detail::error_of(target, code));
        sqlite3_reset(insert->get());
        sqlite3_clear_bindings(insert->get());
    }
    if (step != SQLITE_DONE) return tl::unexpected(detail::error_of(source, step));
    return {};
}

}  // namespace app::store
