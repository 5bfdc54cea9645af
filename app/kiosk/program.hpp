// The kiosk at work: one window, one session, one worker thread, and the loop between them. It must not know any
// screen.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "app/kiosk/effect_runner.hpp"
#include "app/kiosk/options.hpp"
#include "app/platform/window.hpp"
#include "app/session/update.hpp"
#include "app/shell/loop.hpp"
#include "app/ui/ui.hpp"
#include "locales/translator.hpp"

namespace app::kiosk {

/// Owns nothing that outlives the window. Used from the interface thread.
class Program : public shell::Turning {
  public:
    Program(crypto::SodiumReady ready, const Options& options, platform::Window& window, ui::Ui& ui,
            locales::Translator texts);
    ~Program() override;

    /// Begins with unlocking; returns when the person closes the window.
    void run();

    /// As if the window were closed: what is open is sealed first. From any thread; does not block.
    void ask_to_end() noexcept;

    [[nodiscard]] const session::State& state() const noexcept { return state_; }

    // What run() is made of, for whoever goes through it step by step.

    void begin();
    [[nodiscard]] shell::Loop& loop() noexcept { return loop_; }
    void take_in() override;
    bool describe(ui::Ui& ui) override;
    [[nodiscard]] std::optional<platform::Instant> due() const override;
    /// Takes in what the worker thread has finished; true when the state changed.
    bool drain();
    /// The same, waiting for it; false when there is nothing to wait for.
    bool wait_for_worker();
    /// Moves its clock on, as if nobody had touched anything for so long.
    void pass(platform::Instant by);
    /// Whether it was asked to end, and whether everything is stored and it has.
    [[nodiscard]] bool ending() const noexcept { return ending_ || end_asked_; }
    [[nodiscard]] bool done() const noexcept override { return done_; }

  private:
    /// Seals what is open and waits until the worker thread has done all there is, without drawing: the window is gone.
    void finish();
    void tick();  ///< what time brings
    void dispatch(session::Event event);
    void carry_out(session::Effects effects);
    void take_words(const session::Answer& answer);
    void show_preferences();
    [[nodiscard]] session::Now now() const;

    const Options& options_;
    platform::Window& window_;
    ui::Ui& ui_;
    locales::Translator texts_;
    session::State state_;
    EffectRunner runner_;
    shell::Loop loop_;
    std::vector<session::Input> said_;  ///< by the screens in one pass
    std::optional<platform::Instant> escaped_;
    platform::Instant ahead_{0};  ///< by how much time was moved on
    std::atomic<bool> end_asked_{false};
    bool ending_ = false;  ///< asked to end from outside
    bool forget_ = false;
    bool done_ = false;
};

}  // namespace app::kiosk
