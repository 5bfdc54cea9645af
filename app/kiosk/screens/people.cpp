// Who may sign in here: the list, one more, one less, and everybody's own PIN.
#include <algorithm>
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/pin.hpp"
#include "app/model/people.hpp"
#include "app/session/visit/visit.hpp"
#include "crypto/pin.hpp"

namespace app::kiosk::screens {
namespace {

locales::Text role_text(const Pen& pen, model::Role role) {
    switch (role) {
        case model::Role::Shelter:
            return pen.tr("people.role.shelter");
        case model::Role::Border:
            return pen.tr("people.role.border");
        case model::Role::ShiftLead:
            return pen.tr("people.role.lead");
    }
    return {};
}

std::string_view error_key(session::PeopleError error) noexcept {
    switch (error) {
        case session::PeopleError::Taken:
            return "people.fault.taken";
        case session::PeopleError::Removed:
            return "people.fault.removed";
        case session::PeopleError::Number:
            return "people.fault.number";
        case session::PeopleError::Differ:
            return "people.fault.differ";
        case session::PeopleError::LastLead:
            return "people.fault.last_lead";
        case session::PeopleError::Gone:
            return "people.fault.gone";
        case session::PeopleError::NoRoom:
            return "people.fault.no_room";
        case session::PeopleError::ReadOnly:
            return "people.fault.read_only";
        case session::PeopleError::Memory:
            return "error.memory";
        case session::PeopleError::Other:
            return "people.fault.other";
    }
    return "people.fault.other";
}

PadWords with_error(const Pen& pen, PadWords words, const std::optional<session::PeopleError>& error, bool working) {
    if (working) return {std::move(words.title), "pin.body", pen.tr("people.saving"), ui::Tone::soft};
    if (error) return {std::move(words.title), "pin.wrong", pen.tr(error_key(*error)), ui::Tone::danger};
    return words;
}

void back_only(const Pen& pen, bool working) {
    const auto footer = pen.ui.footer();
    if (!working && back(pen, "people.back")) pen.send(session::Back{});
}

/// Nobody has signed in where the first lead is made, so there is nobody to lock out.
Cross cross_of(const session::AddingWorker& s) {
    return s.first_lead ? Cross::none : Cross::lock;
}

void number_step(const Pen& pen, const session::AddingWorker& s) {
    begin(pen, s.first_lead ? "lead.number" : "people.number", {.cross = cross_of(s)}, {.centered = true});
    const auto digits = crypto::as_text(s.digits.view());
    PadWords words{pen.tr(s.first_lead ? "lead.title" : "people.number"), "pin.body",
                   pen.tr(s.first_lead ? "lead.body" : "people.number_body"), ui::Tone::soft};
    words = with_error(pen, std::move(words), s.error, false);
    draw_pad(pen, words, 0, !digits.empty(), ui::Text::verbatim(digits.empty() ? "–" : digits));
    if (!s.first_lead || (pen.state.setup && !pen.state.setup->workers.empty())) back_only(pen, false);
}

/// Only the roles that this deployment's policy knows, and the one that looks after people.
bool offered(const Pen& pen, model::Role role) {
    if (role == model::Role::ShiftLead || !pen.state.setup || !pen.state.setup->bundle) return true;
    const auto& roles = pen.state.setup->bundle->policy.roles;
    const auto name = engine::to_word(session::role_of(role));
    return roles.empty() || std::find(roles.begin(), roles.end(), name) != roles.end();
}

void role_step(const Pen& pen, const session::AddingWorker& s) {
    begin(pen, "people.role", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("people.role", pen.tr("people.role", {{"number", s.number.value}}));
        struct Offer {
            model::Role role;
            std::string_view key;
            ui::Icon icon;
        };
        constexpr std::array offers{Offer{model::Role::Shelter, "people.role.shelter", ui::Icon::home},
                                    Offer{model::Role::Border, "people.role.border", ui::Icon::flag},
                                    Offer{model::Role::ShiftLead, "people.role.lead", ui::Icon::supervisor_account}};
        for (const auto& offer : offers)
            if (offered(pen, offer.role) &&
                pen.ui.card(offer.key, ui::CardStyle::plain, offer.icon, role_text(pen, offer.role), {}))
                pen.send(session::ChooseRole{offer.role});
    }
    back_only(pen, false);
}

void pin_step(const Pen& pen, const session::AddingWorker& s) {
    const bool again = s.step == session::AddStep::Again;
    begin(pen, again ? "people.again" : "people.pin", {.cross = cross_of(s)}, {.centered = true});
    PadWords words{pen.tr("people.pin", {{"number", s.number.value}}), "pin.body",
                   pen.tr(again ? "people.again_body" : "people.pin_body"), ui::Tone::soft};
    words = with_error(pen, std::move(words), s.error, pen.state.waits());
    draw_pad(pen, words, s.digits.count(), s.digits.count() >= crypto::pin_min_digits && !pen.state.waits());
    back_only(pen, pen.state.waits());
}

}  // namespace

void draw_not_allowed(const Pen& pen, const session::NotAllowed&) {
    begin(pen, "not_allowed", {.cross = Cross::lock}, {.centered = true});
    say(pen, "not_allowed",
        {ui::Icon::supervisor_account, ui::Tone::primary, pen.tr("people.not_allowed"),
         pen.tr("people.not_allowed_body")});
    back_only(pen, false);
}

void draw_people(const Pen& pen, const session::People& s) {
    begin(pen, "people", {.cross = Cross::lock});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("people.title", pen.tr("people.title"));
        pen.ui.hint("people.body", pen.tr("people.body"));
        if (s.added)
            pen.ui.icon_text("people.added", ui::Icon::check_circle_outline,
                             pen.tr("people.added", {{"number", s.added->value}}), {.tone = ui::Tone::good});
        if (s.removed)
            pen.ui.icon_text("people.removed", ui::Icon::check_circle_outline,
                             pen.tr("people.removed", {{"number", s.removed->value}}), {.tone = ui::Tone::good});
        if (pen.state.setup)
            for (const auto& worker : pen.state.setup->workers) {
                const auto number = worker.number.value;
                const auto role = role_text(pen, worker.role);
                if (pen.ui.list_row("people." + std::to_string(number), pen.tr("who.person", {{"number", number}}),
                                    {.icon = ui::Icon::person_outline, .tone = ui::Tone::primary, .second = role}))
                    pen.send(session::RemoveWorker{worker.number});
            }
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "people.back")) pen.send(session::Back{});
    if (primary(pen, "people.add", "people.add", ui::Icon::add)) pen.send(session::AddWorker{});
}

void draw_adding_worker(const Pen& pen, const session::AddingWorker& s) {
    switch (s.step) {
        case session::AddStep::Number:
            return number_step(pen, s);
        case session::AddStep::Role:
            return role_step(pen, s);
        case session::AddStep::Pin:
        case session::AddStep::Again:
            return pin_step(pen, s);
    }
}

void draw_removing_worker(const Pen& pen, const session::RemovingWorker& s) {
    begin(pen, "people.remove", {.cross = Cross::lock}, {.centered = true});
    const bool last = s.error == session::PeopleError::LastLead;
    {
        const auto middle = pen.ui.middle();
        const auto narrow = pen.ui.narrow(440);
        pen.ui.badge("people.remove.badge", ui::Icon::person_outline, ui::Tone::amber);
        pen.ui.heading("people.remove", pen.tr("people.remove", {{"number", s.worker.number.value}}));
        pen.ui.hint("people.remove.role", role_text(pen, s.worker.role));
        if (pen.state.waits())
            pen.ui.body("people.remove.saving", pen.tr("people.saving"));
        else if (s.error)
            pen.ui.body("people.remove.error", pen.tr(error_key(*s.error)));
        else
            pen.ui.body("people.remove.body", pen.tr("people.remove_body"));
    }
    const auto footer = pen.ui.footer();
    if (pen.state.waits()) return;
    if (back(pen, "people.back", last ? "button.back" : "people.keep")) pen.send(session::Back{});
    if (last) return;
    pen.ui.push();
    if (pen.ui.button("people.remove.yes", pen.tr("people.remove_yes"), {.style = ui::ButtonStyle::danger}))
        pen.send(session::ConfirmRemoval{});
}

void draw_changing_pin(const Pen& pen, const session::ChangingPin& s) {
    struct Step {
        std::string_view screen, title, line;
    };
    constexpr std::array steps{Step{"own_pin.current", "own_pin.current", "own_pin.current_body"},
                               Step{"own_pin.new", "own_pin.new", "own_pin.new_body"},
                               Step{"own_pin.again", "own_pin.new", "people.again_body"}};
    const auto& step = steps.at(static_cast<std::size_t>(s.step));
    begin(pen, step.screen, {.cross = Cross::lock}, {.centered = true});
    PadWords words{pen.tr(step.title), "pin.body", pen.tr(step.line), ui::Tone::soft};
    if (s.refused) words = refused_words(pen, *s.refused, std::move(words));
    if (pen.state.waits() && s.step == session::PinStep::Current)
        words = {std::move(words.title), "pin.body", pen.tr("pin.checking"), ui::Tone::soft};
    else
        words = with_error(pen, std::move(words), s.error, pen.state.waits());
    draw_pad(pen, words, s.digits.count(), s.digits.count() >= crypto::pin_min_digits && !pen.state.waits());
    back_only(pen, pen.state.waits());
}

}  // namespace app::kiosk::screens
