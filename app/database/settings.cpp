// Which protective settings SQLCipher runs with, and the proof that they took effect.
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "app/database/handle.hpp"
#include "app/database/locked_memory.hpp"
#include "crypto/try.hpp"

namespace app::database::detail {
namespace {

constexpr int page_size = static_cast<int>(database_page_bytes);
constexpr int synchronous_extra = 3;
constexpr int temp_in_memory = 2;

/// The form in which sqlite3_key_v2 takes a raw key: x'64 hexadecimal digits'. Only ever in locked memory.
Result<crypto::SecretBytes> key_literal(crypto::SodiumReady ready, const crypto::SecretBytes& key) {
    auto text = crypto::SecretBytes::make(ready, 2 * database_key_bytes + 3);
    if (!text) return tl::unexpected(Error::Memory);
    constexpr std::string_view digits = "0123456789abcdef";
    auto out = text->writable();
    std::size_t at = 0;
    auto put = [&](char c) { out[at++] = static_cast<std::byte>(c); };
    put('x');
    put('\'');
    for (const std::byte b : key.view()) {
        put(digits[std::to_integer<std::size_t>(b >> 4)]);
        put(digits[std::to_integer<std::size_t>(b & std::byte{15})]);
    }
    put('\'');
    return std::move(*text);
}

Result<int> single_integer(sqlite3* connection, const char* sql) {
    AMPARO_TRY(text, single(connection, sql));
    int value = -1;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) return tl::unexpected(Error::Library);
    return value;
}

bool config_flag(sqlite3* connection, int which) noexcept {
    int value = -1;
    return sqlite3_db_config(connection, which, -1, &value) == SQLITE_OK && value == 1;
}

Result<void> set_flag(sqlite3* connection, int which, int value) noexcept {
    int now = -1;
    if (sqlite3_db_config(connection, which, value, &now) != SQLITE_OK || now != value)
        return tl::unexpected(Error::Library);
    return {};
}

void limit_everything(sqlite3* connection) noexcept {
    struct Limit {
        int what;
        int value;
    };
    constexpr std::array limits{Limit{SQLITE_LIMIT_LENGTH, static_cast<int>(database_most_value)},
                                Limit{SQLITE_LIMIT_SQL_LENGTH, 20'000},
                                Limit{SQLITE_LIMIT_COLUMN, 64},
                                Limit{SQLITE_LIMIT_EXPR_DEPTH, 32},
                                Limit{SQLITE_LIMIT_COMPOUND_SELECT, 4},
                                Limit{SQLITE_LIMIT_VDBE_OP, 25'000},
                                Limit{SQLITE_LIMIT_FUNCTION_ARG, 8},
                                Limit{SQLITE_LIMIT_ATTACHED, 0},
                                Limit{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64},
                                Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 64},
                                Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                                Limit{SQLITE_LIMIT_WORKER_THREADS, 0}};
    for (const auto& limit : limits) sqlite3_limit(connection, limit.what, limit.value);
}

int authorize(void* context, int action, const char* first, const char*, const char*, const char*) noexcept {
    if (!static_cast<const Database::Handle*>(context)->rows_only) return SQLITE_OK;
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_TRANSACTION:
        case SQLITE_FUNCTION:
            return SQLITE_OK;
        case SQLITE_READ:
        case SQLITE_INSERT:
        case SQLITE_UPDATE:
        case SQLITE_DELETE:
            return first != nullptr && std::strncmp(first, "sqlite_", 7) == 0 ? SQLITE_DENY : SQLITE_OK;
        default:
            return SQLITE_DENY;  // SQLite's own open set of actions: whatever is not listed is refused
    }
}

}  // namespace

Result<void> protect(crypto::SodiumReady ready, sqlite3* connection, const crypto::SecretBytes& key,
                     const DatabaseOptions& options) {
    // First of all: it says nothing on the standard error. Its own memory security would unlock what is locked here.
    AMPARO_DO(execute(connection, "PRAGMA cipher_log_source = NONE"));
    AMPARO_DO(execute(connection, "PRAGMA cipher_memory_security = OFF"));
    AMPARO_TRY(literal, key_literal(ready, key));
    if (sqlite3_key_v2(connection, "main", literal.view().data(), static_cast<int>(literal.size())) != SQLITE_OK)
        return tl::unexpected(Error::Library);
    auto version = single(connection, "PRAGMA cipher_version");
    if (!version || version->empty()) return tl::unexpected(Error::Library);
    AMPARO_DO(execute(connection, "PRAGMA cipher_page_size = 4096"));
    if (options.salt) {
        const auto salt = "PRAGMA cipher_salt = \"x'" + crypto::to_hex(*options.salt) + "'\"";
        AMPARO_DO(execute(connection, salt.c_str()));
    }
    limit_everything(connection);
    return {};
}

Result<void> configure(sqlite3* connection, const DatabaseOptions& options) {
    for (const int off :
         {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_TRIGGER,
          SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML})
        AMPARO_DO(set_flag(connection, off, 0));
    for (const int on : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY})
        AMPARO_DO(set_flag(connection, on, 1));
    const std::string cache = "PRAGMA cache_size = -" + std::to_string(options.cache_kib);
    for (const char* sql :
         {"PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA", "PRAGMA secure_delete = ON",
          "PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 0", "PRAGMA cell_size_check = ON", cache.c_str()})
        AMPARO_DO(execute(connection, sql));
    return {};
}

Result<DatabaseSettings> read_settings(sqlite3* connection) {
    DatabaseSettings settings;
    auto version = single(connection, "PRAGMA cipher_version");
    auto journal = single(connection, "PRAGMA journal_mode");
    if (!version) return tl::unexpected(version.error());
    if (!journal) return tl::unexpected(journal.error());
    settings.cipher_version = std::move(*version);
    settings.journal_mode = std::move(*journal);
    struct Number {
        const char* sql;
        int* value;
    };
    int cache = 0;
    for (const auto& [sql, value] :
         {Number{"PRAGMA cache_size", &cache}, Number{"PRAGMA synchronous", &settings.synchronous},
          Number{"PRAGMA secure_delete", &settings.secure_delete}, Number{"PRAGMA temp_store", &settings.temp_store},
          Number{"PRAGMA cipher_page_size", &settings.page_size}}) {
        AMPARO_TRY(number, single_integer(connection, sql));
        *value = number;
    }
    settings.memory_security = locked_memory_in_use();
    settings.cache_kib = -cache;
    settings.trusted_schema = config_flag(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA);
    settings.defensive = config_flag(connection, SQLITE_DBCONFIG_DEFENSIVE);
    settings.extensions = config_flag(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION);
    settings.foreign_keys = config_flag(connection, SQLITE_DBCONFIG_ENABLE_FKEY);
    return settings;
}

Result<void> require(const DatabaseSettings& settings, const DatabaseOptions& options) noexcept {
    const bool in_force = !settings.cipher_version.empty() && settings.memory_security &&
                          settings.journal_mode == "delete" && settings.synchronous == synchronous_extra &&
                          settings.secure_delete == 1 && settings.temp_store == temp_in_memory &&
                          settings.page_size == page_size && settings.cache_kib == options.cache_kib &&
                          !settings.trusted_schema && settings.defensive && !settings.extensions &&
                          settings.foreign_keys;
    if (!in_force) return tl::unexpected(Error::Library);
    return {};
}

// Reads, and by that authenticates, every page that is in use. A page that is not is none of its business: what lies
// there belongs to nobody, and a cut of power may leave half of an unfinished write in it, which no rollback takes away
// (cipher_integrity_check, which looks at every page, would call that device damaged).
Result<void> check_pages(sqlite3* connection) {
    auto structure = single(connection, "PRAGMA integrity_check(1)");
    if (structure) return *structure == "ok" ? Result<void>{} : tl::unexpected(Error::Damaged);
    // The first page was read before: a page that does not authenticate is not a matter of the key.
    return tl::unexpected(structure.error() == Error::WrongKey ? Error::Damaged : structure.error());
}

void install_authorizer(Database::Handle& handle) noexcept {
    sqlite3_set_authorizer(handle.connection, authorize, &handle);
}

}  // namespace app::database::detail
