// The ways to every screen, and one of every event: what the table of the state machine is made over.
#pragma once

#include "tests/session/support.hpp"

namespace test {

/// How to get to each screen, in the order of the flow.
[[nodiscard]] const std::vector<std::pair<std::string_view, std::function<void(Rig&)>>>& screens();
/// One of every event there is, fitting where this rig stands.
[[nodiscard]] std::vector<session::Event> events(Rig& r);

}  // namespace test
