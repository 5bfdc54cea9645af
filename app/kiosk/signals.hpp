// Being asked to end by the system: SIGTERM at shutdown, SIGHUP when the session is over, SIGINT from a terminal. It
// must not know what ending means.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace app::kiosk {

/// From hold() on, those signals end nothing by themselves; from the constructor on each of them calls `asked`, from a
/// thread of its own: no code runs in a signal handler. One that comes in between is not lost.
class Signals {
  public:
    /// To be called before the first thread is made: threads inherit it. So would a program that is started from here.
    static void hold() noexcept;

    /// `asked` must not block.
    explicit Signals(std::function<void()> asked);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

  private:
    std::function<void()> asked_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;  // last: it uses the above
};

}  // namespace app::kiosk
