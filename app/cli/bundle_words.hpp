// Bundles in people's words: what one says, and what differs between two.
#pragma once

#include <string>
#include <vector>

#include "app/cli/context.hpp"
#include "app/deployment/bundle_diff.hpp"

namespace app::cli {

/// One line for each member: what it means, with its number and unit.
[[nodiscard]] std::string policy_lines(const Context& context, const exchange::Policy& policy);

/// One line for each.
[[nodiscard]] std::string difference_lines(const Context& context,
                                           const std::vector<deployment::Difference>& differences);
/// The same as a list in JSON.
[[nodiscard]] std::string differences_json(const std::vector<deployment::Difference>& differences);

}  // namespace app::cli
