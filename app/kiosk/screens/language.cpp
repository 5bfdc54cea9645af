// Which language the person feels best in, each in its own name; and the kind end when it is neither.
#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_language(const Pen& pen, const session::PickingLanguage&) {
    begin(pen, "language", {.left = Left::nothing, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("pick.title", pen.context.texts.tr_in(locales::Language::Es, "pick.title"),
                       pen.context.texts.tr_in(locales::Language::En, "pick.title"));
        if (pen.ui.card("pick.es", ui::CardStyle::plain, ui::Icon::chat_bubble_outline, pen.tr("language.es"), {}))
            pen.send(session::PickLanguage{locales::Language::Es});
        if (pen.ui.card("pick.en", ui::CardStyle::plain, ui::Icon::chat_bubble_outline, pen.tr("language.en"), {}))
            pen.send(session::PickLanguage{locales::Language::En});
        if (pen.ui.card("pick.interpreter", ui::CardStyle::dashed, ui::Icon::record_voice_over,
                        pen.tr("pick.interpreter"), pen.tr("pick.interpreter_body")))
            pen.send(session::NeedInterpreter{});
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "pick.back")) pen.send(session::Back{});
}

void draw_interpreter(const Pen& pen, const session::Interpreter&) {
    begin(pen, "interpreter", {.left = Left::nothing});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("interpreter.title", pen.tr("interpreter.title"));
        const auto panel = pen.ui.panel();
        pen.ui.icon_text("interpreter.body", ui::Icon::favorite_border, pen.tr("interpreter.body"));
        pen.ui.icon_text("interpreter.which", ui::Icon::chat_bubble_outline, pen.tr("interpreter.which"));
        pen.ui.icon_text("interpreter.step", ui::Icon::record_voice_over, pen.tr("interpreter.step"));
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "interpreter.back")) pen.send(session::Back{});
    if (primary(pen, "interpreter.record", "interpreter.record", ui::Icon::check))
        pen.send(session::RecordInterpreter{});
}

}  // namespace app::kiosk::screens
