#pragma once
// What every part of the store is built over: the database, the summary of all that decides, and values that are kept
// by name. Knows no rule. Inside app/store only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/database/database.hpp"
#include "app/store/failure.hpp"
#include "app/store/summary.hpp"
#include "app/store/values.hpp"

namespace app::store::detail {

[[nodiscard]] bool is_record_id(std::string_view text) noexcept;
/// A row of ours has names of ours.
[[nodiscard]] inline bool is_named(const RowInfo& row) noexcept {
    return is_record_id(row.name) && is_record_id(row.record);
}

class Tables {
  public:
    Tables(crypto::SodiumReady ready, database::Database database, Summary summary) noexcept
        : ready_(ready), database_(std::move(database)), summary_(std::move(summary)) {}
    Tables(const Tables&) = delete;
    Tables& operator=(const Tables&) = delete;

    [[nodiscard]] crypto::SodiumReady ready() const noexcept { return ready_; }
    [[nodiscard]] database::Database& database() noexcept { return database_; }

    /// Runs `change` and the new summary of every table but `sealed` in one transaction.
    template <class Change>
    [[nodiscard]] Result<void> change(Change change);
    /// As Summary::row_changed(): inside the transaction of the change.
    [[nodiscard]] Result<void> row_changed(const RowPlace* before, const RowPlace* after) {
        return summary_.row_changed(database_, before, after);
    }

    /// Nothing when there is no such value. Errors: Damaged.
    [[nodiscard]] Result<std::optional<Bytes>> value(std::string_view name);
    [[nodiscard]] Result<std::optional<std::uint64_t>> number(std::string_view name);
    /// Inside change().
    [[nodiscard]] Result<void> put(std::string_view name, ByteView bytes);
    [[nodiscard]] Result<void> put(std::string_view name, std::uint64_t number);

    /// Sealed rows by a condition that is a constant of ours. A name is the name of a file later: a row with another
    /// than ours is damage.
    template <class... Values>
    [[nodiscard]] Result<std::vector<RowPlace>> places(std::string_view where, const Values&... values);
    /// The second column, when its digest is what the first one says. Errors: Damaged.
    [[nodiscard]] Result<Bytes> checked_bytes(database::Row row) const;

  private:
    crypto::SodiumReady ready_;
    database::Database database_;
    Summary summary_;
};

template <class Change>
Result<void> Tables::change(Change change) {
    AMPARO_TRY(transaction, database::Transaction::begin(database_));
    AMPARO_DO(change());
    AMPARO_DO(summary_.tables_changed(database_));
    return transaction.commit();
}

template <class... Values>
Result<std::vector<RowPlace>> Tables::places(std::string_view where, const Values&... values) {
    const auto ours = [](database::Row row) -> Result<RowPlace> {
        AMPARO_TRY(place, place_columns(row));
        if (!is_named(place.row)) return tl::unexpected(Error::Damaged);
        return place;
    };
    return database_.rows(std::string(place_select).append(where), ours, values...);
}

}  // namespace app::store::detail
