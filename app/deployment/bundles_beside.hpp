#pragma once
// The bundles beside a casebook's folder, where `deployment new` puts them.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/exchange/bundle.hpp"

namespace app::deployment {

/// The folder of a programme or of a coordinator in which the casebook's own folder lies.
[[nodiscard]] std::filesystem::path folder_beside(const std::filesystem::path& casebook);

/// The numbers of all files in the folder that are named as bundles, the highest first.
[[nodiscard]] std::vector<std::uint64_t> bundles_in(const std::filesystem::path& folder);

/// The newest that is what its name says, signed by the programme. Whatever else lies there under such a name is passed
/// over.
[[nodiscard]] std::optional<exchange::Bundle> bundle_beside(crypto::SodiumReady ready,
                                                            const std::filesystem::path& casebook,
                                                            const crypto::DeploymentPublicKey& programme);

/// For how many days at least people were told that what they say is kept: the most that any of these bundles says.
/// Nothing where there is none.
[[nodiscard]] std::optional<std::uint32_t> days_told(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                                     const crypto::DeploymentPublicKey& programme);

}  // namespace app::deployment
