#include "app/device/noting.hpp"

#include <new>

namespace app::device {

using model::DeviceError;

constexpr std::size_t most_unnoted = 1000;

void note(crypto::SodiumReady ready, Device& device, exchange::AuditType type,
          const exchange::AuditDetail& detail) noexcept {
    try {
        if (device.unnoted.size() < most_unnoted) device.unnoted.push_back({type, device.local_today(), detail});
        while (device.store && !device.unnoted.empty()) {
            if (!append_audit(ready, *device.store, device.recipients, device.unnoted.front())) return;
            device.unnoted.pop_front();
        }
    } catch (const std::bad_alloc&) {  // what happened has happened, and is answered as such
    }
}

tl::expected<void, DeviceError> verify_audit(crypto::SodiumReady ready, store::Store& store) {
    const auto last = store.audit().head();
    if (!last) return tl::unexpected(device_error_of(last.error()));
    crypto::Digest head{};
    for (std::uint64_t number = 1; number <= last->number; ++number) {
        const auto entry = store.audit().entry(number);
        if (!entry)
            return tl::unexpected(entry.error() == store::Error::NotFound ? DeviceError::StoreDamaged
                                                                          : device_error_of(entry.error()));
        head = exchange::audit_head(ready, head, audit_name_of(entry->row), entry->sealed);
        if (head != entry->head) return tl::unexpected(DeviceError::StoreDamaged);
    }
    if (head != last->head) return tl::unexpected(DeviceError::StoreDamaged);
    store.release_memory();
    return {};
}

}  // namespace app::device
