#pragma once
// Batches: what would go, what was frozen, and the same again. Signs and writes none.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/store/tables.hpp"
#include "crypto/secret.hpp"

namespace app::store {

class Outbox {
  public:
    explicit Outbox(detail::Tables& tables) noexcept : tables_(tables), database_(tables.database()) {}
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// Everything that waits, without `open_record` (empty: no interview is open). Errors: NotFound (not enrolled).
    [[nodiscard]] Result<BatchPlan> plan(std::string_view open_record);
    /// Freezes the first `count` rows of the plan as the plan's sequence, in one transaction. `way_back`: RETURN of the
    /// batch; empty where it has none.
    /// Without a row where none waits: such a batch needs a RETURN, by which it is known until it has a receipt.
    /// Errors: Refused (the plan is no longer the next one, or a row was changed), Input (count 0 while something
    /// waits, or too large).
    [[nodiscard]] Result<void> freeze(const BatchPlan& plan, std::size_t count, const BatchBytes& bytes,
                                      ByteView way_back = {});
    /// Batches that still have rows with fewer receipts than the policy asks for, and empty ones without any, oldest
    /// first.
    [[nodiscard]] Result<std::vector<BatchKey>> open_batches();
    /// Those, and batches that are held and whole: whatever can still be had of what was sent, oldest first. Where a
    /// receipt refused a row, the row is in another batch since, and the others are confirmed.
    [[nodiscard]] Result<std::vector<BatchKey>> kept_batches();
    /// Errors: NotFound.
    [[nodiscard]] Result<FrozenBatch> batch(BatchKey key);
    /// Batches whose RETURN is kept: those to which an answer can still be read, oldest first.
    [[nodiscard]] Result<std::vector<BatchKey>> answerable();
    /// RETURN of a batch; nothing where it has none, or all of it has gone. Errors: Memory, and those of reading.
    [[nodiscard]] Result<std::optional<crypto::SecretBytes>> way_back(BatchKey key);

  private:
    Result<void> freeze_row(const RowInfo& row, std::uint64_t epoch, std::uint64_t sequence);

    detail::Tables& tables_;
    database::Database& database_;
};

}  // namespace app::store
