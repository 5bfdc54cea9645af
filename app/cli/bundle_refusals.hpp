// Why no bundle was made, in words and for programs.
#pragma once

#include <string>

#include "app/cli/context.hpp"
#include "app/deployment/bundle_refusal.hpp"

namespace app::cli {

/// "content/policy.json line 7: hold_days is 900: 0 to 365 days"
[[nodiscard]] std::string policy_fault_words(const Context& context, const exchange::PolicyFault& fault);
/// One line for each reason; those of forms as `amparo form check` says them.
[[nodiscard]] std::string refusal_lines(const Context& context, const deployment::BuildRefusals& refusals);
/// The same as a list in JSON.
[[nodiscard]] std::string refusals_json(const deployment::BuildRefusals& refusals);
/// Of all kinds together; of a form every error counts.
[[nodiscard]] std::uint64_t count_of(const deployment::BuildRefusals& refusals);

}  // namespace app::cli
