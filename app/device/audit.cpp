#include "app/device/audit.hpp"

#include <cstdlib>

#include <algorithm>
#include <ctime>

namespace app::device {

std::chrono::sys_days local_day(std::chrono::system_clock::time_point now) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm local{};
    localtime_r(&seconds, &local);
    return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

std::optional<exchange::AuditDetail> untold_repair(store::Store& store) {
    const auto told = store.settings().get(store::repair_setting);
    if (!told || !*told || (*told)->empty()) return std::nullopt;
    exchange::AuditDetail lost;  // "<records> <damaged file> <what else>"
    lost.number = std::strtoull((*told)->c_str(), nullptr, 10);
    const auto file = (*told)->find(' ');
    const auto words = file == std::string::npos ? file : (*told)->find(' ', file + 1);
    if (words != std::string::npos) lost.lost = (*told)->substr(words + 1);
    return lost;
}

void repair_told(store::Store& store) {
    static_cast<void>(store.settings().set(store::repair_setting, ""));
}

exchange::AuditName audit_name_of(const store::AuditRow& row) {
    return exchange::audit_name_of(row.number, row.day, row.type);
}

store::Result<void> append_audit(crypto::SodiumReady ready, store::Store& store,
                                 std::span<const crypto::Recipient> recipients, const AuditNote& note) {
    const auto last = store.audit().head();
    if (!last) return tl::unexpected(last.error());
    store::AuditEntry entry;
    entry.row = {last->number + 1, static_cast<std::uint8_t>(note.type), note.day};
    const auto name = audit_name_of(entry.row);
    auto sealed = exchange::seal_audit(ready, name, note.detail, recipients);
    if (!sealed) return tl::unexpected(store::Error::Input);
    entry.sealed = std::move(*sealed);
    entry.head = exchange::audit_head(ready, last->head, name, entry.sealed);
    return store.audit().append(entry);
}

store::Result<void> tell_repair(crypto::SodiumReady ready, store::Store& store,
                                std::span<const crypto::Recipient> recipients, std::chrono::sys_days today) {
    const auto repair = untold_repair(store);
    if (!repair) return {};
    auto noted = append_audit(ready, store, recipients, {exchange::AuditType::DatabaseRepaired, today, *repair});
    if (noted) repair_told(store);
    return noted;
}

store::AuditStep audit_step(crypto::SodiumReady ready) {
    return [ready](const crypto::Digest& previous, const store::AuditRow& row, crypto::ByteView sealed) {
        return exchange::audit_head(ready, previous, audit_name_of(row), sealed);
    };
}

store::Result<AuditToSend> audit_to_send(crypto::SodiumReady ready, store::Store& store, std::uint64_t batch_size) {
    const auto sent = store.audit().sent();
    const auto last = store.audit().head();
    if (!sent) return tl::unexpected(sent.error());
    if (!last) return tl::unexpected(last.error());
    AuditToSend next;
    const auto end = std::min(last->number, *sent + exchange::batch_most_audit);
    std::uint64_t room = batch_size / 2;
    for (auto number = *sent + 1; number <= end; ++number) {
        const auto entry = store.audit().entry(number);
        if (!entry) return tl::unexpected(entry.error());
        exchange::BatchRecord member{exchange::audit_name(audit_name_of(entry->row)),
                                     crypto::sha256(ready, entry->sealed), entry->sealed.size()};
        const auto taken = exchange::batch_room_of(member);
        if (taken > room) break;
        room -= taken;
        next.entries.push_back(std::move(member));
        next.head = {number, entry->head};
    }
    if (next.entries.empty()) next.head = *last;
    return next;
}

store::Result<crypto::Bytes> audit_bytes(store::Store& store, std::string_view name) {
    const auto parsed = exchange::parse_audit_name(name);
    if (!parsed) return tl::unexpected(store::Error::NotFound);
    auto entry = store.audit().entry(parsed->number);
    if (!entry) return tl::unexpected(entry.error());
    return std::move(entry->sealed);
}

}  // namespace app::device
