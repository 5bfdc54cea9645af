#pragma once
// A device of the programme gets new words, or a new key file, when all that opened it is lost. Everything else that
// opened it opens nothing from then on.

#include <chrono>

#include "app/deployment/device_access.hpp"
#include "app/files/durable_file.hpp"
#include "crypto/secret.hpp"

namespace app::deployment {

/// What a recovery is given besides the device. `slot` counts from 0; `today`: the day as people see it, for the entry
/// in the device's audit, which the coordinators get with its next batch.
struct NewKey {
    std::size_t slot;
    std::chrono::sys_days today;
};

/// The words in force. Tells KeysReplaced, or NotNoted besides. Errors: crypto::Error, store::Error: the old keys still
/// hold.
[[nodiscard]] Result<crypto::SecretBytes> replace_with_words(crypto::SodiumReady ready, OpenDevice& device,
                                                             const NewKey& key,
                                                             const std::function<void(const Notice&)>& tell);

/// Room for the file is on its medium before the device changes; the key itself goes there only when it opens
/// something, and the file has its name at once afterwards. Errors: as above, exchange::Failure (about the file): told
/// after KeysReplaced, nothing opens the device.
[[nodiscard]] Result<void> replace_with_key_file(crypto::SodiumReady ready, OpenDevice& device, const NewKey& key,
                                                 files::DurableFile& file,
                                                 const std::function<void(const Notice&)>& tell);

}  // namespace app::deployment
