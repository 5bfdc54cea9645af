// The one way from the state of the kiosk to what is on the screen; it must not change anything and keeps nothing.
#pragma once

#include <vector>

#include "app/session/event.hpp"
#include "app/session/state.hpp"
#include "app/ui/ui.hpp"
#include "locales/translator.hpp"

namespace app::kiosk::screens {

using Inputs = std::vector<session::Input>;

/// What a screen needs that is not state: words, and the program's own version.
struct Context {
    const locales::Translator& texts;  ///< in the language of the state
    std::string_view version;          ///< "0.1.0"
};

/// Describes the whole screen and appends what the person did in the frame they saw. Called once per pass.
void draw(ui::Ui& ui, const session::State& state, const Context& context, Inputs& out) noexcept;

}  // namespace app::kiosk::screens
