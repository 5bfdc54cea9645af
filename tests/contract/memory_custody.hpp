#pragma once
// A casebook's custody without a database: what it is judged by judges it as well.

#include "tests/contract/memory_audit_book.hpp"
#include "tests/contract/memory_batches.hpp"
#include "tests/contract/memory_erasures.hpp"
#include "tests/contract/memory_ledger.hpp"
#include "tests/contract/memory_reversals.hpp"

namespace test {

class MemoryCustody final : public casebook::Custody {
  public:
    casebook::Ledger& ledger() noexcept override { return ledger_; }
    casebook::Reversals& reversals() noexcept override { return reversals_; }
    casebook::Batches& batches() noexcept override { return batches_; }
    casebook::Erasures& erasures() noexcept override { return erasures_; }
    casebook::AuditBook& audits() noexcept override { return audits_; }

  private:
    MemoryRows rows_;
    MemoryLedger ledger_{rows_};
    MemoryReversals reversals_{rows_};
    MemoryBatches batches_{rows_};
    MemoryErasures erasures_{rows_};
    MemoryAuditBook audits_{rows_};
};

}  // namespace test
