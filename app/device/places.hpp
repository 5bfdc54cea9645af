// Where a device finds its things.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "crypto/minisign.hpp"

namespace app::device {

/// Where they are.
struct Places {
    std::filesystem::path state;       ///< the state folder
    std::filesystem::path device_key;  ///< the key file; empty: looked for on removable drives
    std::filesystem::path outbox;      ///< a folder batches may go to; empty: removable drives only
    /// The key of the programme, from outside the state folder; nothing: none is pinned on this device.
    std::optional<crypto::DeploymentPublicKey> programme = {};
    /// Folders that count as removable drives besides those that the system names; no option of the program says any.
    std::vector<std::filesystem::path> drives = {};
};

}  // namespace app::device
