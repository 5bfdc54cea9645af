// What everyone is shown at the end, whatever they answered: what happens next, a code to keep, whom to call.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

/// The catalogue's word for a country or a kind of organisation; the last one when it has none.
template <std::size_t N>
std::string known(std::string_view prefix, std::string_view name, const std::array<std::string_view, N>& names) {
    std::string lower;
    for (const char c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool found = std::find(names.begin(), names.end(), lower) != names.end();
    return std::string(prefix) + (found ? lower : "other");
}

std::string place_key(std::string_view country) {
    static constexpr std::array<std::string_view, 5> places{"mx", "gt", "hn", "sv", "us"};
    return known("place.", country, places);
}

std::string answers_key(std::string_view who) {
    static constexpr std::array<std::string_view, 5> kinds{"ngo", "government", "ombudsman", "police", "prosecutor"};
    return known("answers.", who, kinds);
}

/// A note of the directory is written "español / English"; without the bar it is shown in both.
std::string_view in_language(std::string_view note, locales::Language language) {
    const auto bar = note.find(" / ");
    if (bar == std::string_view::npos) return note;
    return language == locales::Language::Es ? note.substr(0, bar) : note.substr(bar + 3);
}

/// Who answers stands before the number; an unconfirmed number says so.
void line(const Pen& pen, const exchange::Referral& r, const std::string& key) {
    const auto who = pen.tr(answers_key(r.who_answers));
    const auto group = pen.ui.column(6);
    pen.ui.strong(key + ".service", ui::Text::verbatim(r.service));
    pen.ui.icon_text(key + ".who", ui::Icon::record_voice_over, pen.tr("person.answers", {{"who", who}}));
    const auto call = r.channel == "phone" ? ui::Icon::phone : ui::Icon::chat_bubble_outline;
    const auto number = r.hours.empty() ? r.number : r.number + " · " + r.hours;
    pen.ui.icon_text(key + ".number", call, ui::Text::verbatim(number), {.strong = true});
    if (const auto note = in_language(r.note, pen.language()); !note.empty())
        pen.ui.small(key + ".note", ui::Text::verbatim(note));
    if (r.verified_on.empty())
        pen.ui.icon_text(key + ".check", ui::Icon::error_outline, pen.tr("person.check_first"),
                         {.tone = ui::Tone::amber});
}

/// One fold per country, in the order of the directory.
void lines(const Pen& pen, const std::vector<exchange::Referral>& all) {
    std::size_t begin = 0;
    while (begin < all.size()) {
        std::size_t end = begin;
        while (end < all.size() && all[end].country == all[begin].country) ++end;
        const auto key = "help." + all[begin].country;
        if (const auto fold = pen.ui.fold(key, ui::Icon::place, pen.tr(place_key(all[begin].country)))) {
            const auto list = pen.ui.column(ui::dp::gap_wide);
            for (std::size_t i = begin; i < end; ++i) line(pen, all[i], key + "." + std::to_string(i - begin));
        }
        begin = end;
    }
}

}  // namespace

void draw_person(const Pen& pen, const session::ForPerson&) {
    begin(pen, "person", {.left = Left::nothing, .cross = Cross::leave});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("person.title", pen.tr("person.title"));
        pen.ui.hint("person.next", pen.tr("person.next"));
        {
            const auto panel = pen.ui.panel(4);
            pen.ui.small("person.code_label", pen.tr("person.code"));
            if (pen.state.screening)
                pen.ui.code("person.code", ui::Text::verbatim(pen.state.screening->origin().case_code));
            pen.ui.small("person.code_body", pen.tr("person.code_body"));
        }
        if (pen.state.setup) {
            pen.ui.title("person.help", pen.tr("person.help"));
            const auto list = pen.ui.column(8);
            lines(pen, pen.state.setup->bundle->referrals);
        }
    }
    const auto footer = pen.ui.footer();
    const bool alone = pen.state.screening && pen.state.screening->mode == session::Mode::Private;
    if (primary(pen, "person.done", alone ? "person.hand_back" : "button.continue")) pen.send(session::PersonDone{});
}

void draw_notify(const Pen& pen, const session::AskingNotify&) {
    begin(pen, "notify", {.left = Left::nothing}, {.centered = true});
    say(pen, "notify", {ui::Icon::record_voice_over, ui::Tone::primary, pen.tr("notify.title"), pen.tr("notify.body")});
    const auto footer = pen.ui.footer();
    if (pen.ui.button("notify.no", pen.tr("notify.no"), {.grow = true})) pen.send(session::SayNotify{false});
    if (pen.ui.button("notify.yes", pen.tr("notify.yes"), {.style = ui::ButtonStyle::primary, .grow = true}))
        pen.send(session::SayNotify{true});
}

}  // namespace app::kiosk::screens
