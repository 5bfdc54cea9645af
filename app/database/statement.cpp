// Statements, transactions, and what SQLite's result codes mean here.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "app/database/handle.hpp"
#include "crypto/try.hpp"

namespace app::database {
namespace detail {
namespace {

Error error_of_io(sqlite3* connection, int extended) noexcept {
    const int system = connection != nullptr ? sqlite3_system_errno(connection) : 0;
    if (system == ENOSPC || system == EDQUOT || system == EFBIG) return Error::NoSpace;
    if (system == EROFS || system == EACCES || system == EPERM) return Error::ReadOnly;
    if (extended == SQLITE_IOERR_NOMEM) return Error::Memory;
    if (extended == SQLITE_IOERR_SHORT_READ) return Error::Damaged;
    return Error::Io;
}

}  // namespace

Error error_of(sqlite3* connection, int code) noexcept {
    const int extended = connection != nullptr ? sqlite3_extended_errcode(connection) : code;
    switch (code & 0xff) {
        case SQLITE_NOTADB:
            return Error::WrongKey;
        case SQLITE_CORRUPT:
        case SQLITE_SCHEMA:
        case SQLITE_FORMAT:
            return Error::Damaged;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return Error::ReadOnly;
        case SQLITE_FULL:
            return Error::NoSpace;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return Error::InUse;
        case SQLITE_NOMEM:
            return Error::Memory;
        case SQLITE_CONSTRAINT:
            return Error::Refused;
        case SQLITE_TOOBIG:
            return Error::Input;
        case SQLITE_CANTOPEN:
            return error_of_io(connection, extended);
        case SQLITE_IOERR:
            return error_of_io(connection, extended);
        default:
            return Error::Internal;  // SQLite's open set of codes
    }
}

Result<void> execute(sqlite3* connection, const char* sql) {
    const int code = sqlite3_exec(connection, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(error_of(connection, code));
    return {};
}

Result<std::string> single(sqlite3* connection, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr);
    std::string value;
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
            if (text != nullptr) value.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, 0)));
        }
    }
    const bool good = code == SQLITE_ROW || code == SQLITE_DONE;
    const Error error = good ? Error::Internal : error_of(connection, code);
    sqlite3_finalize(statement);
    if (!good) return tl::unexpected(error);
    return value;
}

}  // namespace detail

Database::Handle::~Handle() {
    for (auto* statement : idle_) sqlite3_finalize(statement);
    sqlite3_close(connection);
}

sqlite3_stmt* Database::Handle::take(std::string_view sql) noexcept {
    const auto found =
        std::find_if(idle_.begin(), idle_.end(), [&](sqlite3_stmt* one) { return sqlite3_sql(one) == sql; });
    if (found == idle_.end()) return nullptr;
    auto* const statement = *found;
    idle_.erase(found);
    return statement;
}

void Database::Handle::give_back(sqlite3_stmt* statement) noexcept {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    try {
        if (idle_.size() < most_idle) return idle_.push_back(statement);
    } catch (const std::bad_alloc&) {  // then it is prepared anew
    }
    sqlite3_finalize(statement);
}

Database::Statement::Statement(Statement&& other) noexcept : statement_(other.statement_), home_(other.home_) {
    other.statement_ = nullptr;
}

Database::Statement::~Statement() {
    if (statement_ != nullptr) home_->give_back(statement_);
}

namespace {

/// Binding copies nothing. SQLite's result code.
int bind_one(sqlite3_stmt* statement, int parameter, const Value& value) noexcept {
    if (const auto* const number = std::get_if<std::int64_t>(&value.held()))
        return sqlite3_bind_int64(statement, parameter, *number);
    if (const auto* text = std::get_if<std::string_view>(&value.held())) {
        const char* data = text->data() != nullptr ? text->data() : "";
        return sqlite3_bind_text64(statement, parameter, data, text->size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    if (const auto* bytes = std::get_if<crypto::ByteView>(&value.held())) {
        const void* data = bytes->data() != nullptr ? static_cast<const void*>(bytes->data()) : "";
        return sqlite3_bind_blob64(statement, parameter, data, bytes->size(), SQLITE_STATIC);
    }
    return SQLITE_OK;  // null until something is bound
}

}  // namespace

Result<void> Database::Statement::bind(std::span<const Value> values) noexcept {
    // A value too few would be bound as null, one too many to nothing.
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_)) != values.size())
        return tl::unexpected(Error::Internal);
    int parameter = 0;
    for (const auto& value : values)
        if (const int code = bind_one(statement_, ++parameter, value); code != SQLITE_OK)
            return tl::unexpected(detail::error_of(nullptr, code));
    return {};
}

Result<bool> Database::Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    const Error error = detail::error_of(sqlite3_db_handle(statement_), code);
    sqlite3_reset(statement_);
    return tl::unexpected(error);
}

Result<void> Database::Statement::finish() {
    AMPARO_TRY(const row, step());
    if (row) return tl::unexpected(Error::Internal);
    return {};
}

bool Row::is_null(int column) const noexcept {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const noexcept {
    return sqlite3_column_int64(statement_, column);
}

std::string_view Row::text(int column) const noexcept {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

crypto::ByteView Row::bytes(int column) const noexcept {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

crypto::Bytes Row::copy_of(int column) const {
    const auto held = bytes(column);
    return {held.begin(), held.end()};
}

Result<Transaction> Transaction::begin(Database& database) {
    AMPARO_DO(database.run("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK"));
}

Result<void> Transaction::commit() {
    auto done = database_->run("COMMIT");
    if (done) database_ = nullptr;
    return done;
}

}  // namespace app::database
