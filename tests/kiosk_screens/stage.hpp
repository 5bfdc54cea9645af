// A kiosk standing on any screen, made by hand: no device, no window, no thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/kiosk/screens/screens.hpp"
#include "tests/driver/null_window.hpp"

namespace stage {

/// All screens, and screens in more than one condition: "home", "question.danger_now", "send.failed" ….
[[nodiscard]] const std::vector<std::string>& names();

/// The state that shows the screen. Uses the shipped questionnaire and words.
[[nodiscard]] app::session::State state_of(crypto::SodiumReady ready, std::string_view name);

/// The words: "es", "en", or "qps" (long and accented, to show what does not fit).
[[nodiscard]] locales::Translator words(std::string_view language);

/// A window, an interface and the words, drawing one state.
class Stage {
  public:
    Stage();

    void size(int width, int height) { window_.resize(width, height); }
    void prefer(const app::ui::Preferences& preferences) { ui_->prefer(preferences); }
    /// Draws as if the screen had just come up.
    [[nodiscard]] app::platform::Picture draw(const app::session::State& state, const locales::Translator& texts);
    /// Taps the middle of a widget of the last frame; what the screen said.
    [[nodiscard]] app::kiosk::screens::Inputs tap(const app::session::State& state, const locales::Translator& texts,
                                                  std::string_view key);
    [[nodiscard]] const app::ui::Trace& trace() const { return ui_->trace(); }
    [[nodiscard]] driver::NullWindow& window() { return window_; }
    [[nodiscard]] crypto::SodiumReady ready() const { return ready_; }

  private:
    driver::NullWindow window_;
    crypto::SodiumReady ready_;
    app::platform::FontFiles fonts_;
    std::unique_ptr<app::ui::Ui> ui_;
};

}  // namespace stage
