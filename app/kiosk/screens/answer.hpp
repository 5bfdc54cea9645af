// One question of the interview as it is answered; shared by single questions and pages of several.
#pragma once

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// Whether a heading or a smaller title carries the question.
enum class Weight : std::uint8_t { alone, among_others };

/// Label, hint, the way to answer, and skip, prefer not to say, don't know. True when it is typed (needs a keyboard).
bool draw_answer(const Pen& pen, const engine::Interview& interview, engine::NodeId node, Weight weight);

}  // namespace app::kiosk::screens
