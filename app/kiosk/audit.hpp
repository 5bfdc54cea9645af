// Notes what happens on the device in its audit, and says whether what is there is still what was noted.
#pragma once

#include "app/exchange/batch.hpp"
#include "app/kiosk/device.hpp"

namespace app::kiosk {

/// One more entry, sealed to the coordinators of the bundle, after what it tells of has happened: an entry never says
/// what was refused. Where the medium has no room it waits in Device::unnoted, in its order, and is tried again with
/// the next one, a thousand of them at most, the earliest; what people came for is not held up by it, nor by memory
/// that runs out.
void note(crypto::SodiumReady ready, Device& device, exchange::AuditType type,
          const exchange::AuditDetail& detail) noexcept;

/// Every entry, in order, makes the head that the summary covers. Errors: StoreDamaged, and what reading gives.
[[nodiscard]] tl::expected<void, session::Trouble> verify_audit(crypto::SodiumReady ready, store::Store& store);

/// How the store goes along the chain when it saves what is whole of it.
[[nodiscard]] store::AuditStep audit_step(crypto::SodiumReady ready);

/// Entries that no batch has carried yet, at most batch_most_audit of them, as members of the next one; and where the
/// chain stands after the last of them.
struct AuditToSend {
    std::vector<exchange::BatchRecord> entries;
    store::AuditHead head;
};
[[nodiscard]] store::Result<AuditToSend> audit_to_send(crypto::SodiumReady ready, store::Store& store);

/// The bytes of the entry that travels under this audit_name(). Errors: NotFound.
[[nodiscard]] store::Result<crypto::Bytes> audit_bytes(store::Store& store, std::string_view name);

}  // namespace app::kiosk
