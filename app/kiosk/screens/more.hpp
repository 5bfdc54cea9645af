// Repeats on screens: what an instance is called, and the page after the last one; it must not know the other screens.
#pragma once

#include <string_view>

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// A heading for what was said about one instance: the label that the form gives the repeat, and the place. Keys: key +
/// ".label", ".number".
void instance_heading(const Pen& pen, std::string_view key, const engine::Interview& interview,
                      engine::NodeId instance);

/// Back and on, at the foot of every page of the interview; while the page before is being stored they rest, and it is
/// said. Keys: "question.back", "question.next".
void ways_on(const Pen& pen);

/// The page that asks for a further instance of `repeat`, or whether `s.removing` shall go. `progress` as in the
/// header.
void draw_more(const Pen& pen, const session::Question& s, engine::NodeId repeat, float progress);

}  // namespace app::kiosk::screens
