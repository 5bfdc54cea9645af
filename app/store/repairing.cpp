#include "app/store/repairing.hpp"

#include <algorithm>
#include <array>

#include "app/store/schema.hpp"
#include "crypto/try.hpp"

namespace app::store::detail {

Result<void> Repairing::take_from(Salvage& old, bool unreadable) {
    // The first way that reads anything says how things stood: the others only fill gaps.
    if (!std::exchange(begun_, true)) {
        const auto covered = old.security();
        audit_vouched_ = old.audit_number();
        const auto sealed = old.rows_of("sealed");
        const auto audit = old.rows_of("audit");
        // A summary that knows less than what is there is an older one that was put back.
        const bool older = sealed.size() > covered.rows ||
                           (!audit.empty() && static_cast<std::uint64_t>(*audit.rbegin()) > audit_vouched_);
        vouched_ = covered.holds && unreadable && !older;
        counted_ = covered.rows;
        if (vouched_) {
            audit_sent_ = old.number("value", "audit.sent");
            take_people(old);
        }
        bundle_in_value_ = old.number("value", "bundle.sequence");
    }
    take_values(old);
    take_rows(old, "batch", true);
    take_sealed(old);
    take_rows(old, "audit", true);
    if (!old.broken()) return {};
    // What leads to the rows may be what is damaged: every page is tried as the beginning of the table.
    take_by_page(old, "sealed");
    take_by_page(old, "audit");
    return {};
}

bool Repairing::copy(Salvage& old, std::string_view table, std::int64_t row, std::string_view into) {
    const bool copied = old.copy(table, row, fresh_, into);
    saved_ = saved_ || copied;
    return copied;
}

void Repairing::take_rows(Salvage& old, std::string_view table, bool checked) {
    for (const auto row : old.rows_of(table)) {
        if (checked && !old.whole(table, row)) continue;
        if (table == "audit") audit_known_ = std::max(audit_known_, static_cast<std::uint64_t>(row));
        copy(old, table, row);
    }
}

void Repairing::take_people(Salvage& old) {
    repaired.people_kept = true;
    take_rows(old, "wrong_pin", false);
    take_rows(old, "worker", false);
}

void Repairing::take_values(Salvage& old) {
    for (const auto* table : {"value", "value_copy"}) {
        epoch_ = std::max(epoch_, old.number(table, "device.epoch"));
        after.bundle_sequence = std::max(after.bundle_sequence, old.number(table, "bundle.sequence"));
    }
    take_rows(old, "value", true);
    for (const auto row : old.rows_of("value_copy"))
        if (old.whole("value_copy", row)) copy(old, "value_copy", row, "value");
}

void Repairing::take_sealed(Salvage& old) {
    const auto rows = old.rows_of("sealed");
    known_.insert(rows.begin(), rows.end());
    std::uint64_t done = 0;
    for (const auto row : rows) {
        if (!kept_.contains(row) && old.whole("sealed", row) && copy(old, "sealed", row)) kept_.insert(row);
        if (progress_) progress_(++done, rows.size());
    }
}

void Repairing::take_by_page(Salvage& old, std::string_view table) {
    const bool sealed = table == "sealed";
    const auto pages = old.pages();
    for (std::uint64_t page = 2; page <= pages; ++page)
        for (const auto row : old.rows_at(table, page)) {
            if ((sealed && kept_.contains(row)) || !old.whole(table, row) || !copy(old, table, row)) continue;
            if (!sealed) {
                audit_known_ = std::max(audit_known_, static_cast<std::uint64_t>(row));
                continue;
            }
            kept_.insert(row);
            known_.insert(row);
        }
}

Result<void> Repairing::keep_audit(const AuditStep& step) {
    for (std::uint64_t number = 1;; ++number) {
        // The head after this entry; nothing when it is not the one that the chain would have.
        const auto next = [&](database::Row row) -> std::optional<Digest> {
            const AuditRow entry{number, row.number<std::uint8_t>(0),
                                 std::chrono::sys_days(std::chrono::days(row.integer(1)))};
            const auto head = step(after.audit.head, entry, row.bytes(2));
            return head == digest_column(row, 3) ? std::optional(head) : std::nullopt;
        };
        AMPARO_TRY(const found, fresh_.one("SELECT type, day, sealed, head FROM audit WHERE id = ?1", next, number));
        if (!found || !*found) break;
        after.audit = {number, **found};
    }
    AMPARO_DO(fresh_.run("DELETE FROM audit WHERE id > ?1 OR id < 1", after.audit.number));
    audit_known_ = std::max(audit_known_, audit_vouched_);
    repaired.audit_lost = audit_known_ - after.audit.number;
    after.audit_sent = vouched_ ? audit_sent_ : 0;
    return {};
}

/// Values that nothing vouches for: of settings only which keys have a holder, of the bundle only the newest. Receipts
/// are not taken over: what was on the way, or held, travels once more.
Result<void> Repairing::drop_unvouched() {
    for (const auto* sql : {"DELETE FROM value WHERE name IN ('setting.send.unfinished', 'repair.of')",
                            "UPDATE sealed SET state = 0, epoch = 0, sequence = 0 WHERE state IN (1, 2, 3)"})
        AMPARO_DO(fresh_.run(sql));
    if (bundle_in_value_ < after.bundle_sequence || after.bundle_sequence == 0)
        AMPARO_DO(fresh_.run("DELETE FROM value WHERE name = 'bundle.bytes'"));
    if (vouched_) return {};
    return fresh_.run(
        "DELETE FROM value WHERE NOT (name GLOB 'device.*' OR name GLOB 'bundle.*' OR name = 'setting.key_slots')");
}

Result<void> Repairing::complete() {
    AMPARO_TRY(const batches, fresh_.number("SELECT coalesce(max(epoch), 0) FROM batch"));
    epoch_ = std::max(epoch_, static_cast<std::uint64_t>(batches));
    const auto device =
        fresh_.number("SELECT count(*) FROM value WHERE name GLOB 'device.*' AND name <> 'device.epoch'");
    const auto bundle = fresh_.number("SELECT count(*) FROM value WHERE name = 'bundle.bytes'");
    const auto settings = fresh_.number("SELECT count(*) FROM value WHERE name GLOB 'setting.*'");
    const auto slots = fresh_.number("SELECT count(*) FROM value WHERE name = 'setting.key_slots'");
    if (!device || !bundle || !settings || !slots) return tl::unexpected(Error::Internal);
    constexpr std::int64_t device_values = 5;  // id, key, deployment's key, certificate and its signature
    repaired.enrolment_kept = *device == device_values;
    repaired.bundle_kept = *bundle == 1;
    repaired.settings_kept = vouched_ && *settings > 0;
    if (*device > 0 && epoch_ == 0) epoch_ = 1;
    after.epoch = epoch_ == 0 ? 0 : epoch_ + 1;
    return fresh_.run(schema::copy_values);
}

bool Repairing::complete_so_far() const noexcept {
    return begun_ && kept_.size() == std::max<std::uint64_t>(known_.size(), counted_) && counted_ > 0;
}

Result<void> Repairing::finish(const AuditStep& step) {
    repaired.kept = kept_.size();
    repaired.lost = std::max<std::uint64_t>(known_.size(), counted_) - kept_.size();
    AMPARO_DO(keep_audit(step));
    // Before the rows lose the epoch they were sent in.
    AMPARO_TRY(const sent_in, fresh_.number("SELECT coalesce(max(epoch), 0) FROM sealed"));
    epoch_ = std::max(epoch_, static_cast<std::uint64_t>(sent_in));
    AMPARO_DO(drop_unvouched());
    return complete();
}

std::string note_of(const Repaired& repaired) {
    std::string note = std::to_string(repaired.lost) + " " + repaired.damaged_file;
    if (repaired.audit_lost > 0) note += " audit";
    if (!repaired.bundle_kept) note += " bundle";
    if (!repaired.enrolment_kept) note += " enrolment";
    if (!repaired.people_kept) note += " people";
    if (!repaired.settings_kept) note += " settings";
    return note;
}

}  // namespace app::store::detail
