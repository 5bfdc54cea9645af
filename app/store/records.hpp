#pragma once
// Sealed records and the draft of the one interview that is open: one revision in, read back, older ones out. Cannot
// open a sealed record. What may be kept and erased is said by keeping_rules.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/store/tables.hpp"
#include "crypto/age.hpp"

namespace app::store {

class Records {
  public:
    explicit Records(detail::Tables& tables) noexcept : tables_(tables), database_(tables.database()) {}
    Records(const Records&) = delete;
    Records& operator=(const Records&) = delete;

    /// Keeps one revision of a record in the only safe order: insert and commit, read back from the medium, verify with
    /// the file key, and only then delete older revisions that are in no batch, in a second transaction. When it fails
    /// before that, the earlier revision is still there.
    /// Errors: as insert() and read(); Damaged when the stored copy does not verify (it is deleted again).
    [[nodiscard]] Result<RowId> save_revision(std::string_view record, std::uint32_t revision,
                                              const crypto::Sealed& sealed, ByteView draft = {});
    /// One committed row; a `draft` that is not empty becomes the only one in the same transaction.
    /// Errors: Refused (that revision of the record, or a later one, is there), Input, NoSpace.
    [[nodiscard]] Result<RowId> insert(std::string_view record, std::uint32_t revision, ByteView sealed,
                                       ByteView draft = {});
    /// The draft that was kept last; nothing when there is none.
    [[nodiscard]] Result<std::optional<Draft>> draft();
    /// Also when there is none.
    [[nodiscard]] Result<void> drop_draft();
    /// The bytes as they are on the medium now, compared with their digest. Errors: NotFound, Damaged.
    [[nodiscard]] Result<Bytes> read(RowId id);
    /// By the row's random name: how a batch asks. Errors: NotFound, Damaged.
    [[nodiscard]] Result<Bytes> read(std::string_view name);
    /// Deletes rows of this record below `revision` that are in no batch, in one transaction. Returns how many.
    [[nodiscard]] Result<std::uint64_t> delete_older(std::string_view record, std::uint32_t revision);
    /// Deletes one row that is in no batch: for a copy that did not verify. Errors: NotFound, Refused (in a batch).
    [[nodiscard]] Result<void> discard(RowId id);
    /// Highest revision of the record that is kept, in whatever state; 0 when there is none.
    [[nodiscard]] Result<std::uint32_t> last_revision(std::string_view record);
    /// True when a row of this record is in a batch: then taking it back needs a `withdrawn` record.
    [[nodiscard]] Result<bool> was_exported(std::string_view record);
    /// Takes back a record that is in no batch: deletes all its rows. Errors: Refused (part of it is in a batch).
    [[nodiscard]] Result<std::uint64_t> erase(std::string_view record);
    [[nodiscard]] Result<Counts> counts();
    /// Every row whose sealed bytes are still here, in whatever batch, by name: to get them out of a device that cannot
    /// make batches any more.
    [[nodiscard]] Result<KeptRows> kept_rows();

  private:
    Result<void> put_draft(std::string_view record, std::uint32_t revision, ByteView bytes);
    Result<std::uint64_t> delete_rows(const std::vector<detail::RowPlace>& rows);
    template <class Key>
    Result<Bytes> sealed_bytes(std::string_view sql, const Key& key);

    detail::Tables& tables_;
    database::Database& database_;
};

}  // namespace app::store
