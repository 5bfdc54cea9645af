// What the rules of every flow are made of: the state they change and the effects they want. Knows no flow.
#pragma once

#include <utility>
#include <variant>

#include "app/session/update.hpp"

namespace app::session {

/// Base of the rules of one flow. A rule is an `on(screen, event)`, on the screen that is shown, or an `on(event)`,
/// whatever is shown; update() finds it by its types. The time is that of the event: State::now. Lives for one event.
class Rules {
  protected:
    Rules(State& state, Effects& effects) noexcept : s_(state), effects_(effects) {}

    /// The screen that is shown, where it is one of that type.
    template <class S>
    [[nodiscard]] S* at() noexcept {
        return std::get_if<S>(&s_.screen);
    }
    /// A rule that was given a screen must not touch it any more after this.
    template <class S>
    void show(S screen = {}) {
        s_.screen = std::move(screen);
    }
    void want(Effect effect) { effects_.push_back(std::move(effect)); }
    /// The screen that is shown waits for its answer.
    void want(Effect effect, Pending pending) {
        want(std::move(effect));
        s_.screen.pending = pending;
    }
    /// The answer is there. False, and nothing is changed, when the screen does not wait for that.
    bool came(Pending pending) noexcept {
        if (!s_.waits(pending)) return false;
        s_.screen.pending = Pending::Nothing;
        return true;
    }

    State& s_;

  private:
    Effects& effects_;
};

}  // namespace app::session
