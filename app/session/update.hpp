// The kiosk's behaviour: one pure function from state and event to the next state and what is to be done; it must not
// read a clock, draw randomness, touch a file or start a thread.
#pragma once

#include <chrono>
#include <optional>

#include "app/session/effect.hpp"
#include "app/session/event.hpp"
#include "app/session/state.hpp"

namespace app::session {

/// From the warning to the neutral screen.
inline constexpr std::chrono::seconds idle_warning{30};
/// How long a neutral screen may still be taken back by the same worker's PIN (assisted interviews only); then the
/// interview, sealed already, is wiped.
inline constexpr std::chrono::seconds idle_hold{60};
/// Without a bundle there is no policy yet.
inline constexpr std::chrono::minutes idle_without_policy{3};

/// What a program does first: shows Unlock and opens the device.
[[nodiscard]] Effects start(State& state, const Now& now);

/// Takes one event. Events that do not fit the screen change nothing; results of the worker that come too late are
/// dropped. Never loses an answer: the interview is only wiped once its last revision is stored (SealDone), when the
/// person erases it, or when the screen goes neutral with the last revision handed over for sealing.
[[nodiscard]] Effects update(State& state, Event event, const Now& now);

/// When a Tick is wanted (steady time): idle limits, the clock's next minute. Nothing when nothing is due.
[[nodiscard]] std::optional<std::chrono::milliseconds> next_tick(const State& state) noexcept;

/// Something has been said that is not on the medium yet, or work that must not be cut off is under way.
[[nodiscard]] bool unfinished(const State& state) noexcept;

}  // namespace app::session
