// Plays a journey file through the real interface by injecting pointer and key events; it must not know the screens.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/platform/window.hpp"
#include "app/ui/ui.hpp"
#include "tests/driver/picture.hpp"

namespace driver {

/// A journey file: one command a line, `#` starts a comment, words separated by spaces, the last argument may hold
/// spaces.
///
///     tap KEY                press and release in the middle of the widget (dragged into sight first; one that rests
///                            while something is stored is waited for)
///     hold KEY               press for 600 ms, release there
///     accent KEY ALT         hold KEY, slide to the key ALT of its pop-up, release
///     type TEXT              the characters, as a physical keyboard sends them
///     note KEY               keeps what the widget shows
///     recite                 types all that was kept, a space behind each, and forgets it
///     tell NAME              hands all that was kept to the host, a line for each, and forgets it
///     press NAME             Enter, Escape, Tab, BackTab, Up, Down, Left, Right, Backspace
///     drag KEY DX DY         from the middle of the widget by so many dp
///     expect KEY [TEXT]      the widget is on the screen (and shows TEXT); waits for background work
///     selected KEY           the widget is there and selected
///     absent KEY             it is not
///     screen NAME            the screen has this name (waits for background work)
///     wait KEY               runs background work until the widget is there
///     settle                 runs background work until nothing is left of it
///     pass SECONDS           so much time, in which nobody touches anything
///     lap NAME               notes the real time since the lap before, for benchmarks
///     close                  the window is closed, as by its frame
///     screenshot NAME        hands a picture to the host
///     size WxH               in dp;  scale X
///     check                  the frame has no fault (trace.hpp)
struct TourStep {
    std::size_t line = 0;
    std::string command;
    std::vector<std::string> words;
};

struct TourFailure {
    std::size_t line = 0;
    std::string what;  ///< one English sentence for the developer
};

struct Tour {
    std::vector<TourStep> steps;
    [[nodiscard]] static tl::expected<Tour, TourFailure> parse(std::string_view text);
};

/// What the player needs from the program it drives.
struct TourHost {
    app::platform::Window& window;
    app::ui::Ui& ui;
    std::function<bool(app::ui::Ui&)> describe;  ///< as for Ui::frame()
    /// Runs or waits for background work: true when something was done (draw again), false when there is nothing left
    /// to wait for. Blocks instead of sleeping.
    std::function<bool()> pump;
    std::function<tl::expected<void, std::string>(const std::string& name, const Image& image)> picture;
    std::function<tl::expected<void, std::string>(const std::string& name, const std::string& text)> text;
    std::function<void(app::platform::Instant by)> advance;  ///< moves the program's clock too; may be empty
    /// The program was asked to end: what is under way is waited for and the rest of the tour is not played. May be
    /// empty.
    std::function<bool()> ending = {};
};

struct TourReport {
    std::size_t steps = 0;
    std::size_t pictures = 0;
    std::size_t frames = 0;
    std::vector<std::pair<std::string, double>> laps;  ///< name and milliseconds
};

/// Time passes only in the player's own count (one gesture never waits), so a tour runs as fast as the program can.
[[nodiscard]] tl::expected<TourReport, TourFailure> play(const Tour& tour, const TourHost& host);

}  // namespace driver
