// Fingers: what is a tap, what is a drag, how scrolling runs out; it must not know what the widgets mean.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "app/platform/events.hpp"
#include "app/ui/core/text_pool.hpp"
#include "app/ui/core/trace.hpp"

namespace app::ui {

inline constexpr platform::Instant tap_guard{300};  ///< after a change of screen
inline constexpr platform::Instant long_press{450};

struct TouchResult {
    bool redraw = false;
    float scroll_by = 0;      ///< dp
    std::string_view tapped;  ///< key of the widget that was pressed and released
    platform::Point at;       ///< dp, of the tap
    std::string_view held;    ///< key of the widget that was held
};

/// Acts on release; a finger that moved further than the slop presses nothing and scrolls if it began in the middle.
/// Time comes with the events and from tick().
class Touch {
  public:
    /// `at` in dp. Presses before `guard` never become taps, except on what is urgent.
    [[nodiscard]] TouchResult press(platform::Point at, platform::Instant when, const Trace& trace,
                                    platform::Instant guard);
    [[nodiscard]] TouchResult move(platform::Point at, platform::Instant when);
    [[nodiscard]] TouchResult release(platform::Point at, platform::Instant when, const Trace& trace, bool inertia);
    [[nodiscard]] TouchResult tick(platform::Instant now);
    /// Forgets the finger and stops what still runs.
    void stop() noexcept;
    void stop_inertia() noexcept { velocity_ = 0; }

    /// When tick() has something to do.
    [[nodiscard]] std::optional<platform::Instant> deadline() const noexcept;
    /// The widget under the finger, to be drawn pressed; empty when none or dragging.
    [[nodiscard]] std::string_view pressed() const noexcept { return pressed_.view(); }
    /// Holding the widget means nothing: lifting the finger still taps it.
    void hold_refused() noexcept { long_done_ = false; }
    [[nodiscard]] bool down() const noexcept { return down_; }

  private:
    struct Sample {
        float y = 0;
        platform::Instant when{};
    };
    void remember(float y, platform::Instant when) noexcept;
    [[nodiscard]] float speed(platform::Instant when) const noexcept;

    bool down_ = false;
    bool dragging_ = false;
    bool scrolls_ = false;  // began in the middle
    bool lenient_ = false;  // keys of a keyboard: thumbs roll
    bool long_done_ = false;
    bool may_hold_ = false;
    KeyCopy pressed_;
    platform::Point start_, last_;
    platform::Instant since_{};
    std::array<Sample, 6> samples_{};
    std::size_t sample_count_ = 0;
    float velocity_ = 0;  // dp per second, positive shows what is further down
    platform::Instant ticked_{};
};

/// The topmost widget that can be touched there, or null. Keys of the keyboard reach 3 dp further than they look.
[[nodiscard]] const Widget* target_at(const Trace& trace, platform::Point at) noexcept;

}  // namespace app::ui
