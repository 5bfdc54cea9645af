#pragma once
// Inside of Database, shared by its source files only; the one header that shows SQLCipher.

#include <sqlite3.h>

#include <string>
#include <vector>

#include "app/database/database.hpp"

namespace app::database {

struct Database::Handle {
    sqlite3* connection = nullptr;
    bool rows_only = false;  ///< the schema is in place: statements may only read and write rows
    std::string only_table;  ///< that begin_table_at() left; empty before

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle();

    /// A statement that was prepared before, or null.
    [[nodiscard]] sqlite3_stmt* take(std::string_view sql) noexcept;
    /// Keeps it for the next time, without values; preparing costs hundreds of allocations, each wiped.
    void give_back(sqlite3_stmt* statement) noexcept;

  private:
    static constexpr std::size_t most_idle = 64;
    std::vector<sqlite3_stmt*> idle_;
};

namespace detail {

/// The class of what the connection reports last; `code` is SQLite's result code.
[[nodiscard]] Error error_of(sqlite3* connection, int code) noexcept;
/// Runs constant statements without rows.
[[nodiscard]] Result<void> execute(sqlite3* connection, const char* sql);
/// First column of the first row as text; empty when there is no row. For pragmas.
[[nodiscard]] Result<std::string> single(sqlite3* connection, const char* sql);

/// Memory protection, logging, key, page size: everything that comes before the first page is read.
[[nodiscard]] Result<void> protect(crypto::SodiumReady ready, sqlite3* connection, const crypto::SecretBytes& key,
                                   const DatabaseOptions& options);
/// All other protective settings; needs a readable first page.
[[nodiscard]] Result<void> configure(sqlite3* connection, const DatabaseOptions& options);
[[nodiscard]] Result<DatabaseSettings> read_settings(sqlite3* connection);
/// Library unless every setting is what it must be.
[[nodiscard]] Result<void> require(const DatabaseSettings& settings, const DatabaseOptions& options) noexcept;
/// Every page authenticated, every structure checked. Error: Damaged.
[[nodiscard]] Result<void> check_pages(sqlite3* connection);
/// Refuses everything but rows of plain tables while `handle.rows_only`.
void install_authorizer(Database::Handle& handle) noexcept;

}  // namespace detail
}  // namespace app::database
