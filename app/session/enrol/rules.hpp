// The rules of setting a kiosk up, and of having it enrolled anew. Enters entry, where an enrolled device begins.
#pragma once

#include "app/session/entry/rules.hpp"
#include "app/session/rules.hpp"

namespace app::session {

class Enrol : Rules {
  public:
    Enrol(State& state, Effects& effects, Entry& entry) noexcept : Rules(state, effects), entry_(entry) {}

    // setting_up.cpp
    void on(NoDevice& event);
    void on(UnlockedNotEnrolled& event);
    void on(NotSetUp& screen, Next& event);
    void on(NotSetUp& screen, FirstWords& event);
    void on(NotSetUp& screen, NoFirstWords& event);
    void on(SavingWords& screen, DeviceMade& event);
    void on(SavingWords& screen, DeviceNotMade& event);
    void on(BringingBack& screen, Retry& event);
    void on(BringingBack& screen, Next& event);
    void on(BringingBack& screen, Back& event);
    void on(BringingBack& screen, DeviceEnrolled& event);
    void on(BringingBack& screen, DeviceNotEnrolled& event);
    void on(TestRecord& screen, Retry& event);
    void on(TestRecord& screen, Next& event);
    void on(TestSealed& event);
    void on(TestRecord& screen, TestNotSealed& event);
    // asking.cpp; entered from the settings too
    void on(Settings& screen, OpenEnrolling& event);
    void on(Asking& screen, LookForPlaces& event);
    void on(Asking& screen, PlacesFound& event);
    void on(Asking& screen, PlacesNotFound& event);
    void on(Asking& screen, AskAt& event);
    void on(Asking& screen, CompareAgain& event);
    void on(Asking& screen, RequestWritten& event);
    void on(Asking& screen, RequestNotWritten& event);
    void on(Asking& screen, Back& event);
    void on(Comparing& screen, SayWords& event);
    void on(Comparing& screen, Back& event);
    void on(WordsDiffer& screen, Next& event);

  private:
    void ask(bool again, std::optional<Asked> asked);

    Entry& entry_;
};

}  // namespace app::session
