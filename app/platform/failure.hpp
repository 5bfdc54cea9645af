// What can go wrong between the program and the machine's screen and fonts; it must not know about screens of
// ours.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace app::platform {

enum class Error : std::uint8_t {
    no_display,     ///< no X11 display can be reached; subject: the value of DISPLAY, or empty
    far_display,    ///< DISPLAY names a host, or is no name of a display of this machine
    no_graphics,    ///< a window was made but OpenGL 3 is not available; subject: what the driver said
    font_missing,   ///< a font file was not found; subject: the Debian package that holds it
    font_damaged,   ///< a font file was found but cannot be used; subject: its path
    locked_memory,  ///< memory that is never swapped out cannot be had
};

/// A failure with the one word a person needs to act on it. Callers map `error` to a catalogue key; `subject` fills its
/// placeholder. Holds nothing that was typed or answered.
struct Failure {
    Error error;
    std::string subject;
};

template <class T>
using Result = tl::expected<T, Failure>;

}  // namespace app::platform
