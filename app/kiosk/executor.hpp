// Carries out effects on a thread of its own, in order, and hands back events. It must not know screens.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "app/kiosk/device.hpp"
#include "app/kiosk/queue.hpp"

namespace app::kiosk {

/// One worker thread. Destroying it finishes what is queued: nothing that was to be sealed is dropped. An effect that
/// runs out of memory is answered like any other failure; the room for that answer is set aside when it is queued.
/// On a slow medium nothing piles up: what waits and is superseded by what is asked for now is dropped (queue.hpp).
class Executor {
  public:
    /// `wake` is called from the worker whenever an event is waiting; it must not block.
    Executor(crypto::SodiumReady ready, Places places, std::function<void()> wake);
    ~Executor();
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;

    /// StopExport reaches an Export that is already under way; everything else waits for its turn.
    void run(session::Effect effect);
    /// Events that came back since the last call, oldest first.
    [[nodiscard]] std::vector<session::Event> take();
    /// Blocks until an event is waiting (true) or nothing is queued or running any more (false).
    [[nodiscard]] bool wait_for_event();

  private:
    void work();
    void post(session::Event event);
    void post(std::list<session::Event>&& answer) noexcept;

    crypto::SodiumReady ready_;
    Places places_;
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<Job> queue_;
    std::list<session::Event> events_;
    std::atomic<bool> stop_export_{false};
    bool busy_ = false;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace app::kiosk
