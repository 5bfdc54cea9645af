// The reference screens, described with the toolkit: what tests check and the gallery draws.
#pragma once

#include <string>
#include <vector>

#include "app/ui/ui.hpp"

namespace gallery {

/// What a screen of the gallery remembers between passes.
struct State {
    std::string screen = "home";
    int selected = 0;  ///< choice, -1 none
    bool several[3] = {true, false, true};
    std::string language = "es";
    std::size_t digits = 3;
    std::vector<std::string> used;  ///< keys of controls that answered, in order
    std::string typed = "Limpiaba una casa, de noche tambié";
    std::string seen;  ///< what the field held in the last pass
    bool submitted = false;
};

/// Names of the screens, in the order the gallery draws them.
const std::vector<std::string>& names();

/// Describes state.screen. True when something was used.
bool describe(app::ui::Ui& ui, State& state);

}  // namespace gallery
