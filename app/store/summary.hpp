#pragma once
// One keyed digest over everything that decides: people, tries, device, bundle, batches, receipts and the list of
// sealed rows. It is written in the same transaction as the change, so that an authentic page of another age shows on
// open. Inside app/store only.

#include "app/database/database.hpp"
#include "app/store/failure.hpp"
#include "app/store/values.hpp"
#include "crypto/hash.hpp"

namespace app::store::detail {

/// Where a row is; RowInfo and its batch (zeros while it is in none).
struct RowPlace {
    RowInfo row;
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
};

class Summary {
  public:
    /// The key is derived from the database key, which is not kept. Error: Memory.
    [[nodiscard]] static Result<Summary> make(crypto::SodiumReady ready, const crypto::SecretBytes& database_key);

    /// Writes the summary of an empty database. Inside a transaction.
    [[nodiscard]] Result<void> start(database::Database& database);
    /// Computes everything anew and writes it: for rows that were copied from a verified database. Inside a
    /// transaction.
    [[nodiscard]] Result<void> rebuild(database::Database& database) const;
    /// After a change of any table but `sealed`. Inside the transaction of the change.
    [[nodiscard]] Result<void> tables_changed(database::Database& database);
    /// After `before` became `after` (nothing: inserted or deleted). Inside the transaction of the change.
    [[nodiscard]] Result<void> row_changed(database::Database& database, const RowPlace* before, const RowPlace* after);
    /// Whether workers, waiting, values and batches are those that were summed up last, whatever became of sealed rows.
    [[nodiscard]] Result<bool> security_holds(database::Database& database) const;
    /// How many sealed rows were summed up last. Errors: RolledBack, Damaged.
    [[nodiscard]] Result<std::uint64_t> rows(database::Database& database) const;
    /// Computes everything anew and compares. Errors: RolledBack, Damaged.
    [[nodiscard]] Result<void> verify(database::Database& database) const;

  private:
    Summary(crypto::SodiumReady ready, crypto::SecretBytes key) noexcept : ready_(ready), key_(std::move(key)) {}
    struct State {
        Digest tables{};
        Digest rows{};  // exclusive or of one keyed digest per row: inserting and deleting cost the same, however many
        std::int64_t count = 0;
    };
    [[nodiscard]] Result<State> read(database::Database& database) const;
    [[nodiscard]] Result<State> compute(database::Database& database) const;
    [[nodiscard]] Result<void> write(database::Database& database, const State& state) const;
    [[nodiscard]] Result<Digest> mac_of(const State& state) const;
    [[nodiscard]] Result<Digest> digest_of_row(const RowPlace& place) const;
    [[nodiscard]] Result<Digest> digest_of_tables(database::Database& database) const;
    [[nodiscard]] Result<Digest> keyed(std::string_view what, ByteView data) const;

    crypto::SodiumReady ready_;
    crypto::SecretBytes key_;
};

/// A digest column; all zeros when it has another length.
[[nodiscard]] Digest digest_column(database::Row row, int column) noexcept;
/// Reads a row of `SELECT id, name, record, revision, state, digest, size, epoch, sequence FROM sealed`.
[[nodiscard]] Result<RowPlace> place_columns(database::Row row);
inline constexpr std::string_view place_select =
    "SELECT id, name, record, revision, state, digest, size, epoch, sequence FROM sealed ";

}  // namespace app::store::detail
