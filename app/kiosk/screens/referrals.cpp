#include "app/kiosk/screens/referrals.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <string>

namespace app::kiosk::screens {
namespace {

/// The catalogue's word for a country or a kind of organisation; the last one when it has none.
template <std::size_t N>
std::string known(std::string_view prefix, std::string_view name, const std::array<std::string_view, N>& names) {
    std::string lower;
    for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
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

/// A service or note of the directory is written "español / English"; without the bar it is shown in both.
std::string_view in_language(std::string_view text, locales::Language language) {
    const auto bar = text.find(" / ");
    if (bar == std::string_view::npos) return text;
    return language == locales::Language::Es ? text.substr(0, bar) : text.substr(bar + 3);
}

/// Whether somebody called within the last twelve months; a day that is still to come is no call.
bool called_lately(const exchange::Referral& r, std::chrono::year_month_day today) {
    const auto day = exchange::parse_day(r.verified_on);
    if (!day || !today.ok()) return false;
    const auto age = std::chrono::sys_days(today) - *day;
    return age >= std::chrono::days(0) && age <= std::chrono::days(366);
}

/// "es en" as the languages call themselves; one that the catalogue does not know is shown by its code.
std::string languages_of(const Pen& pen, std::string_view codes) {
    std::string names;
    while (!codes.empty()) {
        const auto code = codes.substr(0, codes.find(' '));
        codes.remove_prefix(std::min(codes.size(), code.size() + 1));
        if (code.empty()) continue;
        const auto key = "language." + std::string(code);
        names += names.empty() ? "" : ", ";
        names += pen.context.texts.has(key) ? std::string(pen.tr(key).view()) : std::string(code);
    }
    return names;
}

/// Who answers stands before the number, and the languages under it; a number that nobody called lately says so.
void line(const Pen& pen, const exchange::Referral& r, const std::string& key) {
    const auto who = pen.tr(answers_key(r.who_answers));
    const auto group = pen.ui.column(6);
    pen.ui.strong(key + ".service", ui::Text::verbatim(in_language(r.service, pen.language())));
    pen.ui.icon_text(key + ".who", ui::Icon::record_voice_over, pen.tr("person.answers", {{"who", who}}));
    const auto call = r.channel == "phone" ? ui::Icon::phone : ui::Icon::chat_bubble_outline;
    pen.ui.icon_text(key + ".number", call, ui::Text::verbatim(r.number), {.strong = true});
    if (!r.hours.empty())
        pen.ui.small(key + ".hours", r.hours == "24/7" ? pen.tr("person.any_hour") : ui::Text::verbatim(r.hours));
    if (const auto note = in_language(r.note, pen.language()); !note.empty())
        pen.ui.small(key + ".note", ui::Text::verbatim(note));
    if (!r.languages.empty())
        pen.ui.small(key + ".languages", pen.tr("person.languages", {{"list", languages_of(pen, r.languages)}}));
    if (!called_lately(r, pen.state.now.local_day))
        pen.ui.icon_text(key + ".check", ui::Icon::error_outline, pen.tr("person.check_first"),
                         {.tone = ui::Tone::amber});
}

}  // namespace

void referrals(const Pen& pen) {
    if (!pen.state.setup) return;
    const auto& all = pen.state.setup->bundle->referrals;
    const auto places = pen.ui.column(8);
    std::size_t begin = 0;
    while (begin < all.size()) {
        std::size_t end = begin;
        bool any = false;
        for (; end < all.size() && all[end].country == all[begin].country; ++end) any = any || !all[end].number.empty();
        if (!any) {
            begin = end;
            continue;
        }
        const auto key = "help." + all[begin].country;
        if (const auto fold = pen.ui.fold(key, ui::Icon::place, pen.tr(place_key(all[begin].country)))) {
            const auto list = pen.ui.column(ui::dp::gap_wide);
            // A place that the programme has not filled yet helps nobody on this screen.
            for (std::size_t i = begin; i < end; ++i)
                if (!all[i].number.empty()) line(pen, all[i], key + "." + std::to_string(i - begin));
        }
        begin = end;
    }
}

}  // namespace app::kiosk::screens
