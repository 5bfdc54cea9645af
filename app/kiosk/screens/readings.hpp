// How readings and levels are said and coloured; shared by the result and by raising a level.
#pragma once

#include <string>

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// "result.reading.danger" ….
[[nodiscard]] std::string reading_key(engine::ReadingKind reading);
/// "result.level.strong" …; what was only looked at was seen or not, never reported.
[[nodiscard]] std::string level_key(engine::Level level, bool observing);
/// Never the only sign: the level is always written beside it.
[[nodiscard]] ui::Tone level_tone(engine::ReadingKind reading, engine::Level level) noexcept;

}  // namespace app::kiosk::screens
