#include "app/kiosk/screens/frame.hpp"

#include <array>
#include <string>

namespace app::kiosk::screens {
namespace {

/// From the first sign-in screen on, in the same corner everywhere: away from the buttons that ask something first.
void quick_exit(const Pen& pen) {
    if (pen.state.setup && pen.ui.urgent_button("header.exit", ui::Icon::schedule, pen.tr("header.exit")))
        pen.send(session::QuickExit{});
}

constexpr float room_for_name = 21;  // ems: below them the header would break into two lines
constexpr float room_for_tag = 26;

void left_side(const Pen& pen, Left left) {
    switch (left) {
        case Left::name:
            if (!pen.state.setup || pen.ui.width_in_ems() >= room_for_name)
                pen.ui.title("header.name", pen.tr("app.name"));
            break;
        case Left::only_you:
            if (pen.ui.width_in_ems() >= room_for_tag)
                pen.ui.tag("header.only_you", ui::Tone::soft, pen.tr("header.only_you"));
            break;
        case Left::nothing:
            break;
    }
}

void right_side(const Pen& pen, Cross cross) {
    if (pen.ui.icon_button("header.size", ui::Icon::format_size, pen.tr("header.text_size")))
        pen.send(session::NextTextSize{});
    const auto es = pen.tr("language.es_short");
    const auto en = pen.tr("language.en_short");
    const std::array<ui::Segment, 2> languages{{{"es", es}, {"en", en}}};
    if (const auto chosen = pen.ui.segments("header.language", languages, locales::code(pen.language())))
        pen.send(session::ChooseLanguage{*chosen == 0 ? locales::Language::Es : locales::Language::En});
    switch (cross) {
        case Cross::none:
            break;
        case Cross::lock:
            if (pen.ui.icon_button("header.lock", ui::Icon::lock_outline, pen.tr("header.lock")))
                pen.send(session::Leave{});
            break;
        case Cross::leave:
            if (pen.ui.icon_button("header.leave", ui::Icon::close, pen.tr("header.leave"))) pen.send(session::Leave{});
            break;
    }
}

}  // namespace

void begin(const Pen& pen, std::string_view screen, const HeaderOptions& header, const ui::ScreenOptions& options) {
    pen.ui.screen(screen, options);
    if (pen.state.demo()) pen.ui.banner("demo", pen.tr("header.demo"));
    if (header.left == Left::only_you && pen.ui.width_in_ems() < room_for_tag)
        pen.ui.banner("header.only_you", pen.tr("header.only_you"), ui::Tone::primary);
    if (pen.state.doing() == session::Purpose::Training) pen.ui.banner("practice", pen.tr("header.practice"));
    {
        const auto bar = pen.ui.header();
        quick_exit(pen);
        left_side(pen, header.left);
        pen.ui.push();
        right_side(pen, header.cross);
    }
    if (header.progress >= 0) pen.ui.progress("header.progress", header.progress);
}

bool primary(const Pen& pen, std::string_view key, std::string_view text, ui::Icon after) {
    pen.ui.push();
    return pen.ui.button(key, pen.tr(text), {.style = ui::ButtonStyle::primary, .after = after});
}

bool back(const Pen& pen, std::string_view key, std::string_view text) {
    return pen.ui.button(key, pen.tr(text), {.before = ui::Icon::arrow_back});
}

void programme(const Pen& pen) {
    const auto& setup = pen.state.setup;
    std::string_view words;
    if (setup)
        words = setup->fingerprint;
    else if (pen.state.programme)
        words = *pen.state.programme;
    const auto lines = pen.ui.column(2);
    if (setup) pen.ui.small("programme.name", ui::Text::verbatim(setup->bundle->version.name));
    if (!words.empty()) pen.ui.small("programme.words", ui::Text::verbatim(words));
    if (!pen.state.programme) pen.ui.small("programme.unverified", pen.tr("programme.unverified"), ui::Tone::amber);
}

void say(const Pen& pen, std::string_view key, const Saying& saying) {
    const auto middle = pen.ui.middle();
    const auto narrow = pen.ui.narrow(440);
    const std::string name(key);
    pen.ui.badge(name + ".badge", saying.icon, saying.tone);
    pen.ui.heading(name + ".title", saying.title);
    pen.ui.hint(name + ".body", saying.body);
}

}  // namespace app::kiosk::screens
