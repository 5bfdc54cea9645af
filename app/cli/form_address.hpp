// How scripts name the nodes of an interview, repeat instances included; changes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "questionnaires/engine/interview.hpp"

namespace app::cli {

/// "age"; inside repeats with the place of each instance around it: "house[1]/kid[2]/age". An instance is "kid[2]".
[[nodiscard]] std::string address_of(const questionnaires::engine::Interview& interview,
                                     questionnaires::engine::NodeId node);

/// The node of that address. A name alone inside repeats is the one in the first instances.
[[nodiscard]] std::optional<questionnaires::engine::NodeId> node_at(const questionnaires::engine::Interview& interview,
                                                                    std::string_view address);

}  // namespace app::cli
