// Who is here: numbers, no names.
#include <string>

#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {

void draw_who(const Pen& pen, const session::Who&) {
    begin(pen, "who");
    const auto middle = pen.ui.middle();
    pen.ui.heading("who.title", pen.tr("who.title"));
    pen.ui.hint("who.body", pen.tr("who.body"));
    if (!pen.state.setup) return;
    programme(pen);
    const auto grid = pen.ui.choices();
    for (const auto& worker : pen.state.setup->workers) {
        const auto number = worker.number.value;
        if (pen.ui.card("who." + std::to_string(number), ui::CardStyle::plain, ui::Icon::person_outline,
                        pen.tr("who.person", {{"number", number}}), {}))
            pen.send(session::ChooseWorker{worker.number});
    }
}

}  // namespace app::kiosk::screens
