#include "app/kiosk/audit.hpp"

#include <algorithm>
#include <ctime>
#include <new>

namespace app::kiosk {
namespace {

using session::Trouble;

constexpr std::size_t most_unnoted = 1000;

std::chrono::sys_days local_today() {
    const auto now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

exchange::AuditName name_of(const store::AuditRow& row) {
    return exchange::audit_name_of(row.number, row.day, row.type);
}

bool append(crypto::SodiumReady ready, store::Store& store, std::span<const crypto::Recipient> recipients,
            const Unnoted& what) {
    const auto last = store.audit_head();
    if (!last) return false;
    store::AuditEntry entry;
    entry.row = {last->number + 1, static_cast<std::uint8_t>(what.type), what.day};
    const auto name = name_of(entry.row);
    auto sealed = exchange::seal_audit(ready, name, what.detail, recipients);
    if (!sealed) return false;
    entry.sealed = std::move(*sealed);
    entry.head = exchange::audit_head(ready, last->head, name, entry.sealed);
    return store.append_audit(entry).has_value();
}

}  // namespace

void note(crypto::SodiumReady ready, Device& device, exchange::AuditType type,
          const exchange::AuditDetail& detail) noexcept {
    try {
        if (device.unnoted.size() < most_unnoted) device.unnoted.push_back({type, local_today(), detail});
        while (device.store && !device.unnoted.empty()) {
            if (!append(ready, *device.store, device.recipients, device.unnoted.front())) return;
            device.unnoted.pop_front();
        }
    } catch (const std::bad_alloc&) {  // what happened has happened, and is answered as such
    }
}

tl::expected<void, Trouble> verify_audit(crypto::SodiumReady ready, store::Store& store) {
    const auto last = store.audit_head();
    if (!last) return tl::unexpected(trouble_of(last.error()));
    crypto::Digest head{};
    for (std::uint64_t number = 1; number <= last->number; ++number) {
        const auto entry = store.audit_entry(number);
        if (!entry)
            return tl::unexpected(entry.error() == store::Error::NotFound ? Trouble::StoreDamaged
                                                                          : trouble_of(entry.error()));
        head = exchange::audit_head(ready, head, name_of(entry->row), entry->sealed);
        if (head != entry->head) return tl::unexpected(Trouble::StoreDamaged);
    }
    if (head != last->head) return tl::unexpected(Trouble::StoreDamaged);
    store.release_memory();
    return {};
}

store::AuditStep audit_step(crypto::SodiumReady ready) {
    return [ready](const crypto::Digest& previous, const store::AuditRow& row, crypto::ByteView sealed) {
        return exchange::audit_head(ready, previous, name_of(row), sealed);
    };
}

store::Result<AuditToSend> audit_to_send(crypto::SodiumReady ready, store::Store& store) {
    const auto sent = store.audit_sent();
    const auto last = store.audit_head();
    if (!sent) return tl::unexpected(sent.error());
    if (!last) return tl::unexpected(last.error());
    AuditToSend next;
    const auto end = std::min(last->number, *sent + exchange::batch_most_audit);
    for (auto number = *sent + 1; number <= end; ++number) {
        const auto entry = store.audit_entry(number);
        if (!entry) return tl::unexpected(entry.error());
        next.entries.push_back(
            {exchange::audit_name(name_of(entry->row)), crypto::sha256(ready, entry->sealed), entry->sealed.size()});
        next.head = {number, entry->head};
    }
    if (next.entries.empty()) next.head = *last;
    return next;
}

store::Result<crypto::Bytes> audit_bytes(store::Store& store, std::string_view name) {
    const auto parsed = exchange::parse_audit_name(name);
    if (!parsed) return tl::unexpected(store::Error::NotFound);
    auto entry = store.audit_entry(parsed->number);
    if (!entry) return tl::unexpected(entry.error());
    return std::move(entry->sealed);
}

}  // namespace app::kiosk
