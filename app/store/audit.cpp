// The audit chain: entries one after the other, and where it stands as a value that the summary covers.
#include <algorithm>

#include "app/store/inside.hpp"
#include "app/store/keeping_rules.hpp"
#include "app/store/repair.hpp"

namespace app::store {
namespace {

constexpr std::string_view head_value = "audit.head";
constexpr std::string_view sent_value = "audit.sent";
constexpr std::string_view repairs_value = "repair.of";
constexpr std::size_t most_entry_bytes = 8192;

AuditRow row_columns(database::Row row) {
    return {row.number(0), row.number<std::uint8_t>(1), std::chrono::sys_days(std::chrono::days(row.integer(2)))};
}

Bytes head_bytes(const AuditHead& head) {
    Bytes bytes;
    crypto::append_u64_le(bytes, head.number);
    crypto::append(bytes, head.head);
    return bytes;
}

}  // namespace

Result<AuditHead> Store::audit_head() {
    AMPARO_TRY(const kept, value(head_value));
    if (!kept) return AuditHead{};
    crypto::Reader reader(*kept);
    const auto number = reader.u64_le();
    AuditHead head;
    const auto digest = reader.take(head.head.size());
    if (!number || !digest || !reader.at_end()) return tl::unexpected(Error::Damaged);
    head.number = *number;
    std::copy(digest->begin(), digest->end(), head.head.begin());
    return head;
}

Result<void> Store::append_audit(const AuditEntry& entry) {
    if (entry.row.type == 0 || entry.sealed.empty() || entry.sealed.size() > most_entry_bytes)
        return tl::unexpected(Error::Input);
    auto done = change_tables([&]() -> Result<void> {
        AMPARO_TRY(const last, audit_head());
        AMPARO_DO(rules::may_append(entry.row.number, last));
        AMPARO_DO(database_.run("INSERT INTO audit(id, type, day, sealed, head) VALUES(?1, ?2, ?3, ?4, ?5)",
                                entry.row.number, entry.row.type, entry.row.day.time_since_epoch().count(),
                                entry.sealed, entry.head));
        return put(head_value, head_bytes({entry.row.number, entry.head}));
    });
    database_.release_memory();
    return done;
}

Result<std::vector<AuditRow>> Store::audit_rows(std::size_t most) {
    return database_.rows("SELECT id, type, day FROM audit ORDER BY id DESC LIMIT ?1", row_columns, most);
}

Result<AuditEntry> Store::audit_entry(std::uint64_t number) {
    const auto whole = [](database::Row row) {
        return AuditEntry{row_columns(row), row.copy_of(3), detail::digest_column(row, 4)};
    };
    AMPARO_TRY(entry, database_.one("SELECT id, type, day, sealed, head FROM audit WHERE id = ?1", whole, number));
    if (!entry) return tl::unexpected(Error::NotFound);
    return *std::move(entry);
}

Result<std::uint64_t> Store::audit_sent() {
    AMPARO_TRY(const number, number_value(sent_value));
    return number.value_or(0);
}

Result<void> Store::set_audit_sent(std::uint64_t number) {
    AMPARO_TRY(const last, audit_head());
    if (number > last.number) return tl::unexpected(Error::Input);
    return change_tables([&] { return put(sent_value, number); });
}

Result<void> Store::after_repair(const detail::AfterRepair& after) {
    return change_tables([&]() -> Result<void> {
        AMPARO_DO(put(head_value, head_bytes(after.audit)));
        AMPARO_DO(put(sent_value, std::min(after.audit_sent, after.audit.number)));
        if (after.epoch > 0) {
            AMPARO_DO(put("device.epoch", after.epoch));
            // A key slot that is only thought to be in use does no harm, one that is forgotten would be given away.
            AMPARO_TRY(const slots, value("setting.key_slots"));
            if (!slots) AMPARO_DO(put("setting.key_slots", crypto::as_bytes("0 1 2 3 4 5 6 7")));
        }
        if (after.bundle_sequence > 0) AMPARO_DO(put("bundle.sequence", after.bundle_sequence));
        AMPARO_DO(put(repairs_value, after.damaged));
        return put("setting." + std::string(repair_setting), crypto::as_bytes(after.note));
    });
}

Result<bool> Store::repairs(const Digest& damaged) {
    AMPARO_TRY(const known, value(repairs_value));
    return known && std::equal(damaged.begin(), damaged.end(), (known)->begin(), (known)->end());
}

}  // namespace app::store
