// Asking the programme: the request on a stick, its words on both sides, and the stick that comes back.
#include <algorithm>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/places.hpp"

namespace app::kiosk::screens {
namespace {

HeaderOptions header(bool again) {
    return {.cross = again ? Cross::lock : Cross::none};
}

/// One word a line, as they are read out; two columns where there is room.
void eight_words(const Pen& pen, std::string_view words) {
    const auto panel = pen.ui.panel(6);
    for (std::size_t i = 0; !words.empty(); ++i) {
        const auto word = words.substr(0, words.find('-'));
        const auto key = "compare.word." + std::to_string(i + 1);
        const auto line = pen.ui.row();
        pen.ui.small(key + ".number", pen.context.texts.number(static_cast<std::int64_t>(i) + 1));
        pen.ui.title(key, ui::Text::verbatim(word));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
    }
}

/// What is missing on the stick, before anybody knows what the setup is for.
std::string_view why_not_enrolled(session::DeviceError error) noexcept {
    return error == session::DeviceError::NoBundle ? std::string_view("back.no_bundle") : session::catalogue_key(error);
}

}  // namespace

void draw_asking(const Pen& pen, const session::Asking& s) {
    begin(pen, "asking", header(s.again));
    const bool writing = pen.state.waits(session::Pending::WriteRequest);
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("asking.title", pen.tr(s.again ? "asking.again" : "asking.title"));
        pen.ui.hint("asking.body", pen.tr("asking.body"));
        if (writing)
            pen.ui.icon_text("asking.writing", ui::Icon::sync, pen.tr("asking.writing"), {.strong = true});
        else if (s.failed)
            pen.ui.icon_text("asking.failed", ui::Icon::error_outline, pen.tr(send_error_key(*s.failed)),
                             {.tone = ui::Tone::danger, .strong = true});
        if (s.places.empty() && !pen.state.waits())
            pen.ui.icon_text("asking.no_place", ui::Icon::usb, pen.tr("send.no_place"));
        for (std::size_t i = 0; i < s.places.size(); ++i)
            if (place_row(pen, "asking.to." + std::to_string(i), s.places[i])) pen.send(session::AskAt{i});
        if (s.asked && !writing) {
            pen.ui.divider();
            if (pen.ui.list_row(
                    "asking.before", pen.tr("asking.before"),
                    {.icon = ui::Icon::history, .tone = ui::Tone::primary, .second = pen.tr("asking.before_body")}))
                pen.send(session::CompareAgain{});
        }
    }
    const auto footer = pen.ui.footer();
    if (s.again && !writing && back(pen, "asking.back")) pen.send(session::Back{});
    pen.ui.push();
    if (pen.ui.button("asking.look", pen.tr("send.look"), {.before = ui::Icon::refresh, .enabled = !pen.state.waits()}))
        pen.send(session::LookForPlaces{});
}

void draw_comparing(const Pen& pen, const session::Comparing& s) {
    begin(pen, "compare", header(s.again));
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("compare.title", pen.tr("compare.title"));
        pen.ui.hint("compare.body", pen.tr("compare.body"));
        eight_words(pen, s.asked.words);
        pen.ui.small("compare.file", pen.tr("compare.file", {{"file", s.asked.file}}));
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("compare.differ", pen.tr("compare.differ"), {.before = ui::Icon::close}))
        pen.send(session::SayWords{false});
    if (primary(pen, "compare.same", "compare.same", ui::Icon::check)) pen.send(session::SayWords{true});
}

void draw_words_differ(const Pen& pen, const session::WordsDiffer& s) {
    begin(pen, "differ", header(s.again), {.centered = true});
    say(pen, "differ", {ui::Icon::error_outline, ui::Tone::amber, pen.tr("differ.title"), pen.tr("differ.body")});
    const auto footer = pen.ui.footer();
    if (primary(pen, "differ.anew", "differ.anew", ui::Icon::refresh)) pen.send(session::Next{});
}

void draw_bringing_back(const Pen& pen, const session::BringingBack& s) {
    begin(pen, "back", header(s.again), {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("back.badge", ui::Icon::usb, ui::Tone::primary);
        pen.ui.heading("back.title", pen.tr("back.title"));
        // Before the rest: what a touch brought must not lie below what is seen.
        if (pen.state.waits())
            pen.ui.icon_text("back.looking", ui::Icon::sync, pen.tr("back.looking"), {.strong = true});
        else if (s.failed)
            pen.ui.icon_text("back.failed", ui::Icon::error_outline, pen.tr(why_not_enrolled(*s.failed)),
                             {.tone = ui::Tone::danger, .strong = true});
        pen.ui.hint("back.body", pen.tr(s.again ? "back.again" : "back.body"));
    }
    const auto footer = pen.ui.footer();
    if (!pen.state.waits() && back(pen, "back.back")) pen.send(session::Back{});
    pen.ui.push();
    if (s.again) {
        if (primary(pen, "back.done", "button.continue")) pen.send(session::Next{});
    } else if (pen.ui.button(
                   "back.look", pen.tr("back.look"),
                   {.style = ui::ButtonStyle::primary, .after = ui::Icon::search, .enabled = !pen.state.waits()})) {
        pen.send(session::Retry{});
    }
}

}  // namespace app::kiosk::screens
