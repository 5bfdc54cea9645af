#pragma once
// The loop of a program with a window: take in what has happened, draw a frame where one is due, wait. Must not know
// what is drawn.

#include <optional>

#include "app/platform/window.hpp"
#include "app/ui/ui.hpp"

namespace app::shell {

/// What the loop turns. Called on the thread that draws.
class Turning {
  public:
    Turning() = default;
    Turning(const Turning&) = delete;
    Turning& operator=(const Turning&) = delete;
    virtual ~Turning() = default;

    /// Takes in what has happened since the last turn: answers of a worker, what time brought.
    virtual void take_in() = 0;
    /// What a frame shows, as for Ui::frame(); true when that changed the state.
    virtual bool describe(ui::Ui& ui) = 0;
    /// When a turn is due without an event, as the window's clock runs; nothing when only events bring one.
    [[nodiscard]] virtual std::optional<platform::Instant> due() const = 0;
    [[nodiscard]] virtual bool done() const noexcept = 0;
};

class Loop {
  public:
    /// All of them outlive the loop.
    Loop(platform::Window& window, ui::Ui& ui, Turning& turning) noexcept
        : window_(window), ui_(ui), turning_(turning) {}

    /// Until it is done; nothing is drawn in its last turn that is not due.
    void run();
    /// One turn, for whoever goes through it step by step.
    void turn();
    /// When turn() is due without an event.
    [[nodiscard]] std::optional<platform::Instant> next_wake() const;
    /// Drawn so far.
    [[nodiscard]] int frames() const noexcept { return frames_; }

  private:
    platform::Window& window_;
    ui::Ui& ui_;
    Turning& turning_;
    int frames_ = 0;
};

}  // namespace app::shell
