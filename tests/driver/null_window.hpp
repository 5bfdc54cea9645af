// A window without a display or graphics, for tests, tours and headless pictures; it must not know what is on the
// screen.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "app/platform/window.hpp"
#include "tests/driver/picture.hpp"

namespace driver {

/// Time stands still unless advance() moves it or wait() is given a time to wait for, so that a test is the same on any
/// machine. Events are pushed into events() by the test or the tour. Pictures come from rasterise().
class NullWindow final : public app::platform::Window {
  public:
    explicit NullWindow(const app::platform::WindowOptions& options);

    [[nodiscard]] app::platform::Metrics metrics() const noexcept override { return metrics_; }
    [[nodiscard]] app::platform::Instant now() const noexcept override { return now_; }
    /// With `until`: jumps there when nothing is queued. Without: really sleeps until wake().
    void wait(std::optional<app::platform::Instant> until) noexcept override;
    void poll() noexcept override;
    [[nodiscard]] app::platform::EventQueue& events() noexcept override { return events_; }
    void wake() noexcept override;
    void when_lost(std::function<void()> /*last*/) noexcept override {}  // there is none to go away
    void show(const app::platform::Picture& picture) noexcept override;
    /// The picture as rasterise() draws it, at the window's size.
    [[nodiscard]] tl::expected<Image, std::string> capture(const app::platform::Picture& picture) const;
    void resize(int width, int height) noexcept override;
    void rescale(float scale) noexcept override;

    void advance(app::platform::Instant by) noexcept { now_ += by; }
    /// Frames shown so far.
    [[nodiscard]] int shown() const noexcept { return shown_; }

  private:
    app::platform::EventQueue events_;
    app::platform::Metrics metrics_;
    app::platform::Instant now_{1000};
    int width_dp_ = 0;
    int height_dp_ = 0;
    int shown_ = 0;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wake_ = false;
};

}  // namespace driver
