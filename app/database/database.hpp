#pragma once
// One encrypted database file with every protective setting in force, or none at all. Knows no table of anybody.
// Source: sqlite.org "Defense Against The Dark Arts"; SQLCipher API documentation.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/database/failure.hpp"
#include "app/database/row.hpp"
#include "app/database/value.hpp"
#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"
#include "crypto/try.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace app::database {

/// One row of what SQLite keeps of its tables and indexes. Source: sqlite.org "The Schema Table".
struct SchemaRow {
    std::string type;  ///< table, index
    std::string name;
    std::string table;  ///< which it belongs to
    std::int64_t page;  ///< where it begins
    std::string sql;    ///< empty for an index that SQLite made itself
};

inline constexpr std::size_t database_key_bytes = 32;
inline constexpr std::size_t database_salt_bytes = 16;
inline constexpr std::size_t database_page_bytes = 4096;
inline constexpr int kiosk_cache_kib = 2048;
inline constexpr std::size_t database_most_value = 80U << 20;  ///< bytes of one value; the largest is a bundle

struct DatabaseOptions {
    int cache_kib = kiosk_cache_kib;  ///< page cache; it lies in locked memory
    bool check_pages = true;          ///< on open, authenticate every page in use and check every structure
    int wait_ms = 0;                  ///< how long another program's lock is waited for before InUse is given
    /// create(): the first 16 bytes of the file instead of random ones, which the key of every page's digest is made
    /// with.
    std::optional<std::array<std::byte, database_salt_bytes>> salt = std::nullopt;
    /// open(): what migrations change waits for keep_migrations(); without it the file stays as it was.
    bool hold_migrations = false;
};

/// The settings as SQLCipher reports them back; open() and create() compare them before anything is read or written.
struct DatabaseSettings {
    std::string cipher_version;
    bool memory_security = false;  ///< it works in locked memory that is wiped when given back
    std::string journal_mode;
    int synchronous = 0;  ///< 3 is EXTRA
    int secure_delete = 0;
    int temp_store = 0;  ///< 2 is memory
    int page_size = 0;
    int cache_kib = 0;
    bool trusted_schema = true;
    bool defensive = false;
    bool extensions = true;
    bool foreign_keys = false;
};

/// The statements that lead from one version of a schema to the next.
using Migration = std::span<const std::string_view>;

namespace detail {

/// A value that a row was read into, out of the Result that it may come in.
template <class T>
struct Inner {
    using type = T;
    static constexpr bool may_fail = false;
};
template <class T>
struct Inner<Result<T>> {
    using type = T;
    static constexpr bool may_fail = true;
};

}  // namespace detail

/// What a function that takes a Row makes of it.
template <class Read>
using ReadFrom = typename detail::Inner<std::invoke_result_t<Read&, Row>>::type;

/// Move-only. Used from one thread at a time. Closing wipes what SQLCipher held. The file is opened without following
/// symbolic links; statements other than reading and writing rows are refused after the schema is in place.
class Database {
  public:
    /// A new database, mode 0600. All migrations are run in one transaction.
    /// Errors: Exists, ReadOnly, NoSpace, Io, Library, Memory, Input (key length).
    [[nodiscard]] static Result<Database> create(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                 const crypto::SecretBytes& key, std::span<const Migration> migrations,
                                                 const DatabaseOptions& options = {});
    /// Opens and checks; then runs the migrations that are missing, all in one transaction. `migrations[i]` leads from
    /// version i to i + 1, `expected_schema` is every CREATE statement of the last version, ordered by name.
    /// Errors: Missing, InUse, WrongKey, Damaged, ReadOnly, NoSpace, Io, Library, Newer, Memory, Input.
    [[nodiscard]] static Result<Database> open(crypto::SodiumReady ready, const std::filesystem::path& file,
                                               const crypto::SecretBytes& key, std::span<const Migration> migrations,
                                               std::span<const std::string_view> expected_schema,
                                               const DatabaseOptions& options = {});

    /// For reading what is left of a damaged one: neither pages nor schema are checked, only the first page must be
    /// readable. Errors: as open().
    [[nodiscard]] static Result<Database> open_damaged(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                       const crypto::SecretBytes& key);

    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    // In all of these `sql` is one constant statement of ours; values are bound to its parameters ?1, ?2, … in their
    // order, as many as it has, and never written into it. Errors: Internal (the statement, or the number of values),
    // NoSpace, ReadOnly, Damaged, Refused (a constraint), …

    /// A statement that gives no rows.
    template <class... Values>
    [[nodiscard]] Result<void> run(std::string_view sql, const Values&... values);
    /// What `read` makes of the first row; nothing when there is none. `read` takes a Row and gives a value, or a
    /// Result of one, whose error is passed on.
    template <class Read, class... Values>
    [[nodiscard]] auto one(std::string_view sql, Read read, const Values&... values)
        -> Result<std::optional<ReadFrom<Read>>>;
    /// What `read` makes of every row, in the statement's order.
    template <class Read, class... Values>
    [[nodiscard]] auto rows(std::string_view sql, Read read, const Values&... values)
        -> Result<std::vector<ReadFrom<Read>>>;
    /// Shows every row to `visit` and keeps none. What `visit` returns is nothing, or a Result<void> whose error ends
    /// it, or a Result<bool> that also ends it with false. It may run other statements, not change the table that is
    /// being read.
    template <class Visit, class... Values>
    [[nodiscard]] Result<void> each(std::string_view sql, Visit visit, const Values&... values);
    /// The same with values whose number is known only when it runs.
    template <class Visit>
    [[nodiscard]] Result<void> each(std::string_view sql, Visit visit, std::span<const Value> values);
    /// The first column of the first row; 0 when there is no row, or it is null.
    template <class... Values>
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql, const Values&... values);
    /// Whether everything that the statement names is there.
    [[nodiscard]] bool accepts(std::string_view sql);

    /// Copies every row of one table, named by a constant of ours, into the empty table of that name in `to`.
    /// Inside a transaction of `to`.
    [[nodiscard]] Result<void> copy_rows(std::string_view table, Database& to);

    /// The same for one row, by its number. `into`: another table with the same columns, where the row gets a number of
    /// its own.
    [[nodiscard]] Result<void> copy_row(std::string_view table, std::int64_t row, Database& to,
                                        std::string_view into = {});

    /// Whether pages still come out: after one that does not authenticate SQLCipher gives nothing more out, while one
    /// whose content makes no sense costs only its own statement. Reads the first page anew.
    [[nodiscard]] bool gives_pages();

    /// What the database says of its tables and indexes, in its order. Errors: Damaged, Io.
    [[nodiscard]] Result<std::vector<SchemaRow>> schema_rows();
    /// From now on the database has only this table of `schema`, and it begins at this page (from 1): so that rows are
    /// reached whose way from the table's own first page is damaged. SQLite reads the whole schema anew for each page
    /// that is tried, so what is not read must not be in it. Changes the file; only for the copy of a damaged one.
    /// Errors: Damaged, Io, NoSpace.
    [[nodiscard]] Result<void> begin_table_at(std::span<const SchemaRow> schema, std::string_view table,
                                              std::uint64_t page);

    /// What DatabaseOptions::hold_migrations held goes to the medium; nothing is done where nothing was.
    /// Errors: NoSpace, Io, …
    [[nodiscard]] Result<void> keep_migrations();

    /// Writes the file anew with nothing but its rows: unused parts of pages may hold what was deleted, because SQLite
    /// clears what it frees, not what it moves. Not inside a transaction; memory for the whole file.
    /// Errors: InUse, NoSpace, Memory, Io.
    [[nodiscard]] Result<void> compact();

    [[nodiscard]] std::int64_t last_row_id() const noexcept;
    /// Rows changed by the last finished statement.
    [[nodiscard]] std::int64_t changes() const noexcept;
    /// How large the page cache may get from now on; what is more by then is given back, wiped.
    void set_cache(int kib) noexcept;
    /// Gives back every cached page, wiped; the next read comes from the file.
    void release_memory() noexcept;
    /// Reads the settings back from the library.
    [[nodiscard]] Result<DatabaseSettings> settings();

    struct Handle;  ///< of this folder's own sources

  private:
    explicit Database(std::unique_ptr<Handle> handle) noexcept;
    class Statement;
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    [[nodiscard]] Result<Statement> bound(std::string_view sql, std::span<const Value> values);
    std::unique_ptr<Handle> handle_;
};

/// A statement of a Database that is still there, with its values. Must not outlive them.
class Database::Statement {
  public:
    Statement(sqlite3_stmt* statement, Handle& home) noexcept : statement_(statement), home_(&home) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Each to the parameter of its place; nothing is copied. Errors: Internal (there are more or fewer parameters).
    [[nodiscard]] Result<void> bind(std::span<const Value> values) noexcept;
    /// True when a row is there, false at the end. Errors: NoSpace, ReadOnly, Damaged, Refused (a constraint), …
    [[nodiscard]] Result<bool> step();
    /// step() of a statement that gives no rows. Errors: as step(), Internal (it gives one).
    [[nodiscard]] Result<void> finish();
    /// Where it stands, after a step() that gave true and until the next.
    [[nodiscard]] Row row() const noexcept { return Row(statement_); }

  private:
    sqlite3_stmt* statement_;
    Handle* home_;
};

/// Undone by the destructor unless commit() succeeded. No nesting.
class Transaction {
  public:
    /// Takes the write lock at once. Errors: InUse, ReadOnly, Io.
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Returns after the medium has it (synchronous EXTRA). On failure everything is undone. Errors: NoSpace, Io, …
    [[nodiscard]] Result<void> commit();

  private:
    explicit Transaction(Database& database) noexcept : database_(&database) {}
    Database* database_;
};

template <class... Values>
Result<void> Database::run(std::string_view sql, const Values&... values) {
    const std::array<Value, sizeof...(Values)> given{Value(values)...};
    AMPARO_TRY(statement, bound(sql, given));
    return statement.finish();
}

template <class Read, class... Values>
auto Database::one(std::string_view sql, Read read, const Values&... values) -> Result<std::optional<ReadFrom<Read>>> {
    const std::array<Value, sizeof...(Values)> given{Value(values)...};
    AMPARO_TRY(statement, bound(sql, given));
    AMPARO_TRY(const there, statement.step());
    std::optional<ReadFrom<Read>> found;
    if (!there) return found;
    if constexpr (detail::Inner<std::invoke_result_t<Read&, Row>>::may_fail) {
        AMPARO_TRY(value, read(statement.row()));
        found.emplace(std::move(value));
    } else {
        found.emplace(read(statement.row()));
    }
    return found;
}

template <class Visit, class... Values>
Result<void> Database::each(std::string_view sql, Visit visit, const Values&... values) {
    const std::array<Value, sizeof...(Values)> given{Value(values)...};
    return each(sql, std::move(visit), std::span<const Value>(given));
}

template <class Visit>
Result<void> Database::each(std::string_view sql, Visit visit, std::span<const Value> values) {
    AMPARO_TRY(statement, bound(sql, values));
    for (;;) {
        AMPARO_TRY(const more, statement.step());
        if (!more) return {};
        if constexpr (std::is_void_v<std::invoke_result_t<Visit&, Row>>) {
            visit(statement.row());
        } else if constexpr (std::is_same_v<std::invoke_result_t<Visit&, Row>, Result<bool>>) {
            AMPARO_TRY(const go_on, visit(statement.row()));
            if (!go_on) return {};
        } else {
            AMPARO_DO(visit(statement.row()));
        }
    }
}

template <class Read, class... Values>
auto Database::rows(std::string_view sql, Read read, const Values&... values) -> Result<std::vector<ReadFrom<Read>>> {
    std::vector<ReadFrom<Read>> found;
    const auto add = [&](Row row) -> Result<void> {
        if constexpr (detail::Inner<std::invoke_result_t<Read&, Row>>::may_fail) {
            AMPARO_TRY(value, read(row));
            found.push_back(std::move(value));
        } else {
            found.push_back(read(row));
        }
        return {};
    };
    AMPARO_DO(each(sql, add, values...));
    return found;
}

template <class... Values>
Result<std::int64_t> Database::number(std::string_view sql, const Values&... values) {
    AMPARO_TRY(const first, one(
                                sql, [](Row row) { return row.integer(0); }, values...));
    return first.value_or(0);
}

}  // namespace app::database
