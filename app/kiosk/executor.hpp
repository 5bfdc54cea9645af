// Carries out effects on a thread of its own, in order, and hands back events. It must not know screens.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "app/kiosk/device.hpp"

namespace app::kiosk {

/// One worker thread. Destroying it finishes what is queued: nothing that was to be sealed is dropped.
class Executor {
  public:
    /// `wake` is called from the worker whenever an event is waiting; it must not block.
    Executor(crypto::SodiumReady ready, Places places, std::function<void()> wake);
    ~Executor();
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;

    void run(session::Effect effect);
    /// Events that came back since the last call, oldest first.
    [[nodiscard]] std::vector<session::Event> take();
    /// Blocks until an event is waiting (true) or nothing is queued or running any more (false).
    [[nodiscard]] bool wait_for_event();

  private:
    void work();
    void post(session::Event event);

    crypto::SodiumReady ready_;
    Places places_;
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<session::Effect> queue_;
    std::vector<session::Event> events_;
    bool busy_ = false;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace app::kiosk
