// What an interview holds, as JSON Lines for other programs; decides nothing.
#pragma once

#include <string>

#include "app/cli/form_source.hpp"

namespace app::cli {

/// Every node in form order: kind, relevant, state, value, label, and the choices offered.
[[nodiscard]] std::string node_lines(const TrialInterview& trial);
/// What still keeps the form from being finished, then indicators, readings and next steps.
[[nodiscard]] std::string outcome_lines(const TrialInterview& trial);

}  // namespace app::cli
