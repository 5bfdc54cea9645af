#pragma once
// What the coordinator brings to a device: the programme's key, the devices of the casebook, identities. None of it may
// come out of the device's own folder.

#include <filesystem>
#include <optional>
#include <vector>

#include "app/deployment/casebook_access.hpp"
#include "crypto/minisign.hpp"

namespace app::deployment {

/// What the coordinator's own side says.
struct Anchor {
    crypto::DeploymentPublicKey programme;
    std::optional<std::vector<casebook::Device>> known;  ///< devices of the casebook; nothing without one
    std::vector<crypto::open::Identity> identities;
};

/// Refuses what should vouch for the device in `state` and lies in it; an empty path is none. Errors: AnchorInside.
[[nodiscard]] Result<void> check_apart(const std::filesystem::path& file, const std::filesystem::path& state);

/// The public key of a programme, in a file that nobody else can replace. Errors: KeyReplaceable, NotAKey,
/// files::Error.
[[nodiscard]] Result<crypto::DeploymentPublicKey> read_programme_key(const std::filesystem::path& file);

/// The casebook vouches: for its programme, which must be the one that was named, and for its devices.
/// Errors: ProgrammesDiffer, casebook::Error.
[[nodiscard]] Result<Anchor> anchor_of(OpenCasebook open, const std::optional<crypto::DeploymentPublicKey>& named,
                                       const std::filesystem::path& casebook);

}  // namespace app::deployment
