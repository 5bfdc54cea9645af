// The kiosk at work: one window, one session, one worker thread, and the loop between them. It must not know any
// screen.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "app/kiosk/executor.hpp"
#include "app/kiosk/options.hpp"
#include "app/platform/window.hpp"
#include "app/session/update.hpp"
#include "app/ui/ui.hpp"
#include "locales/translator.hpp"

namespace app::kiosk {

/// Owns nothing that outlives the window. Used from the interface thread.
class Program {
  public:
    Program(crypto::SodiumReady ready, const Options& options, platform::Window& window, ui::Ui& ui,
            locales::Translator texts);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Begins with unlocking; returns when the person closes the window.
    void run();
    /// Plays the tour file and writes its pictures. False, with one sentence on standard error, when a step failed.
    [[nodiscard]] bool play();
    /// Runs until the first screen a person can use, then waits ten seconds, and prints what that cost as JSON.
    void measure();

    /// As if the window were closed: what is open is sealed first. From any thread; does not block.
    void ask_to_end() noexcept;

    [[nodiscard]] const session::State& state() const noexcept { return state_; }
    /// Takes in what the worker thread has finished; true when the state changed.
    bool drain();

  private:
    void begin();
    /// Seals what is open and waits until the worker thread has done all there is, without drawing: the window is gone.
    void finish();
    void tick();  ///< what time brings
    void turn();
    bool describe(ui::Ui& ui);
    void dispatch(session::Event event);
    void carry_out(session::Effects effects);
    void take_in(const session::Event& event);
    void show_preferences();
    [[nodiscard]] session::Now now() const;
    [[nodiscard]] std::optional<platform::Instant> next_wake() const;

    const Options& options_;
    platform::Window& window_;
    ui::Ui& ui_;
    locales::Translator texts_;
    session::State state_;
    Executor executor_;
    std::vector<session::Event> said_;  ///< by the screens in one pass
    std::optional<platform::Instant> escaped_;
    platform::Instant ahead_{0};  ///< by how much the time of a tour runs ahead of the window's
    std::atomic<bool> end_asked_{false};
    bool ending_ = false;  ///< asked to end from outside: a tour stops there
    bool forget_ = false;
    bool done_ = false;
    int frames_ = 0;
};

}  // namespace app::kiosk
