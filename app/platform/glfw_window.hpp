// A real window: GLFW on X11 with OpenGL 3; it must not know what is on the screen.
#pragma once

#include <memory>

#include "app/platform/window.hpp"

namespace app::platform {

/// Opens a window titled "Amparo" and nothing else, whatever the language. One per program. Sets up no clipboard.
/// Draws only when show() is called; vertical sync is on, so inertia costs no more than the display's rate.
/// Errors: no_display, no_graphics.
[[nodiscard]] Result<std::unique_ptr<Window>> open_window(const WindowOptions& options);

}  // namespace app::platform
