// The rules of what belongs to no flow: the problem screen, language and sizes, leaving, idling, closing the window.
// Enters entry, where what a key of the device opened must not stay open.
#pragma once

#include "app/session/entry/rules.hpp"
#include "app/session/rules.hpp"
#include "app/session/ways_out.hpp"

namespace app::session {

class Everywhere : Rules {
  public:
    Everywhere(State& state, Effects& effects, Storing& storing, WaysOut& ways_out, Entry& entry) noexcept
        : Rules(state, effects), storing_(storing), ways_out_(ways_out), entry_(entry) {}

    void on(ChooseLanguage& event);
    void on(NextTextSize& event);
    void on(ChooseTheme& event);
    void on(Leave& event);
    void on(QuickExit& event);
    void on(CloseWindow& event);
    void on(Tick& event);
    void on(Problem& screen, Retry& event);
    void on(IdleWarning& screen, Touched& event);
    void on(IdleWarning& screen, StayHere& event);

  private:
    Storing& storing_;
    WaysOut& ways_out_;
    Entry& entry_;
};

}  // namespace app::session
