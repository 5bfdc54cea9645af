// Notes what happens on the device in its audit, and says whether what is there is still what was noted.
#pragma once

#include "app/device/device.hpp"

namespace app::device {

/// One more entry, sealed to the coordinators of the bundle, after what it tells of has happened: an entry never says
/// what was refused. Where the medium has no room it waits in Device::unnoted, in its order, and is tried again with
/// the next one, a thousand of them at most, the earliest; what people came for is not held up by it, nor by memory
/// that runs out.
void note(crypto::SodiumReady ready, Device& device, exchange::AuditType type,
          const exchange::AuditDetail& detail) noexcept;

/// Every entry, in order, makes the head that the summary covers. Errors: StoreDamaged, and what reading gives.
[[nodiscard]] tl::expected<void, model::DeviceError> verify_audit(crypto::SodiumReady ready, store::Store& store);

}  // namespace app::device
