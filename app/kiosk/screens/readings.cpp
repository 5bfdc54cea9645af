#include "app/kiosk/screens/readings.hpp"

#include <algorithm>

namespace app::kiosk::screens {

using engine::Level;
using engine::ReadingKind;

std::string reading_key(ReadingKind reading) {
    return "result.reading." + std::string(engine::name_of(reading));
}

std::string level_key(Level level) {
    switch (level) {
        case Level::NoneReported:
            return "result.level.none";
        case Level::Some:
            return "result.level.some";
        case Level::Strong:
            return "result.level.strong";
    }
    return {};
}

ui::Tone level_tone(ReadingKind reading, Level level) noexcept {
    switch (level) {
        case Level::NoneReported:
            return ui::Tone::soft;
        case Level::Some:
            return ui::Tone::primary;
        case Level::Strong:
            return reading == ReadingKind::Danger ? ui::Tone::danger : ui::Tone::amber;
    }
    return ui::Tone::soft;
}

Level standing(const session::Screening& screening, const engine::Reading& reading) noexcept {
    if (screening.raised && screening.raised->reading == reading.reading)
        return std::max(screening.raised->level, reading.level);
    return reading.level;
}

}  // namespace app::kiosk::screens
