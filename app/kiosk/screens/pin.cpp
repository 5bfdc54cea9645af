// The PIN of one worker: dots and a pad.
#include "app/kiosk/screens/pin.hpp"

#include <chrono>

#include "app/kiosk/screens/all.hpp"
#include "crypto/pin.hpp"

namespace app::kiosk::screens {
namespace {

constexpr std::size_t dots = crypto::pin_min_digits;

struct Refused {
    const Pen& pen;
    PadWords& words;

    void operator()(const model::SignedIn&) const {}
    void operator()(const model::WrongPin&) const { say_so(pen.tr("pin.wrong")); }
    void operator()(const model::MustWait& wait) const {
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait.left).count();
        say_so(pen.tr("pin.wait", {{"count", minutes}}));
    }
    void operator()(const model::DeviceLocked&) const { say_so(pen.tr("pin.locked")); }

  private:
    void say_so(locales::Text line) const {
        words.key = "pin.wrong";
        words.line = std::move(line);
        words.tone = ui::Tone::danger;
    }
};

void pad(const Pen& pen, bool ok_enabled) {
    const auto erase = pen.tr("keyboard.delete");
    const auto ok = pen.tr("keyboard.ok");
    const auto input = pen.ui.pin_pad("pin", {erase, ok}, ok_enabled);
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

PadWords refused_words(const Pen& pen, const model::SignIn& refused, PadWords words) {
    std::visit(Refused{pen, words}, refused);
    return words;
}

void draw_pad(const Pen& pen, const PadWords& words, std::size_t count, bool ok, ui::Text shown) {
    const auto middle = pen.ui.middle();
    const auto halves = pen.ui.split();
    {
        const auto column = pen.ui.column(ui::dp::gap, ui::Align::center);
        pen.ui.heading("pin.title", words.title);
        pen.ui.hint(words.key, words.line, words.tone);
        if (shown.view().empty())
            pen.ui.pin_dots("pin.dots", count, dots);
        else
            pen.ui.code("pin.shown", shown);
    }
    const auto keys = pen.ui.column(ui::dp::gap, ui::Align::center);
    pad(pen, ok);
    if (words.sign_in) programme(pen);  // below: the pad is what people come for
}

void draw_pin(const Pen& pen, const session::EnterPin& s) {
    begin(pen, "pin", {}, {.centered = true});
    PadWords words{pen.tr("pin.title", {{"number", s.number.value}}), "pin.body",
                   pen.tr(pen.state.waits() ? "pin.checking" : "pin.body"), ui::Tone::soft, true};
    if (!pen.state.waits() && s.refused && s.count == 0) words = refused_words(pen, *s.refused, std::move(words));
    draw_pad(pen, words, s.count, s.count >= dots && !pen.state.waits());
    const auto footer = pen.ui.footer();
    if (pen.ui.button("pin.change", pen.tr("pin.change"),
                      {.style = ui::ButtonStyle::text, .before = ui::Icon::arrow_back}))
        pen.send(session::Back{});
}

}  // namespace app::kiosk::screens
