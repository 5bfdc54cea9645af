// What works on every screen: language, sizes, leaving, going back, idle.
#include <algorithm>

#include "app/session/machine.hpp"

namespace app::session {

void Machine::on(IdleWarning&, Touched&) {
    stay();
}

void Machine::on(ChooseLanguage& event) {
    s_.language = event.language;
    if (s_.screening) s_.screening->interview().speak(form_language());
    if (auto* question = at<Question>()) question->refused.reset();  // its words were in the other language
}

void Machine::on(NextTextSize&) {
    const auto* found = std::find(text_sizes.begin(), text_sizes.end(), s_.text_percent);
    const auto next = found == text_sizes.end() || found + 1 == text_sizes.end() ? text_sizes.begin() : found + 1;
    s_.text_percent = *next;
    if (s_.setup) want(SavePreference{"text_percent", std::to_string(s_.text_percent)});
}

void Machine::on(ChooseTheme& event) {
    s_.theme = event.theme;
    if (s_.setup) want(SavePreference{"theme", std::to_string(static_cast<int>(event.theme))});
}

void Machine::on(Leave&) {
    if (at<IdleWarning>() != nullptr) stay();
    if (storing(s_) || at<Leaving>() != nullptr || at<Starting>() != nullptr) return;
    if (!s_.worker) {  // what is kept or erased is not for whoever stands before the PIN to say
        if (at<EnterPin>() != nullptr) show<Clock>();
        return;
    }
    if (!s_.screening) return lock();
    put_under();
    show<Leaving>();
}

void Machine::on(QuickExit&) {
    if (first_lead_waits(s_)) return end_first_lead();
    if (!s_.setup) return;
    lock();
    s_.quiet_until = now_.steady + quiet_time;
}

void Machine::on(IdleWarning&, StayHere&) {
    stay();
}

void Machine::on(Leaving&, StayHere&) {
    stay();
}

void Machine::on(Leaving&, Back&) {
    stay();
}

void Machine::stay() {
    if (!s_.under || storing(s_)) return;
    s_.screen = std::move(*s_.under);
    s_.under.reset();
}

void Machine::on(Leaving&, KeepWhatWasSaid&) {
    if (s_.screening && !storing(s_)) finish_as(Ending::Kept);
}

void Machine::on(Leaving&, EraseWhatWasSaid&) {
    if (s_.screening && !storing(s_)) finish_as(Ending::Erased);
}

void Machine::on(EnterPin&, Back&) {
    show<Who>();
}

void Machine::on(Settings&, Back&) {
    show<Home>();
}

void Machine::on(WantsToTalk&, Next&) {
    go_home();
}

void Machine::on(Told&, Next&) {
    lock();
}

void Machine::on(SealedScreen&, GoHome&) {
    if (s_.worker) go_home();
}

void Machine::on(SealedScreen&, HandBack&) {
    lock();
}

void Machine::on(Home&, OpenSettings&) {
    show<Settings>();
}

void Machine::on(Tick&) {
    drop_old_words();
    if (s_.retry_at && *s_.retry_at <= now_.steady) store_again();
    if (s_.closes_at && *s_.closes_at <= now_.steady) {
        hand_over();
        s_.closes_at.reset();
    }
    const auto due = idle_at(s_);
    if (!due || *due > now_.steady) return;
    if (at<IdleWarning>() != nullptr) return cover();
    // Leaving is covered by the warning too; what lay under it stays there.
    if (at<Leaving>() == nullptr) put_under();
    show<IdleWarning>();
}

void Machine::lock() {
    hand_over();
    s_.under.reset();
    s_.worker.reset();
    s_.resumable = false;
    s_.preparing = Preparing::Nothing;
    s_.closes_at.reset();
    want(ForgetScreen{});
    show<Clock>();
}

void Machine::put_under() {
    if (auto* question = at<Question>()) question->waiting.reset();
    s_.under = std::move(s_.screen);
}

void Machine::cover() {
    // Whoever answers alone cannot be brought back to the page by a worker's PIN; an ending asked for is carried out.
    if (!s_.screening || !s_.under || s_.screening->mode == Mode::Private || s_.screening->ending) return lock();
    s_.seal_error.reset();
    (void)seal(*s_.screening, s_.screening->finished ? record::Kind::Final : record::Kind::Partial, s_.language);
    if (auto* question = std::get_if<Question>(&*s_.under)) {
        question->refused.reset();
        question->unsettled.reset();  // the field is wiped with the screen
    }
    s_.worker.reset();
    s_.preparing = Preparing::Nothing;
    s_.closes_at = now_.steady + neutral_grace;
    want(ForgetScreen{});
    show<Clock>();
}

void Machine::uncover() {
    s_.closes_at.reset();
    s_.screen = std::move(*s_.under);
    s_.under.reset();
}

void Machine::go_home() {
    const auto minor = std::find(s_.minors_with.begin(), s_.minors_with.end(), s_.worker->number);
    if (minor != s_.minors_with.end()) {
        s_.minors_with.erase(minor);
        return show(WantsToTalk{true});
    }
    const auto asked = std::find(s_.asked_for.begin(), s_.asked_for.end(), s_.worker->number);
    if (asked != s_.asked_for.end()) {
        s_.asked_for.erase(asked);
        return show<WantsToTalk>();
    }
    if (s_.unstored_error()) return show<NotStored>();
    if (leads() && s_.keys_told) {
        const auto told = *s_.keys_told;
        s_.keys_told.reset();
        return show(told);
    }
    show<Home>();
}

RecordMaker Machine::maker() const {
    const auto& setup = *s_.setup;
    return {setup.bundle->version.deployment, setup.device, setup.bundle->version.sequence};
}

}  // namespace app::session
