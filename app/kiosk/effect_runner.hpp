// Carries out effects on a thread of its own, in order, and hands back answers. It must not know screens.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "app/kiosk/device.hpp"
#include "app/kiosk/queue.hpp"
#include "app/shell/worker.hpp"

namespace app::kiosk {

/// One worker thread. Destroying it finishes what is queued: nothing that was to be sealed is dropped. An effect that
/// runs out of memory is answered like any other failure; the room for that answer is set aside when it is queued.
/// On a slow medium nothing piles up: what waits and is superseded by what is asked for now is dropped (queue.hpp).
class EffectRunner {
  public:
    /// `wake` is called from the worker whenever an event is waiting; it must not block.
    EffectRunner(crypto::SodiumReady ready, Places places, std::function<void()> wake);

    /// StopExport reaches an Export that is already under way; everything else waits for its turn.
    void run(session::Effect effect);
    /// Answers that came back since the last call, oldest first.
    [[nodiscard]] std::vector<session::Answer> take();
    /// Blocks until an event is waiting (true) or nothing is queued or running any more (false).
    [[nodiscard]] bool wait_for_event();

  private:
    using Answers = shell::Worker<session::Effect, session::Answer>;

    std::atomic<bool> stop_export_{false};
    Answers worker_;  // last: its thread uses the above
};

}  // namespace app::kiosk
