// What this is, who can read it and its limits, before the first question; true in its mode.
#include <algorithm>
#include <array>

#include "app/kiosk/screens/all.hpp"
#include "app/model/people.hpp"

namespace app::kiosk::screens {
namespace {

/// Each point has its sign; one that says what may be told to others stands out.
ui::Icon icon_of(std::string_view key) {
    static constexpr std::array<std::pair<std::string_view, ui::Icon>, 13> icons{
        {{"consent.purpose", ui::Icon::favorite_border},
         {"consent.border.purpose", ui::Icon::favorite_border},
         {"consent.not_a_report", ui::Icon::info_outline},
         {"consent.time", ui::Icon::assignment_turned_in},
         {"consent.assisted.hears", ui::Icon::hearing},
         {"consent.private.hears", ui::Icon::person_outline},
         {"consent.stored", ui::Icon::archive},
         {"consent.readers", ui::Icon::groups},
         {"consent.erase", ui::Icon::lock_outline},
         {"consent.stop", ui::Icon::exit_to_app},
         {"consent.exit", ui::Icon::schedule},
         {"consent.free", ui::Icon::favorite_border},
         {"consent.limits", ui::Icon::error_outline}}};
    for (const auto& [name, icon] : icons)
        if (name == key) return icon;
    return ui::Icon::error_outline;
}

void points(const Pen& pen, std::size_t page) {
    const auto* bundle = pen.state.setup ? pen.state.setup->bundle.get() : nullptr;
    const auto days = bundle != nullptr ? bundle->policy.retention_days : 0;
    const auto who = bundle != nullptr ? std::string_view(bundle->version.name) : std::string_view();
    const auto role = pen.state.worker ? pen.state.worker->role : model::Role::Shelter;
    const auto panel = pen.ui.panel(14);
    for (const auto key : session::consent_texts(pen.state.mode, role, page)) {
        const auto tone = key.ends_with(".limits") ? ui::Tone::amber : ui::Tone::primary;
        pen.ui.icon_text(key, icon_of(key), pen.tr(key, {{"count", days}, {"who", who}}), {.tone = tone});
    }
}

}  // namespace

void draw_consent(const Pen& pen, const session::AskingConsent& s) {
    const bool last = s.page + 1 == session::consent_pages;
    begin(pen, "consent", {.left = Left::nothing, .cross = Cross::leave});
    {
        static constexpr std::array<std::string_view, session::consent_pages> titles{
            "consent.title", "consent.title_kept", "consent.title_free"};
        const auto middle = pen.ui.middle();
        pen.ui.heading("consent.title", pen.tr(titles[std::min(s.page, titles.size() - 1)]));
        points(pen, s.page);
        if (s.page > 0 && pen.ui.button("consent.back", pen.tr("button.back"), {.enabled = !pen.state.waits()}))
            pen.send(session::Back{});
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("consent.no", pen.tr("consent.no"), {.grow = true, .enabled = !pen.state.waits()}))
        pen.send(session::SayConsent{false});
    const ui::ButtonOptions go{.style = ui::ButtonStyle::primary, .grow = true, .enabled = !pen.state.waits()};
    if (!last && pen.ui.button("consent.next", pen.tr("button.continue"), go)) pen.send(session::Next{});
    if (last && pen.ui.button("consent.yes", pen.tr("consent.yes"), go)) pen.send(session::SayConsent{true});
}

void draw_declined(const Pen& pen, const session::DeclinedKindly&) {
    begin(pen, "declined", {.left = Left::nothing}, {.centered = true});
    say(pen, "declined",
        {ui::Icon::favorite_border, ui::Tone::primary, pen.tr("declined.title"), pen.tr("declined.body")});
    const auto footer = pen.ui.footer();
    const bool lock = pen.state.mode == session::Mode::Private;
    if (lock ? primary(pen, "declined.next", "sealed.lock", ui::Icon::lock_outline)
             : primary(pen, "declined.next", "sealed.home", ui::Icon::home))
        pen.send(session::Next{});
}

}  // namespace app::kiosk::screens
