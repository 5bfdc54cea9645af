#include "app/shell/exit.hpp"

namespace app::shell {

Refusal refusal_of(const platform::Failure& failure) {
    switch (failure.error) {
        case platform::Error::no_display:
            return {Exit::NoDisplay, "error.no_display", failure.subject};
        case platform::Error::far_display:
            return {Exit::NoDisplay, "error.far_display", failure.subject};
        case platform::Error::no_graphics:
            return {Exit::NoDisplay, "error.no_gl", failure.subject};
        case platform::Error::font_missing:
            return {Exit::NoFonts, "error.no_fonts", failure.subject};
        case platform::Error::font_damaged:
            return {Exit::NoFonts, "error.bad_font", failure.subject};
        case platform::Error::locked_memory:
            return {Exit::Internal, "error.locked_memory", failure.subject};
    }
    return {Exit::Internal, "error.other", {}};
}

}  // namespace app::shell
