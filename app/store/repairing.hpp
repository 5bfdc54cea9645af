#pragma once
// What a repair takes into the new database, from one or more ways of reading the old one. Inside app/store only.

#include <set>
#include <string>

#include "app/store/inside.hpp"
#include "app/store/repair.hpp"
#include "app/store/salvage.hpp"

namespace app::store::detail {

class Repairing {
  public:
    Repairing(database::Database& fresh, const RepairProgress& progress) : fresh_(fresh), progress_(progress) {}

    /// Everything whole that is not there yet. `unreadable`: pages of it cannot be read, so that its summary is worth
    /// something. Inside a transaction of the new database. Errors: those of writing to the new one.
    [[nodiscard]] Result<void> take_from(Salvage& old, bool unreadable);
    /// Every sealed row that is known of is there.
    [[nodiscard]] bool complete_so_far() const noexcept;
    /// Something of it was whole.
    [[nodiscard]] bool saved_anything() const noexcept { return saved_; }
    /// What is left to decide once everything was read. Inside the same transaction.
    [[nodiscard]] Result<void> finish(const AuditStep& step);

    Repaired repaired;
    AfterRepair after;

  private:
    void take_rows(Salvage& old, std::string_view table, bool checked);
    void take_people(Salvage& old);
    void take_values(Salvage& old);
    void take_sealed(Salvage& old);
    void take_by_page(Salvage& old, std::string_view table);
    /// True when the row is in the new database now.
    bool copy(Salvage& old, std::string_view table, std::int64_t row, std::string_view into = {});
    [[nodiscard]] Result<void> keep_audit(const AuditStep& step);
    [[nodiscard]] Result<void> drop_unvouched();
    [[nodiscard]] Result<void> complete();

    database::Database& fresh_;
    const RepairProgress& progress_;
    std::set<std::int64_t> known_;       // sealed rows
    std::set<std::int64_t> kept_;        // sealed rows
    std::uint64_t counted_ = 0;          // sealed rows that a whole summary knows of
    std::uint64_t audit_known_ = 0;      // the highest entry
    std::uint64_t audit_vouched_ = 0;    // where the audit stood when the summary was written
    std::uint64_t bundle_in_value_ = 0;  // its sequence beside its bytes
    std::uint64_t audit_sent_ = 0;
    std::uint64_t epoch_ = 0;
    bool vouched_ = false;  // the summary holds
    bool begun_ = false;
    bool saved_ = false;
};

/// The text of repair_setting.
[[nodiscard]] std::string note_of(const Repaired& repaired);

}  // namespace app::store::detail
