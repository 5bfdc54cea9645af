// What the person and the worker see at the end, what is asked of its storing, and what came of it.
#include "app/session/visit/rules.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

/// Where nobody was asked there is nobody to thank.
void Visit::show_outcome() {
    if (s_.screening->mode == Mode::Observation) return show<ForWorker>();
    show<ForPerson>();
}

void Visit::on(ForPerson&, PersonDone&) {
    if (!s_.screening) return;
    if (s_.mode == Mode::Private) return storing_.finish_as(Ending::Sealed);
    show<ForWorker>();
}

void Visit::on(ForWorker&, OpenRaise&) {
    show<Raising>();
}

void Visit::on(ForWorker&, SealNow&) {
    if (s_.screening) storing_.finish_as(Ending::Sealed);
}

void Visit::on(Raising&, ChooseRaise& event) {
    if (!s_.screening) return;
    if (event.raised.level <= said_level(*s_.screening, event.raised.reading)) return;  // only upwards
    s_.screening->raised = event.raised;
    show<ForWorker>();
}

void Visit::on(Raising&, Back&) {
    show<ForWorker>();
}

void Visit::on(Leaving&, KeepWhatWasSaid&) {
    if (s_.screening && !storing(s_)) storing_.finish_as(Ending::Kept);
}

void Visit::on(Leaving&, EraseWhatWasSaid&) {
    if (s_.screening && !storing(s_)) storing_.finish_as(Ending::Erased);
}

void Visit::on(Leaving&, StayHere&) {
    ways_out_.stay();
}

void Visit::on(Leaving&, Back&) {
    ways_out_.stay();
}

void Visit::on(Sealed& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    if (storing_.settled(event)) return;
    if (!s_.screening || s_.screening->origin().record != event.record) return;
    s_.screening->note_answer(event.revision, true);
    if (s_.screening->revision != event.revision) return;
    s_.seal_error.reset();
    leave_page();
    if (at<AskingLonger>() != nullptr && came(Pending::SealRecord)) return prepare(Preparing::Longer);
    if (const auto* sealing = at<Sealing>()) end_as_sealed(sealing->then_lock);
}

void Visit::end_as_sealed(bool then_lock) {
    const auto purpose = s_.screening->purpose;
    if (s_.screening->ending == Ending::Kept) {
        storing_.drop_screening();
        return show(Told{false, purpose});
    }
    SealedScreen sealed{s_.screening->origin().case_code, purpose};
    storing_.drop_screening();
    if (then_lock) return ways_out_.lock();
    show(std::move(sealed));
}

void Visit::on(SealFailed& event) {
    if (storing_.settled(event)) return;
    if (!s_.screening || s_.screening->origin().record != event.record) return;
    s_.screening->note_answer(event.revision, false);
    if (!s_.screening->sealing()) came(Pending::SealPage);
    if (at<AskingLonger>() != nullptr && s_.waits(Pending::SealRecord)) {
        if (event.revision != s_.screening->revision) return;
        came(Pending::SealRecord);
        s_.seal_error = event.error;
        return;
    }
    if (storing(s_)) {
        // An earlier page that failed is in the revision that is under way, or is to be erased.
        if (s_.waits(Pending::SealRecord) && event.revision == s_.screening->revision) show(Problem{event.error, true});
        return;
    }
    s_.seal_error = event.error;
}

void Visit::on(Erased& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    if (storing_.settled(event)) return;
    if (!s_.screening || s_.screening->origin().record != event.record) return;
    if (s_.screening->ending != Ending::Erased || !storing(s_)) return;
    if (storing_.withdraw_before()) return;
    const auto purpose = s_.screening->purpose;
    storing_.drop_screening();
    show(Told{true, purpose});
}

void Visit::on(NotErased& event) {
    if (storing_.settled(event)) return;
    if (!s_.waits(Pending::Withdraw) || !s_.screening || s_.screening->origin().record != event.record) return;
    if (s_.screening->revision != event.revision) return;
    s_.screening->note_answer(event.revision, false);
    show(Problem{event.error, true});
}

void Visit::on(SealedScreen&, GoHome&) {
    if (s_.worker) ways_out_.go_home();
}

void Visit::on(SealedScreen&, HandBack&) {
    ways_out_.lock();
}

void Visit::on(Told&, Next&) {
    ways_out_.lock();
}

void Visit::on(WantsToTalk&, Next&) {
    ways_out_.go_home();
}

void Visit::on(Home&, Retry&) {
    store_what_is_not();
}

void Visit::on(NotStored&, Retry&) {
    store_what_is_not();
}

void Visit::on(NotStored&, Next&) {
    show<Home>();
}

void Visit::store_what_is_not() {
    if (!s_.unstored_error()) return;
    storing_.store_again();
    show<NotStored>();
}

}  // namespace app::session
