// What the coordinator brings to a device: the programme's key, the devices of the casebook, identities, a bundle. None
// of it may come out of the device's own folder.
#pragma once

#include <optional>
#include <vector>

#include "app/casebook/casebook.hpp"
#include "app/cli/device_access.hpp"
#include "app/exchange/bundle.hpp"
#include "crypto/open/identity.hpp"

namespace app::cli {

/// What the coordinator's own side says.
struct Anchor {
    crypto::DeploymentPublicKey programme;
    std::optional<std::vector<casebook::Device>> known;  ///< devices of the casebook; nothing without one
    std::vector<crypto::open::Identity> identities;
};

[[nodiscard]] std::optional<std::filesystem::path> passphrase_file_of(const DeviceOptions& options);

/// Refuses a key or a casebook that lies in the device's folder. Says why not.
[[nodiscard]] Outcome<Anchor> anchor_of(const Context& context, const DeviceOptions& options);

/// The coordinator's own bundle: the one that was named, else one that lies where it belongs. A named one has to be
/// right; one that was only found is not missed.
[[nodiscard]] Outcome<std::optional<exchange::Bundle>> own_bundle(const Context& context, const DeviceOptions& options,
                                                                  const crypto::DeploymentPublicKey& programme);

}  // namespace app::cli
