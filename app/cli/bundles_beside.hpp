// The bundles beside a casebook's folder, where `deployment new` puts them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/cli/context.hpp"
#include "app/exchange/bundle.hpp"

namespace app::cli {

/// The newest that is what its name says, signed by the programme. Whatever else lies there under such a name is passed
/// over.
[[nodiscard]] std::optional<exchange::Bundle> bundle_beside(const Context& context, const std::string& casebook,
                                                            const crypto::DeploymentPublicKey& programme);

/// For how many days at least people were told that what they say is kept: the most that any of these bundles says.
/// Nothing where there is none.
[[nodiscard]] std::optional<std::uint32_t> days_told(const Context& context, const std::string& casebook,
                                                     const crypto::DeploymentPublicKey& programme);

}  // namespace app::cli
