#include "app/store/audit.hpp"

#include <algorithm>

#include "app/store/keeping_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::string_view head_value = "audit.head";
constexpr std::string_view sent_value = "audit.sent";
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

Result<AuditHead> Audit::head() {
    AMPARO_TRY(const kept, tables_.value(head_value));
    if (!kept) return AuditHead{};
    crypto::Reader reader(*kept);
    const auto number = reader.u64_le();
    AuditHead last;
    const auto digest = reader.take(last.head.size());
    if (!number || !digest || !reader.at_end()) return tl::unexpected(Error::Damaged);
    last.number = *number;
    std::copy(digest->begin(), digest->end(), last.head.begin());
    return last;
}

Result<void> Audit::append(const AuditEntry& entry) {
    if (entry.row.type == 0 || entry.sealed.empty() || entry.sealed.size() > most_entry_bytes)
        return tl::unexpected(Error::Input);
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const last, head());
        AMPARO_DO(rules::may_append(entry.row.number, last));
        AMPARO_DO(database_.run("INSERT INTO audit(id, type, day, sealed, head) VALUES(?1, ?2, ?3, ?4, ?5)",
                                entry.row.number, entry.row.type, entry.row.day.time_since_epoch().count(),
                                entry.sealed, entry.head));
        return tables_.put(head_value, head_bytes({entry.row.number, entry.head}));
    });
    database_.release_memory();
    return done;
}

Result<std::vector<AuditRow>> Audit::rows(std::size_t most) {
    return database_.rows("SELECT id, type, day FROM audit ORDER BY id DESC LIMIT ?1", row_columns, most);
}

Result<AuditEntry> Audit::entry(std::uint64_t number) {
    const auto whole = [](database::Row row) {
        return AuditEntry{row_columns(row), row.copy_of(3), detail::digest_column(row, 4)};
    };
    AMPARO_TRY(found, database_.one("SELECT id, type, day, sealed, head FROM audit WHERE id = ?1", whole, number));
    if (!found) return tl::unexpected(Error::NotFound);
    return *std::move(found);
}

Result<std::uint64_t> Audit::sent() {
    AMPARO_TRY(const number, tables_.number(sent_value));
    return number.value_or(0);
}

Result<void> Audit::set_sent(std::uint64_t number) {
    AMPARO_TRY(const last, head());
    if (number > last.number) return tl::unexpected(Error::Input);
    return tables_.change([&] { return tables_.put(sent_value, number); });
}

Result<void> Audit::begin_at(const AuditHead& head, std::uint64_t sent) {
    AMPARO_DO(tables_.put(head_value, head_bytes(head)));
    return tables_.put(sent_value, std::min(sent, head.number));
}

}  // namespace app::store
