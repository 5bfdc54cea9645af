// What a kiosk is doing, as named facts that can be compared and written down: what the table of the state machine says
// changes.
#pragma once

#include <map>
#include <string>

#include "tests/session/support.hpp"

namespace test {

using Facts = std::map<std::string, std::string, std::less<>>;

/// Everything of the state but the screen's name and when somebody touched last; `awaits` is the effect under way that
/// the screen waits for.
[[nodiscard]] Facts facts(const session::State& state);
/// "SavePreference theme=1": what is wanted, with what tells it from another of its kind.
[[nodiscard]] std::string told(const session::Effect& effect);

}  // namespace test
