#pragma once
// Taking every key of an open device away but those present, as the kiosk does and a coordinator who recovers it; and
// the entry by which the coordinators learn of it, which is the same for both.

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>

#include "app/device/audit.hpp"
#include "app/store/device_keys.hpp"

namespace app::device {

/// As store::keep_only(), at the cost that the device was measured for; done as soon as the new key is in force, even
/// when a later step found no room. After a failure the old keys still hold; `device.store` is null only when the
/// database could not be opened again. Errors: as keep_only().
[[nodiscard]] store::Result<void> replace_keys(crypto::SodiumReady ready, const store::StateFolder& folder,
                                               store::Unlocked& device, std::initializer_list<store::Opener> present,
                                               std::span<const crypto::Recipient> recipients);

/// What was done with the key of a slot.
enum class KeyChange : std::uint8_t {
    Replaced,  ///< in place of all others
    Added,     ///< beside the others
};

/// The entry about it. `slot` counts from 0, people from 1. `worker`: who is signed in; nothing for a coordinator.
[[nodiscard]] AuditNote key_note(KeyChange change, std::size_t slot, std::optional<std::uint32_t> worker,
                                 std::chrono::sys_days day);

}  // namespace app::device
