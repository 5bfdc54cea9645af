// The PIN of one worker: dots and a pad. The digits themselves are never looked at here.
#include <chrono>

#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

constexpr std::size_t dots = 6;

struct Refused {
    const Pen& pen;

    void operator()(const store::SignedIn&) const { pen.ui.hint("pin.body", pen.tr("pin.body")); }
    void operator()(const store::WrongPin&) const { pen.ui.hint("pin.wrong", pen.tr("pin.wrong"), ui::Tone::danger); }
    void operator()(const store::MustWait& wait) const {
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait.left).count();
        pen.ui.hint("pin.wrong", pen.tr("pin.wait", {{"count", minutes}}), ui::Tone::danger);
    }
    void operator()(const store::DeviceLocked&) const {
        pen.ui.hint("pin.wrong", pen.tr("pin.locked"), ui::Tone::danger);
    }
};

void message(const Pen& pen, const session::EnterPin& s) {
    if (s.checking)
        pen.ui.hint("pin.body", pen.tr("pin.checking"));
    else if (s.refused && s.count == 0)
        std::visit(Refused{pen}, *s.refused);
    else
        pen.ui.hint("pin.body", pen.tr("pin.body"));
}

void pad(const Pen& pen, const session::EnterPin& s) {
    const auto erase = pen.tr("keyboard.delete");
    const auto ok = pen.tr("keyboard.ok");
    const auto input = pen.ui.pin_pad("pin", {erase, ok}, s.count >= dots && !s.checking);
    switch (input.key) {
        case ui::PinKey::none:
            break;
        case ui::PinKey::digit:
            pen.send(session::PinDigit{input.digit});
            break;
        case ui::PinKey::backspace:
            pen.send(session::PinBackspace{});
            break;
        case ui::PinKey::ok:
            pen.send(session::PinSubmit{});
            break;
    }
}

}  // namespace

void draw_pin(const Pen& pen, const session::EnterPin& s) {
    begin(pen, "pin", {}, {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto halves = pen.ui.split();
        {
            const auto words = pen.ui.column(ui::dp::gap, ui::Align::center);
            pen.ui.heading("pin.title", pen.tr("pin.title", {{"number", s.number.value}}));
            message(pen, s);
            pen.ui.pin_dots("pin.dots", s.count, dots);
        }
        const auto keys = pen.ui.column(ui::dp::gap, ui::Align::center);
        pad(pen, s);
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("pin.change", pen.tr("pin.change"),
                      {.style = ui::ButtonStyle::text, .before = ui::Icon::arrow_back}))
        pen.send(session::Back{});
}

}  // namespace app::kiosk::screens
