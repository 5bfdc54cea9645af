// From home to the first question: language, place, mode, consent; or a briefing where nobody is asked.
#include "app/session/visit/rules.hpp"
#include "app/session/visit/visit.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace app::session {

void Visit::on(Home&, NewScreening&) {
    if (revoked(s_)) return;  // home says so
    if (!offered(s_, Purpose::Screening)) return show(Problem{DeviceError::UnknownForm, true});
    if (s_.unstored_error()) return show<NotStored>();
    s_.purpose = Purpose::Screening;
    s_.mode = s_.worker->role == model::Role::Border ? Mode::Private : Mode::Assisted;
    show<PickingLanguage>();
}

void Visit::on(Home&, QuickFlag&) {
    brief(Purpose::Observation);
}

void Visit::on(Home&, Train&) {
    brief(Purpose::Training);
}

void Visit::brief(Purpose purpose) {
    if (!offered(s_, purpose)) return;
    if (s_.unstored_error()) return show<NotStored>();
    s_.purpose = purpose;
    // Whoever practises works as they would; the border role never sits beside a person.
    const bool beside = purpose == Purpose::Training && role_of(s_.worker->role) == engine::Role::Shelter;
    s_.mode = beside ? Mode::Assisted : Mode::Observation;
    show(Briefing{purpose});
}

void Visit::on(Briefing&, BeginBriefed&) {
    if (s_.waits() || s_.outlasting.has(Pending::Prepare)) return;
    prepare(Preparing::Interview);
    s_.screen.pending = Pending::Prepare;
}

void Visit::on(PickingLanguage&, PickLanguage& event) {
    s_.language = event.language;
    show<Privacy>();
}

void Visit::on(PickingLanguage&, NeedInterpreter&) {
    show<Interpreter>();
}

void Visit::on(Interpreter&, RecordInterpreter&) {
    if (s_.waits()) return;
    prepare(Preparing::Interpreter);
    s_.screen.pending = Pending::Prepare;
}

void Visit::on(Privacy&, SayPrivacy& event) {
    if (event.enough) return show<ChoosingMode>();
    show<NotNow>();
}

void Visit::on(ChoosingMode&, ChooseMode& event) {
    if (!s_.worker || event.mode == Mode::Observation) return;
    if (s_.worker->role == model::Role::Border && event.mode == Mode::Assisted) return;  // never, whoever asks
    s_.mode = event.mode;
    show<AskingConsent>();
}

void Visit::on(AskingConsent& consent, SayConsent& event) {
    if (s_.waits() || s_.outlasting.has(Pending::Prepare)) return;
    if (event.yes) {
        // Nobody agrees to what was not shown, whatever sends the event.
        if (consent.page + 1 < consent_pages) return;
        prepare(Preparing::Interview);
        s_.screen.pending = Pending::Prepare;
        return;
    }
    if (s_.setup->bundle->policy.store_refusals) prepare(Preparing::Refusal);
    show<DeclinedKindly>();
}

void Visit::prepare(Preparing what) {
    if (s_.resumable) storing_.drop_draft();  // whoever begins something else has decided
    s_.preparing = what;
    s_.outlasting.add(Pending::Prepare);
    want(Prepare{});
}

void Visit::on(Prepared& event) {
    if (!s_.outlasting.drop(Pending::Prepare) || !s_.setup || !s_.worker) return;
    switch (s_.preparing) {
        case Preparing::Interview:
            return start_interview(std::move(event.origin));
        case Preparing::Longer:
            return start_longer(std::move(event.origin));
        case Preparing::Refusal:
        case Preparing::Interpreter:
            return record_without_answers(std::move(event.origin));
    }
}

void Visit::on(PrepareFailed& event) {
    if (!s_.outlasting.drop(Pending::Prepare)) return;
    switch (s_.preparing) {
        case Preparing::Longer:  // what was said is stored; going on can be tried again, or left
            s_.seal_error = event.error;
            return;
        case Preparing::Interview:
        case Preparing::Refusal:
        case Preparing::Interpreter:
            return show(Problem{event.error, true});
    }
}

void Visit::note_consent(Screening& screening, Consent consent) const {
    screening.consent = consent;
    if (consent == Consent::NotAsked) return;  // then no text was shown
    std::string shown;
    const auto days = s_.setup->bundle->policy.retention_days;
    const auto role = screening.worker.role;
    for (std::size_t page = 0; page < consent_pages; ++page)
        for (const auto key : consent_texts(screening.mode, role, page)) {
            shown += texts_.tr(key, {{"count", days}, {"who", s_.setup->bundle->version.name}}).view();
            shown += '\n';
        }
    screening.consent_key = screening.mode == Mode::Assisted ? "consent.assisted"
                            : role == model::Role::Border    ? "consent.border"
                                                             : "consent.private";
    screening.consent_sha256 = crypto::to_hex(crypto::sha256(s_.ready, crypto::as_bytes(shown)));
}

void Visit::start_interview(Origin origin) {
    if (s_.unstored_error()) return show<NotStored>();
    const auto* form = form_for(*s_.setup->bundle, s_.purpose);
    if (form == nullptr) return show(Problem{DeviceError::UnknownForm, true});
    auto started = Screening::start(*form, std::move(origin), s_.mode, *s_.worker, s_.language);
    if (!started) return show(Problem{DeviceError::Memory, true});
    s_.screening.emplace(std::move(*started));
    s_.screening->purpose = s_.purpose;
    note_consent(*s_.screening, s_.purpose == Purpose::Screening ? Consent::Given : Consent::NotAsked);
    s_.seal_error.reset();
    show<Question>();
}

/// First contact is stored as final by now. Whatever else is on the screen is not interrupted: yes can be said again.
void Visit::start_longer(Origin origin) {
    if (at<AskingLonger>() == nullptr || !s_.screening) return;
    const auto longer = longer_form(*s_.screening, *s_.setup->bundle);
    if (!longer) return show_outcome();
    auto started = session::start_longer(*s_.screening, *longer, std::move(origin), s_.language);
    if (!started) {
        s_.seal_error = DeviceError::Memory;
        return;
    }
    started->before = std::make_unique<Screening>(std::move(*s_.screening));
    s_.screening.emplace(std::move(*started));
    s_.seal_error.reset();
    show<Question>();
}

void Visit::record_without_answers(Origin origin) {
    auto started =
        Screening::start(s_.setup->bundle->forms.front(), std::move(origin), s_.mode, *s_.worker, s_.language);
    if (!started) return show(Problem{DeviceError::Memory, true});
    s_.screening.emplace(std::move(*started));
    const bool interpreter = s_.preparing == Preparing::Interpreter;
    s_.screening->interpreter_needed = interpreter;
    note_consent(*s_.screening, interpreter ? Consent::NotAsked : Consent::Declined);
    s_.screening->finished = true;
    storing_.hand_over();
    if (interpreter) ways_out_.go_home();
}

engine::LanguageId Visit::form_language() const noexcept {
    return s_.screening->language_id(s_.language);
}

// ---- to and fro ----------------------------------------------------------------------------------------------------

void Visit::on(Briefing&, Back&) {
    if (!s_.waits()) show<Home>();
}

void Visit::on(PickingLanguage&, Back&) {
    show<Home>();
}

void Visit::on(Interpreter&, Back&) {
    if (!s_.waits()) show<PickingLanguage>();
}

void Visit::on(Privacy&, Back&) {
    show<PickingLanguage>();
}

void Visit::on(NotNow&, Back&) {
    show<Home>();
}

void Visit::on(NotNow&, Next&) {
    show<Home>();
}

void Visit::on(ChoosingMode&, Back&) {
    show<Privacy>();
}

void Visit::on(AskingConsent& consent, Back&) {
    if (s_.waits()) return;
    if (consent.page > 0) {
        --consent.page;
        return;
    }
    // In private mode the person holds the device by now: no way back to the worker's screens.
    if (!s_.outlasting.has(Pending::Prepare) && s_.mode == Mode::Assisted) show<ChoosingMode>();
}

void Visit::on(AskingConsent& consent, Next&) {
    if (!s_.waits() && consent.page + 1 < consent_pages) ++consent.page;
}

void Visit::on(DeclinedKindly&, Next&) {
    if (s_.mode == Mode::Private) return ways_out_.lock();
    show<Home>();
}

}  // namespace app::session
