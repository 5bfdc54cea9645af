// Who may start an open device: proving that one is present, one more beside the others, or one in place of them.
#pragma once

#include "app/device/device.hpp"

namespace app::device {

/// Whether the words open this very device. Errors: WrongWords, Memory, LockedMemory.
[[nodiscard]] tl::expected<void, model::DeviceError> prove_words(crypto::SodiumReady ready, const Device& device,
                                                                 const crypto::SlotWords& words);
/// The slot of the key file that does, where key files are looked for. Errors: as find_key_file().
[[nodiscard]] tl::expected<std::size_t, model::DeviceError> prove_key_file(crypto::SodiumReady ready,
                                                                           const Device& device, const Places& places);

/// Puts words in force in place of everybody, but for the key file that is present where that is to stay; notes it.
/// When it fails, what opened the device before still does and the new words open nothing, unless the failure is
/// KeysUnsure. `device.store` is null afterwards only when the database could not be opened again.
[[nodiscard]] tl::expected<void, model::DeviceError> replace_words(crypto::SodiumReady ready, Device& device,
                                                                   const Places& places, bool keep_key_file,
                                                                   std::size_t slot, const crypto::SecretBytes& words);
/// Puts words in force beside everybody else; notes it. Errors: as above.
[[nodiscard]] tl::expected<void, model::DeviceError> add_words(crypto::SodiumReady ready, Device& device,
                                                               std::size_t slot, const crypto::SecretBytes& words);

/// The recovery file becomes one for who can read now; where it cannot be written the next start tries.
void keep_recovery(crypto::SodiumReady ready, Device& device);

}  // namespace app::device
