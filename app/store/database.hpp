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

#include "app/store/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace app::store {

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
    bool memory_security = false;
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

class Statement;

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

    /// `sql` is one constant statement of ours; values are bound, never written into it. Errors: Internal, Damaged, …
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// prepare() and step() of a statement without values and rows.
    [[nodiscard]] Result<void> run(std::string_view sql);

    /// Copies every row of one table, named by a constant of ours, into the empty table of that name in `to`.
    /// Inside a transaction of `to`.
    [[nodiscard]] Result<void> copy_rows(std::string_view table, Database& to);

    /// The same for one row, by its number. `into`: another table with the same columns, where the row gets a number of
    /// its own.
    [[nodiscard]] Result<void> copy_row(std::string_view table, std::int64_t row, Database& to,
                                        std::string_view into = {});

    /// From now on the table begins at this page (from 1): so that rows are reached whose way from the table's own
    /// first page is damaged. Changes the file; only for the copy of a damaged one. Errors: Damaged, Io, NoSpace.
    [[nodiscard]] Result<void> begin_table_at(std::string_view table, std::uint64_t page);

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
    /// Gives back every cached page, wiped; the next read comes from the file.
    void release_memory() noexcept;
    /// Reads the settings back from the library.
    [[nodiscard]] Result<DatabaseSettings> settings();

    struct Handle;  ///< of this folder's own sources

  private:
    explicit Database(std::unique_ptr<Handle> handle) noexcept;
    std::unique_ptr<Handle> handle_;
};

/// Must not outlive its database. Parameters and columns are counted from 1 and 0 as in SQLite. Values that a column
/// gives live until the next step(), reset() or the destructor.
class Statement {
  public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Binding copies nothing: bound bytes and texts must outlive the next step(). A failure shows at step().
    Statement& bind(int parameter, std::int64_t value) noexcept;
    Statement& bind(int parameter, std::string_view text) noexcept;
    Statement& bind(int parameter, crypto::ByteView bytes) noexcept;

    /// True when a row is there, false at the end. Errors: NoSpace, ReadOnly, Damaged, Refused (a constraint), …
    [[nodiscard]] Result<bool> step();
    /// step() of a statement that gives no rows, then reset().
    [[nodiscard]] Result<void> finish();
    /// Ready to run again; bound values are forgotten.
    void reset() noexcept;

    [[nodiscard]] bool is_null(int column) const noexcept;
    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    [[nodiscard]] std::string_view text(int column) const noexcept;
    [[nodiscard]] crypto::ByteView bytes(int column) const noexcept;

  private:
    friend class Database;
    Statement(sqlite3_stmt* statement, Database::Handle& home) noexcept : statement_(statement), home_(&home) {}
    sqlite3_stmt* statement_;
    Database::Handle* home_;
    int bound_ = 0;  // first failure of a bind
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

}  // namespace app::store
