// The rules of sending. Enters no flow.
#pragma once

#include "app/session/rules.hpp"

namespace app::session {

class Delivery : Rules {
  public:
    Delivery(State& state, Effects& effects) noexcept : Rules(state, effects) {}

    // entered from the visit's home, and from entry where there is no bundle; it ends where it was entered
    void on(Home& screen, OpenSend& event);
    void on(BundleLost& screen, OpenSend& event);
    void on(Send& screen, Back& event);
    // sending.cpp
    void on(Send& screen, LookForPlaces& event);
    void on(Send& screen, PlacesFound& event);
    void on(Send& screen, PlacesNotFound& event);
    void on(Send& screen, SendTo& event);
    void on(Send& screen, SendAgain& event);
    void on(Send& screen, CancelSending& event);
    void on(Send& screen, SendProgress& event);
    void on(Sent& event);
    void on(Send& screen, SendFailed& event);

  private:
    void open();
    void send(Send& sending, std::size_t place, bool again);
};

}  // namespace app::session
