// New words for the device: which, shown once, typed again, and what became of it.
#include <algorithm>
#include <string>
#include <vector>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/unlock.hpp"

namespace app::kiosk::screens {
namespace {

/// "1, 2": the numbers people know.
locales::Text numbers(const Pen& pen) {
    std::vector<locales::Text> texts;
    if (pen.state.setup)
        for (const auto slot : pen.state.setup->keys)
            texts.push_back(pen.context.texts.number(static_cast<std::int64_t>(slot) + 1));
    std::vector<std::string_view> views;
    for (const auto& text : texts) views.push_back(text.view());
    return pen.context.texts.list(views);
}

/// Nobody is in while a device is made.
Cross cross_of(session::KeyUse use) noexcept {
    return use == session::KeyUse::First ? Cross::none : Cross::lock;
}

}  // namespace

void draw_device_keys(const Pen& pen, const session::DeviceKeys&) {
    begin(pen, "keys", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("keys.title", pen.tr("keys.title"));
        const auto list = numbers(pen);
        pen.ui.hint("keys.body", pen.tr("keys.body", {{"list", list}}));
        if (pen.ui.card("keys.change", ui::CardStyle::plain, ui::Icon::vpn_key, pen.tr("keys.change"),
                        pen.tr("keys.change_body")))
            pen.send(session::ChangeWords{});
        if (pen.ui.card("keys.add", ui::CardStyle::plain, ui::Icon::add, pen.tr("keys.add"), pen.tr("keys.add_body")))
            pen.send(session::AddWords{});
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "keys.back")) pen.send(session::Back{});
}

void draw_new_words(const Pen& pen, const session::NewWords& s) {
    const bool first = s.fresh.use == session::KeyUse::First;
    begin(pen, "keys.new", {.left = Left::nothing, .cross = cross_of(s.fresh.use)});
    {
        const auto middle = pen.ui.middle();
        pen.ui.title("keys.new", pen.tr(first ? "set_up.words" : "keys.new", {{"slot", s.fresh.slot + 1}}));
        pen.ui.hint("keys.new_body", pen.tr(first ? "set_up.words_body" : "keys.new_body"));
        const auto panel = pen.ui.panel(4);
        auto rest = crypto::as_text(s.fresh.words.view());
        for (std::size_t i = 0; !rest.empty(); ++i) {
            const auto word = rest.substr(0, rest.find('-'));
            one_word(pen, i, word);
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        }
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "keys.back")) pen.send(session::Back{});
    if (primary(pen, "keys.written", "keys.written")) pen.send(session::WroteWords{});
}

void draw_repeat_words(const Pen& pen, const session::RepeatWords& s) {
    draw_words_page(pen, s.typed, {"keys.repeat", "keys.repeat", "keys.save", ui::Icon::save, cross_of(s.fresh.use)});
}

void draw_saving_words(const Pen& pen, const session::SavingWords& s) {
    if (s.use == session::KeyUse::First) {
        begin(pen, "set_up.making", {}, {.centered = true});
        return say(pen, "set_up.making",
                   {ui::Icon::sync, ui::Tone::primary, pen.tr("set_up.making"), pen.tr("keys.saving_body")});
    }
    begin(pen, "keys.saving", {}, {.centered = true});
    say(pen, "keys.saving", {ui::Icon::sync, ui::Tone::primary, pen.tr("keys.saving"), pen.tr("keys.saving_body")});
}

void draw_keys_told(const Pen& pen, const session::KeysTold& s) {
    begin(pen, s.failed ? "keys.failed" : "keys.done", {.cross = Cross::lock}, {.centered = true});
    if (s.failed == session::DeviceError::KeysUnsure) {
        say(pen, "keys.unsure",
            {ui::Icon::error_outline, ui::Tone::amber, pen.tr("keys.unsure"), pen.tr("keys.unsure_body")});
    } else if (s.failed) {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("keys.failed.badge", ui::Icon::error_outline, ui::Tone::amber);
        pen.ui.heading("keys.failed", pen.tr("keys.failed"));
        pen.ui.hint("keys.failed_body", pen.tr("keys.failed_body"));
        pen.ui.body("keys.failed_why",
                    pen.tr(s.failed == session::DeviceError::NeedKey ? std::string_view("unlock.not_found")
                                                                     : session::catalogue_key(*s.failed)));
    } else if (s.use == session::KeyUse::Add) {
        say(pen, "keys.done",
            {ui::Icon::vpn_key, ui::Tone::good, pen.tr("keys.added", {{"slot", s.slot + 1}}),
             pen.tr("keys.added_body")});
    } else {
        say(pen, "keys.done",
            {ui::Icon::vpn_key, ui::Tone::good, pen.tr("keys.changed", {{"slot", s.slot + 1}}),
             pen.tr(s.by_key_file ? "keys.changed_key" : "keys.changed_words")});
    }
    const auto footer = pen.ui.footer();
    if (primary(pen, "keys.next", "button.continue")) pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
