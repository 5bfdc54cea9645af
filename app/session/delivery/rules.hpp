// The rules of sending and receiving. Enters no flow.
#pragma once

#include "app/session/rules.hpp"

namespace app::session {

class Delivery : Rules {
  public:
    Delivery(State& state, Effects& effects) noexcept : Rules(state, effects) {}

    // entered from the visit's home, and from entry where there is no bundle, and from enrol;
    // it ends where it was entered
    void on(Home& screen, OpenSend& event);
    void on(BundleLost& screen, OpenSend& event);
    void on(TestRecord& screen, OpenSend& event);
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
    // receiving.cpp; entered from sending and from the settings of staff, it ends at home
    void on(Send& screen, OpenReceive& event);
    void on(Settings& screen, OpenReceive& event);
    void on(Receive& screen, LookAgain& event);
    void on(NewsFound& event);
    void on(Receive& screen, NewsNotFound& event);
    void on(Receive& screen, AcceptShown& event);
    void on(NewsTaken& event);
    void on(NewsNotTaken& event);
    void on(Receive& screen, Back& event);

  private:
    void open_receive();
    void open();
    void send(Send& sending, std::size_t place, bool again);
};

}  // namespace app::session
