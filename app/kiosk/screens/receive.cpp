// What was brought on a stick: what it would change, who may take it, or why it is not taken.
#include <algorithm>
#include <string>

#include "app/exchange/policy_differences.hpp"
#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/news_lines.hpp"
#include "app/session/update.hpp"
#include "locales/visible.hpp"

namespace app::kiosk::screens {
namespace {

std::string_view form_key(model::FormNews::How how) noexcept {
    switch (how) {
        case model::FormNews::How::Added:
            return "receive.form_added";
        case model::FormNews::How::Removed:
            return "receive.form_removed";
        case model::FormNews::How::Changed:
            return "receive.form_changed";
    }
    return "receive.form_changed";
}

/// What somebody outside wrote, on one line and not longer than a line or two.
std::string written(const std::string& text) {
    constexpr std::size_t most = 80;
    auto shown = locales::visible(text);
    if (shown.size() <= most) return shown;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) --end;
    return shown.substr(0, end) + "…";
}

/// Of other devices: by the first digits of their numbers, as their papers show them, and not all of a long list.
void other_devices(const Pen& pen, const std::string& id, std::string_view key, const std::vector<std::string>& all) {
    constexpr std::size_t most = 5;
    constexpr std::size_t digits = 8;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
        pen.ui.body(id + "." + std::to_string(i),
                    pen.tr(key, {{"device", std::string_view(all[i]).substr(0, digits)}}));
    if (all.size() > most) pen.ui.small(id + ".more", pen.tr("receive.devices_more", {{"count", all.size() - most}}));
}

void devices(const Pen& pen, const model::BundleNews& news) {
    using Self = model::BundleNews::Self;
    if (news.self == Self::Revoked)
        pen.ui.icon_text("receive.revokes_this", ui::Icon::error_outline, pen.tr("receive.revokes_this"),
                         {.tone = ui::Tone::danger, .strong = true});
    if (news.self == Self::Admitted)
        pen.ui.icon_text("receive.admits_this", ui::Icon::check, pen.tr("receive.admits_this"),
                         {.tone = ui::Tone::good, .strong = true});
    if (news.revoked.empty() && news.admitted.empty()) return;
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.devices", pen.tr("receive.devices"));
    other_devices(pen, "receive.device_revoked", "receive.device_revoked", news.revoked);
    other_devices(pen, "receive.device_admitted", "receive.device_admitted", news.admitted);
}

void forms(const Pen& pen, const model::BundleNews& news) {
    if (news.forms.empty()) return;
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.forms", pen.tr("receive.forms"));
    for (std::size_t i = 0; i < news.forms.size(); ++i)
        pen.ui.body("receive.form." + std::to_string(i),
                    pen.tr(form_key(news.forms[i].how), {{"title", written(news.forms[i].title)}}));
}

void readers(const Pen& pen, const model::BundleNews& news) {
    if (news.readers_added.empty() && news.readers_removed.empty()) return;
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.readers", pen.tr("receive.readers"));
    for (std::size_t i = 0; i < news.readers_added.size(); ++i)
        pen.ui.body("receive.reader_added." + std::to_string(i),
                    pen.tr("receive.reader_added", {{"name", written(news.readers_added[i])}}));
    for (std::size_t i = 0; i < news.readers_removed.size(); ++i)
        pen.ui.body("receive.reader_removed." + std::to_string(i),
                    pen.tr("receive.reader_removed", {{"name", written(news.readers_removed[i])}}));
    pen.ui.small("receive.readers_all", pen.tr("receive.readers_all", {{"count", news.readers}}));
}

void intake(const Pen& pen, const model::BundleNews& news) {
    if (news.intake_added.empty() && news.intake_removed.empty()) return;
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.intake", pen.tr("receive.intake"));
    if (!news.intake_added.empty())
        pen.ui.body("receive.intake_added", pen.tr("receive.intake_added", {{"name", written(news.intake_added)}}));
    if (!news.intake_removed.empty())
        pen.ui.body("receive.intake_removed",
                    pen.tr("receive.intake_removed", {{"name", written(news.intake_removed)}}));
}

void languages(const Pen& pen, const model::BundleNews& news) {
    if (news.languages.empty()) return;
    std::string names;
    for (const auto& code : news.languages) {
        if (!names.empty()) names += ", ";
        // One that this program has no words in is named by its code.
        names += code == "es"   ? pen.tr("language.es").view()
                 : code == "en" ? pen.tr("language.en").view()
                                : std::string_view(code);
    }
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.languages", pen.tr("receive.languages"));
    pen.ui.body("receive.languages_all", ui::Text::verbatim(names));
}

void rules(const Pen& pen, const model::BundleNews& news) {
    if (news.rules.empty()) return;
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.policy", pen.tr("receive.policy"));
    for (const auto& rule : news.rules) {
        exchange::PolicyDifference shown{rule.member, {}, {}};
        for (const auto& value : rule.before) shown.before.push_back(written(value));
        for (const auto& value : rule.after) shown.after.push_back(written(value));
        pen.ui.body("receive.policy." + rule.member,
                    ui::Text::verbatim(exchange::policy_difference_words(pen.context.texts, shown)));
    }
}

void bundle(const Pen& pen, const model::BundleNews& news) {
    const auto panel = pen.ui.panel(14);
    {
        const auto lines = pen.ui.column(2);
        pen.ui.strong("receive.bundle", pen.tr("receive.bundle"));
        const auto until = pen.context.texts.full_date(news.until);
        pen.ui.small(
            "receive.bundle_which",
            pen.tr("receive.bundle_which", {{"name", written(news.name)}, {"number", news.sequence}, {"date", until}}));
    }
    if (news.demo)
        pen.ui.icon_text("receive.demo", ui::Icon::error_outline, pen.tr("receive.demo"),
                         {.tone = ui::Tone::danger, .strong = true});
    devices(pen, news);
    readers(pen, news);
    intake(pen, news);
    forms(pen, news);
    languages(pen, news);
    rules(pen, news);
    const auto others = pen.ui.column(2);
    if (news.referrals) pen.ui.body("receive.referrals", pen.tr("receive.referrals"));
    if (news.words) pen.ui.body("receive.words", pen.tr("receive.words"));
    const bool nothing = news.forms.empty() && news.readers_added.empty() && news.readers_removed.empty() &&
                         news.intake_added.empty() && news.intake_removed.empty() && news.languages.empty() &&
                         !news.referrals && news.rules.empty() && !news.words && news.revoked.empty() &&
                         news.admitted.empty() && news.self == model::BundleNews::Self::AsBefore;
    if (nothing) pen.ui.body("receive.only_longer", pen.tr("receive.only_longer"));
}

void certificate(const Pen& pen, const model::CertificateNews& news) {
    const auto panel = pen.ui.panel(14);
    const auto lines = pen.ui.column(2);
    pen.ui.strong("receive.certificate", pen.tr("receive.certificate"));
    const auto until = pen.context.texts.full_date(news.until);
    const auto before = pen.context.texts.full_date(news.before);
    pen.ui.body("receive.certificate_until",
                pen.tr("receive.certificate_until", {{"date", until}, {"before", before}}));
}

void failure(const Pen& pen, const session::Receive& s) {
    if (s.failed)
        pen.ui.icon_text("receive.failed", ui::Icon::error_outline, pen.tr(session::catalogue_key(*s.failed)),
                         {.tone = ui::Tone::danger, .strong = true});
}

void draw_news(const Pen& pen, const session::Receive& s) {
    begin(pen, "receive.news", {.cross = Cross::lock});
    const bool waits = pen.state.waits();
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("receive.title", pen.tr("receive.title"));
        const bool ends = s.news->bundle && s.news->bundle->self == model::BundleNews::Self::Revoked;
        pen.ui.hint("receive.from_next", pen.tr(ends ? "receive.signed" : "receive.from_next"));
        failure(pen, s);
        receipt_lines(pen, s.news->receipts);
        if (waits)
            pen.ui.icon_text("receive.taking", ui::Icon::sync, pen.tr("receive.taking"), {.strong = true});
        else if (!pen.state.leads())
            pen.ui.icon_text("receive.lead", ui::Icon::people, pen.tr("receive.lead"), {.tone = ui::Tone::amber});
        else if (!session::may_accept(pen.state))
            pen.ui.icon_text("receive.unsealed", ui::Icon::schedule, pen.tr("receive.unsealed"),
                             {.tone = ui::Tone::amber});
        if (s.news->bundle) bundle(pen, *s.news->bundle);
        if (s.news->certificate) certificate(pen, *s.news->certificate);
    }
    const auto footer = pen.ui.footer();
    if (pen.ui.button("receive.later", pen.tr("receive.later"), {.enabled = !waits})) pen.send(session::Back{});
    if (!pen.state.leads()) return;
    pen.ui.push();
    if (pen.ui.button("receive.accept", pen.tr("receive.accept"),
                      {.style = ui::ButtonStyle::primary,
                       .after = ui::Icon::check,
                       .enabled = !waits && session::may_accept(pen.state)}))
        pen.send(session::AcceptShown{});
}

void draw_taken(const Pen& pen, const session::Receive& s) {
    begin(pen, "receive.done", {.cross = Cross::lock}, {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("receive.badge", ui::Icon::check, ui::Tone::good);
        pen.ui.heading("receive.done", pen.tr("receive.done"));
        pen.ui.hint("receive.done_body",
                    pen.tr(session::revoked(pen.state) ? "receive.done_revoked" : "receive.done_body"));
        failure(pen, s);
    }
    const auto footer = pen.ui.footer();
    if (primary(pen, "receive.home", "sealed.home", ui::Icon::home)) pen.send(session::Back{});
}

/// Nothing new, not looked yet, or nobody could look.
void draw_nothing(const Pen& pen, const session::Receive& s) {
    begin(pen, "receive", {.cross = Cross::lock}, {.centered = true});
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("receive.badge", ui::Icon::usb, ui::Tone::primary);
        pen.ui.heading("receive.look_title", pen.tr("receive.look_title"));
        failure(pen, s);
        if (pen.state.waits()) {
            pen.ui.icon_text("receive.looking", ui::Icon::sync, pen.tr("bundle_lost.looking"), {.strong = true});
        } else if (s.news && s.news->receipts.confirmed > 0) {
            receipt_lines(pen, s.news->receipts);
            refused_lines(pen, s.news->refused);
        } else if (s.news && s.news->folders == 0 && s.news->refused.empty()) {
            pen.ui.body("receive.no_place", pen.tr("send.no_place"));
        } else if (s.news) {
            pen.ui.body("receive.none", pen.tr("receive.none"));
            receipt_lines(pen, s.news->receipts);
            refused_lines(pen, s.news->refused);
        }
        pen.ui.small("receive.what", pen.tr("receive.what"));
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "receive.back")) pen.send(session::Back{});
    if (primary(pen, "receive.look", "send.look", ui::Icon::refresh)) pen.send(session::LookAgain{});
}

}  // namespace

void draw_receive(const Pen& pen, const session::Receive& s) {
    if (s.taken) return draw_taken(pen, s);
    if (s.news && s.news->any()) return draw_news(pen, s);
    draw_nothing(pen, s);
}

}  // namespace app::kiosk::screens
