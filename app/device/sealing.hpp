// Sealing a record's newest revision, and taking a record back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/device/device.hpp"

namespace app::device {

/// A new row, read back and checked; the older one goes once it stands. `draft` lets the interview go on after a crash;
/// empty: it may not. Errors: LockedMemory, NoRoom, SealFailed.
[[nodiscard]] tl::expected<void, model::DeviceError> seal_revision(crypto::SodiumReady ready, Device& device,
                                                                   std::string_view record, std::uint32_t revision,
                                                                   const crypto::SecretBytes& json,
                                                                   const crypto::SecretBytes& draft);

/// Erases a record that has not left the device; of one that has, `withdrawn` is sealed as its next revision, which
/// orders every reader to erase it. Noted. Errors: as seal_revision(), and those of the store.
[[nodiscard]] tl::expected<void, model::DeviceError> withdraw(crypto::SodiumReady ready, Device& device,
                                                              const std::string& record, std::uint32_t revision,
                                                              const crypto::SecretBytes& withdrawn);

/// Notes what was done with a record, and who did it, as far as the device knows.
void note_record(crypto::SodiumReady ready, Device& device, exchange::AuditType type, const std::string& record);

}  // namespace app::device
