// What commands say of what coordinators did about a case.
#pragma once

#include <string>
#include <vector>

#include "app/cli/casebook_access.hpp"

namespace app::cli {

/// Each step in a line, as they were taken.
[[nodiscard]] std::string step_lines(const Context& context, const std::string& code,
                                     const std::vector<casebook::Step>& steps);

/// The same as a JSON list.
[[nodiscard]] std::string steps_json(const std::vector<casebook::Step>& steps);

}  // namespace app::cli
