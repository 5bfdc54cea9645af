// Looking for the device's key file: on every stick, until one fits. It must not know what it opens.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/device/places.hpp"
#include "app/model/device_error.hpp"
#include "crypto/slots.hpp"

namespace app::device {

/// The name of a key file on a removable drive.
inline constexpr std::string_view key_file_name = "amparo-device.key";

struct FoundKey {
    crypto::KeyFile file;
    bool open_to_others;  ///< others on this computer can read it, on a file system that could keep them from it
};

/// Whether a key file opens this device; or why that cannot be said (Memory, LockedMemory).
using Fits = std::function<tl::expected<bool, model::DeviceError>(const crypto::KeyFile&)>;

/// Where key files are looked for: the one that `places` names, else one on each removable drive.
[[nodiscard]] std::vector<std::filesystem::path> key_file_paths(const Places& places);

/// The first of these files that fits, read into locked memory, without waiting for what is no plain file. Errors:
/// NeedKey (there is none), OtherKeys (only other devices'), WrongKey (none fits, and one names this device, or is not
/// even a whole key file), Memory, LockedMemory.
[[nodiscard]] tl::expected<FoundKey, model::DeviceError> find_key_file(crypto::SodiumReady ready,
                                                                       const std::vector<std::filesystem::path>& paths,
                                                                       const crypto::DeviceId& device,
                                                                       const Fits& fits);

}  // namespace app::device
