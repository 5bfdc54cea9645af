// A device whose bundle was lost or cannot be used: looking for it on sticks.
#pragma once

#include "app/device/device.hpp"

namespace app::device {

/// The newest `bundle-<number>.amparo` in these folders that the deployment signed, that this program can use, and that
/// is not older than any that was installed here: puts it into the store and works with it from now on, and notes it.
/// However many other files are called like one, the genuine one is found, up to 1 GiB of them and 10,000 entries.
/// Errors: NoBundle (there is none), TooManyBundles (beyond that), OldBundle, BadBundle and its kin, NoRoom,
/// StateReadOnly, Other.
[[nodiscard]] tl::expected<void, model::DeviceError> find_bundle(crypto::SodiumReady ready, Device& device,
                                                                 const std::vector<std::filesystem::path>& folders);

}  // namespace app::device
