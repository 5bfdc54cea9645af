// What the effects on the device's keys do; no thread of their own.
#pragma once

#include "app/kiosk/device.hpp"

namespace app::kiosk {

/// Whether the words or the key file open this very device; then new words and the slot they will open.
/// Errors: WrongWords, NeedKey, WrongKey, NoSlot (everything is taken), Memory, LockedMemory.
[[nodiscard]] tl::expected<session::WordsMade, session::DeviceError> prove(crypto::SodiumReady ready, Device& device,
                                                                           const Places& places,
                                                                           const session::ProveKey& order);

/// Puts the words in force: beside the others, or in place of everybody but whoever is present. When it fails, what
/// opened the device before still does and the new words open nothing, unless the failure is KeysUnsure. `device.store`
/// is null afterwards only when the database could not be opened again.
[[nodiscard]] tl::expected<session::KeysSaved, session::DeviceError> save_words(crypto::SodiumReady ready,
                                                                                Device& device, const Places& places,
                                                                                const session::SaveWords& order);

}  // namespace app::kiosk
