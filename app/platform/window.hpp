// The seam between Amparo and the machine it is shown on; it must not know what is on the screen.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "app/platform/events.hpp"
#include "app/platform/failure.hpp"
#include "app/platform/picture.hpp"

namespace app::platform {

struct Metrics {
    int width = 0;    ///< drawable pixels
    int height = 0;   ///< drawable pixels
    float scale = 1;  ///< pixels in one dp: content scale of the display times the one asked for
};

struct WindowOptions {
    int width = 412;             ///< dp
    int height = 915;            ///< dp
    std::optional<float> scale;  ///< replaces the display's own content scale
    bool visible = true;         ///< false: drawn but never mapped
    bool fullscreen = false;
};

/// Whether a value of DISPLAY names a display of this machine: ":0", ":0.0", "unix:0". Nothing else does, so that what
/// is on the screen leaves by no connection: no host, also not this machine's own by its address, and no path.
[[nodiscard]] bool is_local_display(std::string_view name) noexcept;

/// All the program ever asks of a window. Used from one thread, except wake().
///
/// The loop of a program:
///
///     while (!done) {
///         window.wait(ui.next_wake(window.now()));      // sleeps; 0 % CPU
///         if (auto drawn = ui.frame(window, describe)) window.show(*drawn);   // nothing when nothing arrived
///     }
class Window {
  public:
    Window() = default;
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    virtual ~Window() = default;

    [[nodiscard]] virtual Metrics metrics() const noexcept = 0;
    /// Milliseconds on a steady clock, the one that stamps events.
    [[nodiscard]] virtual Instant now() const noexcept = 0;
    /// Sleeps until an event is in the queue, wake() was called, or `until` (if given) has come.
    virtual void wait(std::optional<Instant> until) noexcept = 0;
    /// Takes in what has arrived without sleeping.
    virtual void poll() noexcept = 0;
    [[nodiscard]] virtual EventQueue& events() noexcept = 0;
    /// Puts a WakeEvent in the queue and ends wait(). May be called from any thread, any number of times.
    virtual void wake() noexcept = 0;
    /// Calls `last` in the window's thread, while it waits or draws, when the window system has gone away; then the
    /// process ends, for nothing can be shown any more. `last` must not use the window.
    virtual void when_lost(std::function<void()> last) noexcept = 0;
    virtual void show(const Picture& picture) noexcept = 0;
    /// Changes the size (dp at the present scale), as a window manager or a turned tablet would.
    virtual void resize(int width, int height) noexcept = 0;
    /// Changes the number of pixels in one dp and keeps the size in dp.
    virtual void rescale(float scale) noexcept = 0;
};

}  // namespace app::platform
