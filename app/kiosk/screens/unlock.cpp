// Opening the device with words: whose slot, then eight words of the list.
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/unlock.hpp"
#include "crypto/slots.hpp"

namespace app::kiosk::screens {
namespace {

constexpr std::size_t most_offered = 6;  ///< more do not help anybody choose; one more letter does

void numbers(const Pen& pen, bool enabled) {
    constexpr std::size_t in_line = 4;
    for (std::size_t first = 0; first < crypto::slot_count; first += in_line) {
        const auto line = pen.ui.row();
        for (std::size_t slot = first; slot < first + in_line; ++slot) {
            const auto number = pen.context.texts.number(static_cast<std::int64_t>(slot) + 1);
            if (pen.ui.button("slot." + std::string(number.view()), number, {.grow = true, .enabled = enabled}))
                pen.send(session::ChooseSlot{slot});
        }
    }
}

/// What was typed leaves in locked memory; when there is none left, the keystroke is not taken.
void write(const Pen& pen, std::string_view text) {
    auto copy = crypto::SecretBytes::copy_of(pen.state.ready, crypto::as_bytes(text));
    if (copy) pen.send(session::TypeLetters{std::move(*copy)});
}

void next_word(const Pen& pen, const session::DeviceWords& words) {
    const auto field = pen.ui.text_field("words.field", pen.tr("words.next"), words.letters(),
                                         {.autofocus = true, .revision = words.revision(), .capacity = 64});
    if (field.changed) write(pen, field.value);
    const auto fitting = words.fitting();
    if (field.submitted && fitting.size() == 1) pen.send(session::TakeWord{0});
    if (fitting.empty() && !words.letters().empty())
        pen.ui.hint("words.none", pen.tr("words.none"), ui::Tone::danger);
    else if (fitting.empty() || fitting.size() > most_offered)
        pen.ui.hint("words.how", pen.tr("words.how"));
    else {
        const auto line = pen.ui.wrap();
        for (std::size_t i = 0; i < fitting.size(); ++i)
            if (pen.ui.chip("word." + std::string(fitting[i]), ui::Text::verbatim(fitting[i])))
                pen.send(session::TakeWord{i});
    }
}

void taken(const Pen& pen, const session::EnterWords& s) {
    if (!s.shown) return pen.ui.pin_dots("words.dots", s.words.count(), crypto::passphrase_words);
    const auto panel = pen.ui.panel(4);
    for (std::size_t i = 0; i < s.words.count(); ++i) one_word(pen, i, s.words.word(i));
}

void helps(const Pen& pen, const session::EnterWords& s) {
    if (s.words.count() == 0 && s.words.letters().empty()) return;
    const auto line = pen.ui.wrap();
    if (pen.ui.chip("words.drop", pen.tr("words.drop"))) pen.send(session::DropWord{});
    if (s.words.count() > 0 && pen.ui.chip("words.show", pen.tr("words.show"), s.shown)) pen.send(session::ShowWords{});
}

}  // namespace

void one_word(const Pen& pen, std::size_t i, std::string_view word) {
    const auto number = pen.context.texts.number(static_cast<std::int64_t>(i) + 1);
    const auto key = "words.taken." + std::to_string(i + 1);
    const auto line = pen.ui.row();
    pen.ui.small(key + ".number", number);
    pen.ui.strong(key, ui::Text::verbatim(word));
}

void draw_choosing_slot(const Pen& pen, const session::ChoosingSlot& s) {
    begin(pen, s.proof ? "keys.proof" : "slot", {.cross = s.proof ? Cross::lock : Cross::none});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("slot.title", pen.tr(s.proof ? "keys.proof" : "unlock.device"));
        if (!s.proof) programme(pen);
        pen.ui.hint("slot.body", pen.tr(s.proof ? "keys.proof_body" : "unlock.slot"));
        numbers(pen, !pen.state.waits());
        pen.ui.divider();
        pen.ui.icon_text("slot.key", ui::Icon::usb, pen.tr("unlock.or_key"));
        if (pen.state.waits())
            pen.ui.hint("slot.looking", pen.tr("unlock.looking"));
        else if (s.refused == session::DeviceError::NeedKey)
            pen.ui.hint("slot.not_found", pen.tr("unlock.not_found"), ui::Tone::danger);
        else if (s.refused)
            pen.ui.hint("slot.refused", pen.tr(session::catalogue_key(*s.refused)), ui::Tone::danger);
    }
    const auto footer = pen.ui.footer();
    if (s.proof && !pen.state.waits() && back(pen, "slot.back")) pen.send(session::Back{});
    pen.ui.push();
    if (pen.ui.button("slot.look", pen.tr("unlock.look"), {.before = ui::Icon::usb, .enabled = !pen.state.waits()}))
        pen.send(session::Retry{});
}

void draw_words_page(const Pen& pen, const session::EnterWords& s, const WordsPage& page) {
    begin(pen, page.screen, {.cross = page.cross});
    {
        const auto middle = pen.ui.middle();
        if (s.words.complete())
            pen.ui.title("words.title", pen.tr("words.complete", {{"slot", s.slot + 1}}));
        else
            pen.ui.title("words.title", pen.tr(page.title, {{"slot", s.slot + 1},
                                                            {"number", s.words.count() + 1},
                                                            {"total", crypto::passphrase_words}}));
        if (s.refused)
            pen.ui.icon_text("words.refused", ui::Icon::error_outline, pen.tr(session::catalogue_key(*s.refused)),
                             {.tone = ui::Tone::danger, .strong = true});
        if (!s.words.complete()) next_word(pen, s.words);
        taken(pen, s);
        helps(pen, s);
    }
    {
        const auto footer = pen.ui.footer();
        if (back(pen, "words.back")) pen.send(session::Back{});
        pen.ui.push();
        if (pen.ui.button("words.open", pen.tr(page.submit),
                          {.style = ui::ButtonStyle::primary, .after = page.icon, .enabled = s.words.complete()}))
            pen.send(session::SubmitWords{});
    }
    const auto space = pen.tr("keyboard.space");
    const auto done = pen.tr("keyboard.done");
    pen.ui.keyboard("keyboard", {space, done});
}

void draw_words(const Pen& pen, const session::EnterWords& s) {
    const auto cross = s.proof ? Cross::lock : Cross::none;
    if (!pen.state.waits())
        return draw_words_page(pen, s,
                               {"words", "words.title", s.proof ? "button.continue" : "words.open",
                                s.proof ? ui::Icon::arrow_forward : ui::Icon::lock_open, cross});
    begin(pen, "words.checking", {.cross = cross}, {.centered = true});
    say(pen, "words.checking",
        {ui::Icon::lock_open, ui::Tone::primary, pen.tr("words.checking"), pen.tr("words.checking_body")});
}

}  // namespace app::kiosk::screens
