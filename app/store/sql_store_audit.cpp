// The audit chain: entries one after the other, and where it stands as a value that the summary covers.
#include <algorithm>

#include "app/store/repair.hpp"
#include "app/store/sql_store.hpp"

namespace app::store::detail {
namespace {

constexpr std::string_view head_value = "audit.head";
constexpr std::string_view sent_value = "audit.sent";
constexpr std::string_view repairs_value = "repair.of";
constexpr std::size_t most_entry_bytes = 8192;

AuditRow row_columns(const database::Statement& row) {
    return {static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint8_t>(row.integer(1)),
            std::chrono::sys_days(std::chrono::days(row.integer(2)))};
}

Bytes head_bytes(const AuditHead& head) {
    Bytes bytes;
    crypto::append_u64_le(bytes, head.number);
    crypto::append(bytes, head.head);
    return bytes;
}

}  // namespace

Result<AuditHead> SqlStore::audit_head() {
    const auto kept = value(head_value);
    if (!kept) return tl::unexpected(kept.error());
    if (!*kept) return AuditHead{};
    crypto::Reader reader(**kept);
    const auto number = reader.u64_le();
    AuditHead head;
    const auto digest = reader.take(head.head.size());
    if (!number || !digest || !reader.at_end()) return tl::unexpected(Error::Damaged);
    head.number = *number;
    std::copy(digest->begin(), digest->end(), head.head.begin());
    return head;
}

Result<void> SqlStore::append_audit(const AuditEntry& entry) {
    if (entry.row.type == 0 || entry.sealed.empty() || entry.sealed.size() > most_entry_bytes)
        return tl::unexpected(Error::Input);
    auto done = change_tables([&]() -> Result<void> {
        const auto last = audit_head();
        if (!last) return tl::unexpected(last.error());
        if (entry.row.number != last->number + 1) return tl::unexpected(Error::Refused);
        auto row = database_.prepare("INSERT INTO audit(id, type, day, sealed, head) VALUES(?1, ?2, ?3, ?4, ?5)");
        if (!row) return tl::unexpected(row.error());
        row->bind(1, static_cast<std::int64_t>(entry.row.number)).bind(2, std::int64_t{entry.row.type});
        row->bind(3, std::int64_t{entry.row.day.time_since_epoch().count()}).bind(4, ByteView(entry.sealed));
        if (auto inserted = row->bind(5, ByteView(entry.head)).finish(); !inserted) return inserted;
        return put(head_value, head_bytes({entry.row.number, entry.head}));
    });
    database_.release_memory();
    return done;
}

Result<std::vector<AuditRow>> SqlStore::audit_rows(std::size_t most) {
    auto row = database_.prepare("SELECT id, type, day FROM audit ORDER BY id DESC LIMIT ?1");
    if (!row) return tl::unexpected(row.error());
    row->bind(1, static_cast<std::int64_t>(most));
    std::vector<AuditRow> rows;
    for (;;) {
        auto more = row->step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return rows;
        rows.push_back(row_columns(*row));
    }
}

Result<AuditEntry> SqlStore::audit_entry(std::uint64_t number) {
    auto row = database_.prepare("SELECT id, type, day, sealed, head FROM audit WHERE id = ?1");
    if (!row) return tl::unexpected(row.error());
    auto there = row->bind(1, static_cast<std::int64_t>(number)).step();
    if (!there) return tl::unexpected(there.error());
    if (!*there) return tl::unexpected(Error::NotFound);
    const auto sealed = row->bytes(3);
    return AuditEntry{row_columns(*row), {sealed.begin(), sealed.end()}, digest_column(*row, 4)};
}

Result<std::uint64_t> SqlStore::audit_sent() {
    const auto number = number_value(sent_value);
    if (!number) return tl::unexpected(number.error());
    return number->value_or(0);
}

Result<void> SqlStore::set_audit_sent(std::uint64_t number) {
    const auto last = audit_head();
    if (!last) return tl::unexpected(last.error());
    if (number > last->number) return tl::unexpected(Error::Input);
    return change_tables([&] { return put(sent_value, number); });
}

Result<void> SqlStore::after_repair(const AfterRepair& after) {
    return change_tables([&]() -> Result<void> {
        if (auto done = put(head_value, head_bytes(after.audit)); !done) return done;
        if (auto done = put(sent_value, std::min(after.audit_sent, after.audit.number)); !done) return done;
        if (after.epoch > 0) {
            if (auto done = put("device.epoch", after.epoch); !done) return done;
            // A key slot that is only thought to be in use does no harm, one that is forgotten would be given away.
            const auto slots = value("setting.key_slots");
            if (!slots) return tl::unexpected(slots.error());
            if (!*slots)
                if (auto done = put("setting.key_slots", crypto::as_bytes("0 1 2 3 4 5 6 7")); !done) return done;
        }
        if (after.bundle_sequence > 0)
            if (auto done = put("bundle.sequence", after.bundle_sequence); !done) return done;
        if (auto done = put(repairs_value, after.damaged); !done) return done;
        return put("setting." + std::string(repair_setting), crypto::as_bytes(after.note));
    });
}

Result<bool> SqlStore::repairs(const Digest& damaged) {
    const auto known = value(repairs_value);
    if (!known) return tl::unexpected(known.error());
    return *known && std::equal(damaged.begin(), damaged.end(), (*known)->begin(), (*known)->end());
}

}  // namespace app::store::detail
