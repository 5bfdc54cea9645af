#pragma once
// Rows out of a database some pages of which cannot be read. Inside app/store only.

#include <set>
#include <string_view>

#include "app/store/database.hpp"
#include "app/store/store.hpp"
#include "app/store/summary.hpp"

namespace app::store::detail {

/// Reads from a copy of a damaged database. After a page that does not authenticate SQLCipher gives nothing more out,
/// so the connection is made anew then.
class Salvage {
  public:
    Salvage(crypto::SodiumReady ready, std::filesystem::path copy, const crypto::SecretBytes& key)
        : ready_(ready), copy_(std::move(copy)), key_(key) {}

    /// False when not even the first page can be read: then there is nothing to be had.
    [[nodiscard]] bool open();
    /// The row numbers of a table by every way that leads to them: the table itself and its indexes.
    [[nodiscard]] std::set<std::int64_t> rows_of(std::string_view table);
    /// Whether the bytes of this row of `sealed` or `value` match their digest.
    [[nodiscard]] bool whole(std::string_view table, std::int64_t row);
    [[nodiscard]] bool copy(std::string_view table, std::int64_t row, Database& to);
    /// Whether the summary over workers, waiting, values and batches holds.
    [[nodiscard]] bool security_holds();
    [[nodiscard]] std::optional<AuditEntry> audit(std::uint64_t number);

  private:
    void again() noexcept;
    crypto::SodiumReady ready_;
    std::filesystem::path copy_;
    const crypto::SecretBytes& key_;
    std::optional<Database> database_;
};

}  // namespace app::store::detail
