#pragma once
// What coordinators say has arrived, and what may go because of it. Verifies no signature: what it is given was. What
// is allowed is said by receipt_rules.

#include <cstdint>
#include <vector>

#include "app/store/receipt_rules.hpp"
#include "app/store/tables.hpp"

namespace app::store {

class Receipts {
  public:
    explicit Receipts(detail::Tables& tables) noexcept : tables_(tables), database_(tables.database()) {}
    Receipts(const Receipts&) = delete;
    Receipts& operator=(const Receipts&) = delete;

    /// Keeps a receipt and what it says of the batch's rows, in one transaction. One that is refused changes nothing.
    /// Errors: Input, NoSpace, and those of reading.
    [[nodiscard]] Result<TakenReceipt> take(const Receipt& receipt, const Keeping& keeping, Now now);
    /// Counts the time of all holds, applies the policy that is in force now to what is still open, and erases rows
    /// whose hold is over and that enough of its signers have: their bytes go, with secure_delete, in one transaction.
    /// RETURN of a batch goes with the last of its rows. Gives how many rows. Errors: NoSpace, and those of reading.
    [[nodiscard]] Result<std::uint64_t> housekeep(const Keeping& keeping, Now now);

  private:
    struct Settled {
        std::uint64_t confirmed = 0;
        std::uint64_t again = 0;
    };
    Result<rules::HoldClock> clock_at(Now now);
    Result<void> put(const rules::HoldClock& clock);
    Result<std::optional<rules::RefusedDigests>> refused_by(BatchKey batch, ByteView signer);
    Result<std::vector<rules::RefusedDigests>> counted(BatchKey batch, const Keeping& keeping);
    Result<Settled> settle(BatchKey batch, const Keeping& keeping, std::chrono::seconds now);
    Result<void> move(const detail::RowPlace& before, RowState state);
    Result<std::uint64_t> erase(BatchKey batch, const Keeping& keeping);
    Result<void> drop_ways_back(const Keeping& keeping);

    detail::Tables& tables_;
    database::Database& database_;
};

}  // namespace app::store
