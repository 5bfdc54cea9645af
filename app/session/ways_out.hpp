// Where every flow ends: home, or the neutral screen where nobody is in; and what these may cover for a while.
// Enters no flow.
#pragma once

#include "app/session/rules.hpp"
#include "app/session/visit/storing.hpp"

namespace app::session {

class WaysOut : Rules {
  public:
    WaysOut(State& state, Effects& effects, Storing& storing) noexcept : Rules(state, effects), storing_(storing) {}

    /// What a worker is told before anything else, else home.
    void go_home();
    /// Nobody is signed in any more; the neutral screen. A screening that is still open is handed over first.
    void lock();
    /// The screen goes under the one that is shown next; a step that it waits for is forgotten.
    void put_under();
    /// Back from the question whether to leave, or from the warning.
    void stay();
    /// The neutral screen over an interview that its worker may come back to.
    void cover();
    void uncover();

  private:
    Storing& storing_;
};

}  // namespace app::session
