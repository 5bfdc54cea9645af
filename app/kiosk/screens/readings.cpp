#include "app/kiosk/screens/readings.hpp"

namespace app::kiosk::screens {

using engine::Level;
using engine::ReadingKind;

std::string reading_key(ReadingKind reading) {
    return "result.reading." + std::string(engine::to_word(reading));
}

std::string level_key(Level level, bool observing) {
    switch (level) {
        case Level::NoneReported:
            return observing ? "result.level.none_seen" : "result.level.none";
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

}  // namespace app::kiosk::screens
