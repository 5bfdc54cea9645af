// A finger and a clock for tests of the interface.
#pragma once

#include <memory>
#include <string>

#include "app/ui/ui.hpp"
#include "tests/driver/null_window.hpp"
#include "tests/ui/screens.hpp"

namespace gallery {

/// One interface without a display, its screen and its events. Time moves only when told to.
class Driver {
  public:
    explicit Driver(std::string screen,
                    app::platform::WindowOptions options = {.width = 412, .height = 860, .scale = 1.0F},
                    app::ui::Preferences preferences = {});

    /// Frames until nothing is due; the number drawn.
    int draw();
    /// One frame; whether something was drawn.
    bool draw_once();
    void press(const std::string& key, float dx = 0, float dy = 0);
    void move(float dx, float dy);
    void release();
    /// Press, a moment, release, all in the middle of the widget.
    void tap(const std::string& key);
    void type(std::string_view text);
    void key(app::platform::Key key);
    void wait(int milliseconds) { window.advance(app::platform::Instant{milliseconds}); }

    [[nodiscard]] const app::ui::Widget& widget(const std::string& key) const;
    [[nodiscard]] bool shows(const std::string& key) const { return ui->trace().find(key) != nullptr; }
    [[nodiscard]] const app::ui::Trace& trace() const { return ui->trace(); }
    [[nodiscard]] bool used(const std::string& key) const;

    app::platform::FontFiles fonts;
    driver::NullWindow window;
    std::unique_ptr<app::ui::Ui> ui;
    State state;
    int described = 0;
    std::optional<app::platform::Picture> last;

  private:
    app::platform::Point at_;
};

}  // namespace gallery
