#pragma once
// What the store's own source files share. Inside app/store only.

#include "app/store/store.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace detail {

/// Failures of crypto in terms of this layer.
[[nodiscard]] Error error_of(crypto::Error error) noexcept;
[[nodiscard]] bool is_record_id(std::string_view text) noexcept;
/// A row of ours has names of ours.
[[nodiscard]] inline bool is_named(const RowInfo& row) noexcept {
    return is_record_id(row.name) && is_record_id(row.record);
}

/// What a repair found out.
struct AfterRepair {
    AuditHead audit;                    ///< where the chain ends now
    std::uint64_t audit_sent = 0;       ///< as far as that is known for certain
    std::uint64_t epoch = 0;            ///< the new one; 0 when the device was never enrolled
    std::uint64_t bundle_sequence = 0;  ///< the highest that was installed; 0 when none is known
    Digest damaged{};                   ///< of the database file that this one takes the place of
    std::string note;                   ///< what the coordinators are to be told
};

/// The whole database of a file as at any start; migrations are held until keep_migrations(). Errors: as open_store().
[[nodiscard]] Result<std::unique_ptr<Store>> open_whole(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                        const crypto::SecretBytes& key);

}  // namespace detail

template <class... Values>
Result<std::vector<detail::RowPlace>> Store::places(std::string_view where, const Values&... values) {
    const auto ours = [](database::Row row) -> Result<detail::RowPlace> {
        AMPARO_TRY(place, detail::place_columns(row));
        if (!detail::is_named(place.row)) return tl::unexpected(Error::Damaged);
        return place;
    };
    return database_.rows(std::string(detail::place_select).append(where), ours, values...);
}

template <class Change>
Result<void> Store::change_tables(Change change) {
    AMPARO_TRY(transaction, database::Transaction::begin(database_));
    AMPARO_DO(change());
    AMPARO_DO(summary_.tables_changed(database_));
    return transaction.commit();
}

}  // namespace app::store
