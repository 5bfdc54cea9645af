#pragma once
// Everything that a casebook keeps, in one SQLCipher database.

#include "app/casebook/custody.hpp"
#include "app/casebook/sqlcipher/access_log.hpp"
#include "app/casebook/sqlcipher/audit_book.hpp"
#include "app/casebook/sqlcipher/batches.hpp"
#include "app/casebook/sqlcipher/erasures.hpp"
#include "app/casebook/sqlcipher/handling.hpp"
#include "app/casebook/sqlcipher/ledger.hpp"
#include "app/casebook/sqlcipher/refusals.hpp"
#include "app/casebook/sqlcipher/reversals.hpp"

namespace app::casebook::sqlcipher {

class Custody final : public casebook::Custody {
  public:
    Custody(crypto::SodiumReady ready, app::database::Database database)
        : database_(std::move(database)),
          ledger_(ready, database_),
          reversals_(database_),
          batches_(database_),
          audits_(database_),
          erasures_(database_),
          refusals_(database_),
          handling_(database_),
          access_log_(database_) {}

    [[nodiscard]] casebook::Ledger& ledger() noexcept override { return ledger_; }
    [[nodiscard]] casebook::Reversals& reversals() noexcept override { return reversals_; }
    [[nodiscard]] casebook::Batches& batches() noexcept override { return batches_; }
    [[nodiscard]] casebook::AuditBook& audits() noexcept override { return audits_; }
    [[nodiscard]] casebook::Erasures& erasures() noexcept override { return erasures_; }
    [[nodiscard]] casebook::Refusals& refusals() noexcept override { return refusals_; }
    [[nodiscard]] casebook::Handling& handling() noexcept override { return handling_; }
    [[nodiscard]] casebook::AccessLog& access_log() noexcept override { return access_log_; }

    [[nodiscard]] Result<std::unique_ptr<Change>> begin() override;
    [[nodiscard]] Result<Unseen> unseen() override;
    [[nodiscard]] Result<std::optional<exchange::Day>> last_backup() override;
    [[nodiscard]] Result<void> note_backup(exchange::Day day) override;
    void take_memory(std::size_t records) noexcept override;
    void rest() noexcept override;
    [[nodiscard]] Result<void> compact() override;

  private:
    app::database::Database database_;
    Ledger ledger_;
    Reversals reversals_;
    Batches batches_;
    AuditBook audits_;
    Erasures erasures_;
    Refusals refusals_;
    Handling handling_;
    AccessLog access_log_;
};

}  // namespace app::casebook::sqlcipher
