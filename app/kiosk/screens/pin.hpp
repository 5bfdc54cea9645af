// Digits on a pad, for signing in and for choosing a PIN or a number; the digits of a PIN are never looked at here.
#pragma once

#include <string_view>

#include "app/kiosk/screens/frame.hpp"
#include "app/model/people.hpp"

namespace app::kiosk::screens {

/// What stands above the pad.
struct PadWords {
    locales::Text title;
    std::string_view key;  ///< of the line below it: "pin.body", "pin.wrong"
    locales::Text line;
    ui::Tone tone = ui::Tone::soft;
    bool sign_in = false;  ///< says whose device this is
};

/// Title, line, dots and pad as the middle of a screen; says PinDigit, PinBackspace, PinSubmit. `shown` stands in the
/// place of the dots: a number that is no secret.
void draw_pad(const Pen& pen, const PadWords& words, std::size_t count, bool ok, ui::Text shown = {});

/// Why a PIN was not taken, below "pin.wrong"; else the line as it is.
[[nodiscard]] PadWords refused_words(const Pen& pen, const model::SignIn& refused, PadWords words);

}  // namespace app::kiosk::screens
