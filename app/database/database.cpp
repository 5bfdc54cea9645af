#include "app/database/database.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "app/database/handle.hpp"
#include "app/database/locked_memory.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::database {
namespace {

namespace fs = std::filesystem;

/// A database can only be used where its journal can be written: found out before anything is asked of the person.
Result<void> writable(const fs::path& file) {
    const fs::path folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
    if (access(file.c_str(), W_OK) != 0 || access(folder.c_str(), W_OK | X_OK) != 0)
        return tl::unexpected(error_of_errno(errno));
    struct statvfs medium {};
    if (statvfs(file.c_str(), &medium) != 0) return tl::unexpected(error_of_errno(errno));
    if ((medium.f_flag & ST_RDONLY) != 0) return tl::unexpected(Error::ReadOnly);
    return {};
}

/// Nothing of another kind may stand where SQLite looks for its journals: it would open a pipe and wait for ever.
Result<void> plain_beside(const fs::path& file) {
    for (const char* const ending : {"-journal", "-wal", "-shm"}) {
        struct stat status {};
        if (lstat((file.string() + ending).c_str(), &status) == 0 && !S_ISREG(status.st_mode))
            return tl::unexpected(Error::NotPlain);
    }
    return {};
}

/// The file has to be a plain one and as long as whole pages; anything else was never ours or was cut.
Result<void> plausible(const fs::path& file) {
    struct stat status {};
    if (lstat(file.c_str(), &status) != 0) return tl::unexpected(error_of_errno(errno));
    AMPARO_DO(plain_beside(file));
    // A journal beside it may still have to shorten or lengthen the file: then SQLCipher has the word.
    struct stat journal {};
    const bool interrupted = lstat((file.string() + "-journal").c_str(), &journal) == 0;
    if (!S_ISREG(status.st_mode)) return tl::unexpected(Error::NotPlain);
    if (!interrupted && (status.st_size == 0 || static_cast<std::size_t>(status.st_size) % database_page_bytes != 0))
        return tl::unexpected(Error::Damaged);
    return {};
}

Result<void> create_empty(const fs::path& file) {
    struct stat journal {};
    if (lstat((file.string() + "-journal").c_str(), &journal) == 0) return tl::unexpected(Error::Exists);
    return stored(files::make_empty(file));
}

Result<void> migrate(sqlite3* connection, std::span<const Migration> migrations, bool hold) {
    AMPARO_TRY(version, detail::single(connection, "PRAGMA user_version"));
    const auto have = static_cast<std::size_t>(std::strtoul(version.c_str(), nullptr, 10));
    if (have > migrations.size()) return tl::unexpected(Error::Newer);
    if (have == migrations.size()) return {};
    std::string script = "BEGIN IMMEDIATE;";
    for (const auto& migration : migrations.subspan(have))
        for (const auto statement : migration) script.append(statement).append(";");
    script += "PRAGMA user_version = " + std::to_string(migrations.size()) + (hold ? ";" : ";COMMIT;");
    auto done = detail::execute(connection, script.c_str());
    if (!done && sqlite3_get_autocommit(connection) == 0) static_cast<void>(detail::execute(connection, "ROLLBACK"));
    return done;
}

Result<void> compare_schema(sqlite3* connection, std::span<const std::string_view> expected) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name",
                                        -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, &sqlite3_finalize);
    if (code != SQLITE_OK) return tl::unexpected(detail::error_of(connection, code));
    std::size_t at = 0;
    int step = SQLITE_OK;
    while ((step = sqlite3_step(raw)) == SQLITE_ROW) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
        if (text == nullptr || at >= expected.size() || expected[at] != text) return tl::unexpected(Error::Damaged);
        ++at;
    }
    if (step != SQLITE_DONE) return tl::unexpected(detail::error_of(connection, step));
    if (at != expected.size()) return tl::unexpected(Error::Damaged);
    return {};
}

Result<void> connect(crypto::SodiumReady ready, Database::Handle& handle, const fs::path& file,
                     const crypto::SecretBytes& key, const DatabaseOptions& options) {
    if (key.size() != database_key_bytes) return tl::unexpected(Error::Input);
    // Before all else of SQLite, which from then on works in no other memory.
    if (!detail::use_locked_memory()) return tl::unexpected(Error::Library);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE;
    // The last part of the path is no link (plausible() looks); what leads there may be, and SQLite follows none.
    AMPARO_TRY(const folder, stored(files::real_path(fs::absolute(file).parent_path())));
    const auto path = folder / file.filename();
    const int code = sqlite3_open_v2(path.c_str(), &handle.connection, flags, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(detail::error_of(handle.connection, code));
    sqlite3_extended_result_codes(handle.connection, 0);
    sqlite3_busy_timeout(handle.connection, options.wait_ms);
    AMPARO_DO(detail::protect(ready, handle.connection, key, options));
    // The first page is read here: a wrong key shows now.
    AMPARO_DO(detail::single(handle.connection, "SELECT count(*) FROM sqlite_schema"));
    if (sqlite3_db_readonly(handle.connection, "main") != 0) return tl::unexpected(Error::ReadOnly);
    AMPARO_DO(detail::configure(handle.connection, options));
    AMPARO_TRY(settings, detail::read_settings(handle.connection));
    detail::lock_again();
    return detail::require(settings, options);
}

}  // namespace

Database::Database(std::unique_ptr<Handle> handle) noexcept : handle_(std::move(handle)) {}
Database::Database(Database&& other) noexcept = default;
Database& Database::operator=(Database&& other) noexcept = default;
Database::~Database() = default;

Result<Database> Database::create(crypto::SodiumReady ready, const fs::path& file, const crypto::SecretBytes& key,
                                  std::span<const Migration> migrations, const DatabaseOptions& options) {
    if (key.size() != database_key_bytes) return tl::unexpected(Error::Input);
    AMPARO_DO(create_empty(file));
    auto handle = std::make_unique<Handle>();
    auto done = connect(ready, *handle, file, key, options);
    if (done) done = migrate(handle->connection, migrations, false);
    if (!done) {
        // It was made a moment ago by this function and holds nothing of anybody.
        handle.reset();
        ::unlink((file.string() + "-journal").c_str());
        ::unlink(file.c_str());
        return tl::unexpected(done.error());
    }
    handle->rows_only = true;
    detail::install_authorizer(*handle);
    return Database(std::move(handle));
}

Result<Database> Database::open(crypto::SodiumReady ready, const fs::path& file, const crypto::SecretBytes& key,
                                std::span<const Migration> migrations,
                                std::span<const std::string_view> expected_schema, const DatabaseOptions& options) {
    AMPARO_DO(plausible(file));
    AMPARO_DO(writable(file));
    auto handle = std::make_unique<Handle>();
    AMPARO_DO(connect(ready, *handle, file, key, options));
    if (options.check_pages) AMPARO_DO(detail::check_pages(handle->connection));
    AMPARO_DO(migrate(handle->connection, migrations, options.hold_migrations));
    AMPARO_DO(compare_schema(handle->connection, expected_schema));
    sqlite3_db_release_memory(handle->connection);
    handle->rows_only = true;
    detail::install_authorizer(*handle);
    return Database(std::move(handle));
}

Result<Database> Database::open_damaged(crypto::SodiumReady ready, const fs::path& file,
                                        const crypto::SecretBytes& key) {
    AMPARO_DO(plausible(file));
    auto handle = std::make_unique<Handle>();
    AMPARO_DO(connect(ready, *handle, file, key, {}));
    handle->rows_only = true;
    detail::install_authorizer(*handle);
    return Database(std::move(handle));
}

Result<Database::Statement> Database::prepare(std::string_view sql) {
    if (auto* const kept = handle_->take(sql)) return Statement(kept, *handle_);
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_->connection, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(detail::error_of(handle_->connection, code));
    return Statement(statement, *handle_);
}

bool Database::accepts(std::string_view sql) {
    return prepare(sql).has_value();
}

Result<Database::Statement> Database::bound(std::string_view sql, std::span<const Value> values) {
    AMPARO_TRY(statement, prepare(sql));
    AMPARO_DO(statement.bind(values));
    return statement;
}

Result<void> Database::keep_migrations() {
    if (sqlite3_get_autocommit(handle_->connection) != 0) return {};
    return run("COMMIT");
}

std::int64_t Database::last_row_id() const noexcept {
    return sqlite3_last_insert_rowid(handle_->connection);
}

std::int64_t Database::changes() const noexcept {
    return sqlite3_changes64(handle_->connection);
}

void Database::set_cache(int kib) noexcept {
    std::array<char, 48> sql{};
    std::snprintf(sql.data(), sql.size(), "PRAGMA cache_size = -%d", kib);
    handle_->rows_only = false;
    static_cast<void>(detail::execute(handle_->connection, sql.data()));  // as large as it was does no harm
    handle_->rows_only = true;
}

void Database::release_memory() noexcept {
    sqlite3_db_release_memory(handle_->connection);
}

Result<DatabaseSettings> Database::settings() {
    handle_->rows_only = false;
    auto settings = detail::read_settings(handle_->connection);
    handle_->rows_only = true;
    return settings;
}

}  // namespace app::database
