// What a person did, as the window saw it; it must not know what is on the screen.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <variant>

namespace app::platform {

/// Time since an arbitrary start, always given from outside so that tests and tours need no clock.
using Instant = std::chrono::milliseconds;

/// Physical pixels, origin top left.
struct Point {
    float x = 0;
    float y = 0;
};

enum class PointerPhase : std::uint8_t { press, move, release, cancel };

/// A finger, a pen or a mouse button; all are treated as one finger. Moves are reported only while pressed.
struct PointerEvent {
    PointerPhase phase = PointerPhase::press;
    Point at;
};

/// A wheel or a two-finger scroll, in notches; positive shows what is further down.
struct WheelEvent {
    float notches = 0;
    Point at;
};

enum class Key : std::uint8_t {
    tab,
    back_tab,
    enter,
    escape,
    up,
    down,
    left,
    right,
    backspace,
    del,
    home,
    end,
    page_up,
    page_down
};

struct KeyEvent {
    Key key = Key::tab;
};

/// One typed character. Goes from the window's callback to the field on screen and to nothing else.
struct CharacterEvent {
    char32_t character = 0;
};

struct ResizeEvent {};  ///< the window's size or content scale changed
struct ExposeEvent {};  ///< the window's picture was lost and is wanted again
struct WakeEvent {};    ///< Window::wake() was called
struct CloseEvent {};   ///< the person asked the window manager to close the window

struct Event {
    Instant when{};
    std::variant<WakeEvent, PointerEvent, WheelEvent, KeyEvent, CharacterEvent, ResizeEvent, ExposeEvent, CloseEvent>
        what;
};

/// First in, first out, fixed size. A slot is wiped when it is taken, so that typed characters do not stay behind.
/// When full, the newest event is refused: what was done first is never lost.
class EventQueue {
  public:
    EventQueue() = default;
    EventQueue(const EventQueue&) = delete;
    EventQueue& operator=(const EventQueue&) = delete;
    ~EventQueue();

    bool push(const Event& event) noexcept;
    /// The oldest event, or nothing. The queue keeps no copy.
    [[nodiscard]] bool take(Event& out) noexcept;
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }

  private:
    std::array<Event, 512> slots_{};
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

}  // namespace app::platform
