// Text size, colours, who may come in, and what this program and its set-up are.
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

void sizes(const Pen& pen) {
    std::array<locales::Text, session::text_sizes.size()> words;
    std::array<std::string, session::text_sizes.size()> ids;
    std::array<ui::Segment, session::text_sizes.size()> parts;
    std::size_t now = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        words[i] = pen.context.texts.percent(session::text_sizes[i]);
        ids[i] = std::to_string(session::text_sizes[i]);
        parts[i] = {ids[i], words[i]};
        if (session::text_sizes[i] == pen.state.text_percent) now = i;
    }
    if (const auto wanted = pen.ui.segments("settings.size", parts, ids[now]))
        for (std::size_t i = now; i % parts.size() != *wanted; ++i) pen.send(session::NextTextSize{});
}

void colours(const Pen& pen) {
    const auto light = pen.tr("settings.light");
    const auto dark = pen.tr("settings.dark");
    const auto high = pen.tr("settings.high");
    const std::array<ui::Segment, 3> parts{{{"light", light}, {"dark", dark}, {"high", high}}};
    constexpr std::array themes{session::Theme::Light, session::Theme::Dark, session::Theme::HighContrast};
    const auto now = static_cast<std::size_t>(pen.state.theme);
    if (const auto wanted = pen.ui.segments("settings.theme", parts, parts[now].id))
        pen.send(session::ChooseTheme{themes[*wanted]});
}

void access(const Pen& pen) {
    if (pen.ui.list_row("settings.own_pin", pen.tr("settings.own_pin"),
                        {.icon = ui::Icon::lock_outline, .tone = ui::Tone::primary}))
        pen.send(session::OpenOwnPin{});
    const auto news = pen.tr("send.receive_body");
    if (pen.ui.list_row("settings.receive", pen.tr("send.receive"),
                        {.icon = ui::Icon::sync, .tone = ui::Tone::primary, .second = news}))
        pen.send(session::OpenReceive{});
    const auto for_whom = pen.tr("settings.for_lead");
    if (pen.ui.list_row("settings.people", pen.tr("settings.people"),
                        {.icon = ui::Icon::people, .tone = ui::Tone::primary, .second = for_whom}))
        pen.send(session::OpenPeople{});
    if (pen.ui.list_row("settings.keys", pen.tr("settings.keys"),
                        {.icon = ui::Icon::vpn_key, .tone = ui::Tone::primary, .second = for_whom}))
        pen.send(session::OpenDeviceKeys{});
    if (pen.ui.list_row("settings.enrol", pen.tr("settings.enrol"),
                        {.icon = ui::Icon::verified_user, .tone = ui::Tone::primary, .second = for_whom}))
        pen.send(session::OpenEnrolling{});
    if (pen.ui.list_row("settings.audit", pen.tr("audit.title"),
                        {.icon = ui::Icon::list, .tone = ui::Tone::primary, .second = for_whom}))
        pen.send(session::OpenAudit{});
}

void fact(const Pen& pen, const std::string& key, ui::Text value) {
    const auto lines = pen.ui.column(2);
    pen.ui.small(key, pen.tr(key));
    pen.ui.body(key + ".value", value);
}

locales::Text resuming(const Pen& pen, const session::Setup& setup) {
    switch (setup.resuming) {
        case session::Resuming::On:
            return pen.tr("settings.resuming_on", {{"count", setup.bundle->policy.resume_minutes}});
        case session::Resuming::OffByPolicy:
            return pen.tr("settings.resuming_policy");
        case session::Resuming::OffBySystem:
            return pen.tr("settings.resuming_system");
    }
    return pen.tr("settings.resuming_system");
}

void about(const Pen& pen) {
    const auto panel = pen.ui.panel(14);
    fact(pen, "settings.version", ui::Text::verbatim(pen.context.version));
    if (!pen.state.confined) fact(pen, "settings.unconfined", pen.tr("version.unconfined"));
    if (!pen.state.setup) return;
    const auto& setup = *pen.state.setup;
    const auto& version = setup.bundle->version;
    const auto until = pen.context.texts.full_date(std::chrono::year_month_day(version.expires));
    fact(pen, "settings.deployment", ui::Text::verbatim(version.name));
    fact(pen, "settings.bundle", pen.tr("settings.bundle_value", {{"number", version.sequence}, {"date", until}}));
    if (setup.certificate_end) fact(pen, "settings.certificate", pen.context.texts.full_date(*setup.certificate_end));
    fact(pen, "settings.resuming", resuming(pen, setup));
    std::string damaged;
    for (const auto& file : setup.damaged_files) damaged += (damaged.empty() ? "" : "\n") + file;
    if (!damaged.empty()) fact(pen, "settings.damaged", ui::Text::verbatim(damaged));
    fact(pen, "settings.device", ui::Text::verbatim(std::string_view(setup.device).substr(0, 8)));
    fact(pen, "settings.fingerprint", ui::Text::verbatim(setup.fingerprint));
    fact(pen, "settings.verified", pen.tr(pen.state.programme ? "settings.verified_yes" : "programme.unverified"));
}

}  // namespace

void draw_settings(const Pen& pen, const session::Settings& s) {
    begin(pen, "settings", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("settings.title", pen.tr("settings.title"));
        if (s.pin_changed)
            pen.ui.icon_text("settings.pin_changed", ui::Icon::check_circle_outline, pen.tr("settings.pin_changed"),
                             {.tone = ui::Tone::good});
        pen.ui.strong("settings.text_size", pen.tr("settings.text_size"));
        sizes(pen);
        pen.ui.strong("settings.contrast", pen.tr("settings.contrast"));
        colours(pen);
        pen.ui.strong("settings.access", pen.tr("settings.access"));
        access(pen);
        pen.ui.strong("settings.about", pen.tr("settings.about"));
        about(pen);
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "settings.back")) pen.send(session::Back{});
}

}  // namespace app::kiosk::screens
