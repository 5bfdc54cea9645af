#pragma once
// Everything that a casebook keeps, by matter. Whoever keeps it, tests/contract says how it has to behave.

#include <memory>
#include <optional>

#include "app/casebook/access_log.hpp"
#include "app/casebook/audit_book.hpp"
#include "app/casebook/batches.hpp"
#include "app/casebook/erasures.hpp"
#include "app/casebook/handling.hpp"
#include "app/casebook/ledger.hpp"
#include "app/casebook/refusals.hpp"
#include "app/casebook/reversals.hpp"
#include "app/exchange/certificate.hpp"

namespace app::casebook {

/// What a casebook holds that the list of cases does not show. Numbers of records, of files for `quarantined`.
struct Unseen {
    std::size_t waiting = 0;      ///< never tried to open
    std::size_t unlisted = 0;     ///< could not be listed
    std::size_t quarantined = 0;  ///< refused files, whether kept or only noted
    std::size_t withdrawals = 0;  ///< held
    std::size_t revisions = 0;    ///< held
    std::size_t erased = 0;       ///< by a coordinator
};

/// What is changed from Custody::begin() to commit() stands as a whole or not at all; without commit() it is undone.
class Change {
  public:
    Change() = default;
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;
    virtual ~Change() = default;

    /// Returns after the medium has it. On failure everything is undone. Errors: NoSpace, Io, …
    [[nodiscard]] virtual Result<void> commit() = 0;
};

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
    [[nodiscard]] virtual Refusals& refusals() noexcept = 0;
    [[nodiscard]] virtual Handling& handling() noexcept = 0;
    [[nodiscard]] virtual AccessLog& access_log() noexcept = 0;

    /// One at a time; what another program is changing is waited for. Errors: InUse, ReadOnly, Io.
    [[nodiscard]] virtual Result<std::unique_ptr<Change>> begin() = 0;
    /// Errors: Io, Damaged, Memory.
    [[nodiscard]] virtual Result<Unseen> unseen() = 0;
    /// The day of the last backup; nothing before the first. Errors: Io, Damaged, Memory.
    [[nodiscard]] virtual Result<std::optional<exchange::Day>> last_backup() = 0;
    /// Inside a change. Errors: NoSpace, Io, ReadOnly.
    [[nodiscard]] virtual Result<void> note_backup(exchange::Day day) = 0;
    /// From now on, until rest(), it may hold as much memory as makes an import of so many records quick.
    virtual void take_memory(std::size_t records) noexcept = 0;
    /// Gives back what memory it holds only to be quick.
    virtual void rest() noexcept = 0;
    /// Leaves nothing behind of what was erased. Not inside a change. Errors: InUse, NoSpace, Memory, Io.
    [[nodiscard]] virtual Result<void> compact() = 0;
};

/// While it lives a custody may hold memory for an import.
class Working {
  public:
    Working(Custody& custody, std::size_t records) noexcept : custody_(custody) { custody_.take_memory(records); }
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;
    ~Working() { custody_.rest(); }

  private:
    Custody& custody_;
};

}  // namespace app::casebook
