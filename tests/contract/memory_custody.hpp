#pragma once
// A casebook's custody without a database: what it is judged by judges it as well.

#include "tests/contract/memory_access_log.hpp"
#include "tests/contract/memory_audit_book.hpp"
#include "tests/contract/memory_batches.hpp"
#include "tests/contract/memory_erasures.hpp"
#include "tests/contract/memory_handling.hpp"
#include "tests/contract/memory_ledger.hpp"
#include "tests/contract/memory_refusals.hpp"
#include "tests/contract/memory_reversals.hpp"

namespace test {

class MemoryCustody : public casebook::Custody {
  public:
    casebook::Ledger& ledger() noexcept override { return ledger_; }
    casebook::Reversals& reversals() noexcept override { return reversals_; }
    casebook::Batches& batches() noexcept override { return batches_; }
    casebook::Refusals& refusals() noexcept override { return refusals_; }
    casebook::Erasures& erasures() noexcept override { return erasures_; }
    casebook::Handling& handling() noexcept override { return handling_; }
    casebook::AccessLog& access_log() noexcept override { return access_log_; }
    casebook::AuditBook& audits() noexcept override { return audits_; }

    /// Undone by going back to what was.
    casebook::Result<std::unique_ptr<casebook::Change>> begin() override {
        class Undone final : public casebook::Change {
          public:
            explicit Undone(MemoryRows& rows) : rows_(&rows), before_(rows) {}
            ~Undone() override {
                if (rows_ != nullptr) *rows_ = std::move(before_);
            }
            casebook::Result<void> commit() override {
                rows_ = nullptr;
                return {};
            }

          private:
            MemoryRows* rows_;
            MemoryRows before_;
        };
        return std::make_unique<Undone>(rows_);
    }
    casebook::Result<std::optional<exchange::Day>> last_backup() override { return rows_.backup; }
    casebook::Result<void> note_backup(exchange::Day day) override {
        rows_.backup = day;
        return {};
    }
    void take_memory(std::size_t) noexcept override {}
    void rest() noexcept override {}
    casebook::Result<void> compact() override { return {}; }
    casebook::Result<casebook::Unseen> unseen() override {
        casebook::Unseen counts;
        for (const auto& [number, row] : rows_.sealed) {
            if (!row.fate)
                ++counts.waiting;
            else if (casebook::is_refusal(row.fate->outcome))
                ++counts.unlisted;
        }
        for (const auto& one : rows_.held) ++(one.is.withdrawn ? counts.withdrawals : counts.revisions);
        counts.quarantined = rows_.refused.size();
        counts.erased = rows_.erased.size();
        return counts;
    }

  private:
    MemoryRows rows_;
    MemoryLedger ledger_{rows_};
    MemoryReversals reversals_{rows_};
    MemoryBatches batches_{rows_};
    MemoryRefusals refusals_{rows_};
    MemoryHandling handling_{rows_};
    MemoryAccessLog access_log_{rows_};
    MemoryErasures erasures_{rows_};
    MemoryAuditBook audits_{rows_};
};

}  // namespace test
