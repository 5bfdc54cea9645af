// Typing eight words, for opening the device and for repeating new ones.
#pragma once

#include <string_view>

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// What differs between the screens on which words are typed.
struct WordsPage {
    std::string_view screen;
    std::string_view title;   ///< takes slot, number and total
    std::string_view submit;  ///< on the primary button
    ui::Icon icon = ui::Icon::none;
    Cross cross = Cross::none;
};

void draw_words_page(const Pen& pen, const session::EnterWords& s, const WordsPage& page);

/// One line of a list of words: its place, counted from 0, and the word.
void one_word(const Pen& pen, std::size_t i, std::string_view word);

}  // namespace app::kiosk::screens
