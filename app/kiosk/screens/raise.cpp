// A worker raises a level, with a reason: choosing the reason is what raises it. It can only go up.
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/readings.hpp"
#include "app/record/words.hpp"
#include "app/session/visit/visit.hpp"

namespace app::kiosk::screens {
namespace {

using engine::Level;

void reasons(const Pen& pen, engine::ReadingKind reading, Level level, const std::string& key) {
    constexpr std::array all{session::RaiseReason::Observed, session::RaiseReason::Told,
                             session::RaiseReason::OtherSource, session::RaiseReason::Fear};
    const auto list = pen.ui.column(8);
    pen.ui.small(key + ".why", pen.tr("raise.reason"));
    for (const auto reason : all) {
        const std::string name(record::to_word(reason));
        if (pen.ui.list_row(key + "." + name, pen.tr("raise.reason." + name),
                            {.icon = ui::Icon::arrow_upward, .tone = ui::Tone::primary}))
            pen.send(session::ChooseRaise{{reading, level, reason}});
    }
}

}  // namespace

void draw_raise(const Pen& pen, const session::Raising&) {
    begin(pen, "raise", {.left = Left::only_you});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("raise.title", pen.tr("raise.title"));
        pen.ui.hint("raise.note", pen.tr("raise.note"));
        const auto list = pen.ui.column(8);
        for (const auto& reading : pen.state.screening->interview().readings())
            for (const auto level : {Level::Some, Level::Strong}) {
                if (level <= session::said_level(*pen.state.screening, reading.reading)) continue;
                const auto key = "raise." + std::string(engine::to_word(reading.reading)) + "." +
                                 std::string(engine::to_word(level));
                const auto name = pen.tr(reading_key(reading.reading));
                const auto to = pen.tr(level_key(level, pen.observing()));
                if (const auto fold = pen.ui.fold(key, ui::Icon::arrow_upward,
                                                  pen.tr("raise.to", {{"reading", name}, {"level", to}})))
                    reasons(pen, reading.reading, level, key);
            }
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "raise.back")) pen.send(session::Back{});
}

}  // namespace app::kiosk::screens
