#pragma once
// Rows out of a database some pages of which cannot be read. Inside app/store only.

#include <set>
#include <string_view>

#include "app/database/database.hpp"
#include "app/store/store.hpp"
#include "app/store/summary.hpp"

namespace app::store::detail {

/// Reads from a copy of a damaged database. After a page that does not authenticate SQLCipher gives nothing more out,
/// so the connection is made anew then.
class Salvage {
  public:
    Salvage(crypto::SodiumReady ready, std::filesystem::path copy, const crypto::SecretBytes& key)
        : ready_(ready), copy_(std::move(copy)), key_(key) {}

    /// False when not even the first page can be read.
    [[nodiscard]] bool open();
    /// Gives the copy the first page of an empty database that has this salt, the same key and the same tables, and at
    /// least as many pages: so what stands on the other pages is reached. Also for one that was cut. Uses the file
    /// `helper` meanwhile. True when it opens then. Errors: NoSpace, Io, Memory.
    [[nodiscard]] Result<bool> open_with_lent_page(const std::filesystem::path& helper,
                                                   const crypto::DatabaseSalt& salt);
    /// A page could not be read so far.
    [[nodiscard]] bool broken() const noexcept { return broken_; }
    /// Pages of the copy.
    [[nodiscard]] std::uint64_t pages() const noexcept;

    /// The row numbers of a table by every way that leads to them: the table itself and its indexes.
    [[nodiscard]] std::set<std::int64_t> rows_of(std::string_view table);
    /// From now on the table begins at that page, and is the only one; gives the row numbers found there, and nothing
    /// where it is no page of a table.
    [[nodiscard]] std::set<std::int64_t> rows_at(std::string_view table, std::uint64_t page);
    /// Whether the bytes of this row match the digest that stands beside them: `sealed`, `value`, `value_copy`,
    /// `batch`. Of `audit` only that it is a row of that table: the chain says the rest.
    [[nodiscard]] bool whole(std::string_view table, std::int64_t row);
    /// `into` as database::Database::copy_row.
    [[nodiscard]] bool copy(std::string_view table, std::int64_t row, database::Database& to,
                            std::string_view into = {});
    /// Whether the summary over workers, waiting, values and batches holds, and how many sealed rows it knows of.
    struct Covered {
        bool holds = false;
        std::uint64_t rows = 0;
    };
    [[nodiscard]] Covered security();
    /// A whole value of eight bytes, from `value` or `value_copy`. 0 when there is none.
    [[nodiscard]] std::uint64_t number(std::string_view table, std::string_view name);
    /// The first eight bytes, which count, of where the audit stood. 0 when that is not known.
    [[nodiscard]] std::uint64_t audit_number();

  private:
    void again() noexcept;
    bool is_audit(std::int64_t row);
    /// What `read` makes of the first row; nothing when there is none, or it cannot be read.
    template <class Read, class... Values>
    auto ask(std::string_view sql, Read read, const Values&... values) -> std::optional<database::ReadFrom<Read>>;
    std::set<std::int64_t> collect(const std::string& way);
    crypto::SodiumReady ready_;
    std::filesystem::path copy_;
    const crypto::SecretBytes& key_;
    std::optional<database::Database> database_;
    std::vector<database::SchemaRow> schema_;  ///< of the copy, before rows_at() took from it what it does not read
    bool broken_ = false;
};

}  // namespace app::store::detail
