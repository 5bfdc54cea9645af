#pragma once
// Everything that a casebook keeps, by matter. Whoever keeps it, tests/contract says how it has to behave.

#include "app/casebook/audit_book.hpp"
#include "app/casebook/batches.hpp"
#include "app/casebook/erasures.hpp"
#include "app/casebook/ledger.hpp"
#include "app/casebook/reversals.hpp"

namespace app::casebook {

/// The parts live as long as it does.
class Custody {
  public:
    Custody() = default;
    Custody(const Custody&) = delete;
    Custody& operator=(const Custody&) = delete;
    virtual ~Custody() = default;

    [[nodiscard]] virtual Ledger& ledger() noexcept = 0;
    [[nodiscard]] virtual Reversals& reversals() noexcept = 0;
    [[nodiscard]] virtual Batches& batches() noexcept = 0;
    [[nodiscard]] virtual AuditBook& audits() noexcept = 0;
    [[nodiscard]] virtual Erasures& erasures() noexcept = 0;
};

}  // namespace app::casebook
