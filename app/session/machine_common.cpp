// What works on every screen: language, sizes, leaving, going back, idle.
#include <algorithm>

#include "app/session/machine.hpp"

namespace app::session {

void Machine::on(Touched&) {
    if (at<IdleWarning>() == nullptr) return;
    StayHere stay;
    on(stay);
}

void Machine::on(ChooseLanguage& event) {
    s_.language = event.language;
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
    if (at<IdleWarning>() != nullptr) {
        StayHere stay;
        on(stay);
    }
    if (at<Sealing>() != nullptr || at<Leaving>() != nullptr || at<Starting>() != nullptr) return;
    if (!s_.screening) {
        if (s_.worker || at<EnterPin>() != nullptr) lock();
        return;
    }
    s_.under = std::move(s_.screen);
    show<Leaving>();
}

void Machine::on(QuickExit&) {
    if (at<Sealing>() != nullptr || !s_.setup) return;
    hand_over();
    lock();
}

void Machine::on(StayHere&) {
    if (!s_.under || storing() || (at<Leaving>() == nullptr && at<IdleWarning>() == nullptr)) return;
    s_.screen = std::move(*s_.under);
    s_.under.reset();
}

void Machine::on(KeepWhatWasSaid&) {
    if (at<Leaving>() != nullptr && s_.screening && !storing()) finish_as(Ending::Kept);
}

void Machine::on(EraseWhatWasSaid&) {
    if (at<Leaving>() != nullptr && s_.screening && !storing()) finish_as(Ending::Erased);
}

void Machine::on(Back&) {
    if (at<EnterPin>() != nullptr) return show<Who>();
    if (at<Question>() != nullptr) return previous_question();
    if (at<Review>() != nullptr) {
        if (s_.screening && s_.screening->interview().back()) show<Question>();
        return;
    }
    if (at<AskingConsent>() != nullptr) {
        // In private mode the person holds the device by now: no way back to the worker's screens.
        if (s_.preparing == Preparing::Nothing && s_.mode == Mode::Assisted) show<ChoosingMode>();
        return;
    }
    if (at<ChoosingMode>() != nullptr) return show<Privacy>();
    if (at<Privacy>() != nullptr) return show<PickingLanguage>();
    if (const auto* interpreter = at<Interpreter>()) {
        if (!interpreter->recording) show<PickingLanguage>();
        return;
    }
    if (at<PickingLanguage>() != nullptr || at<Settings>() != nullptr || at<NotNow>() != nullptr) return show<Home>();
    if (const auto* sending = at<Send>()) {
        if (!sending->working) show<Home>();
        return;
    }
    if (at<Raising>() != nullptr) return show<ForWorker>();
    if (at<Leaving>() != nullptr) {
        StayHere stay;
        on(stay);
    }
}

void Machine::on(Next&) {
    if (at<Question>() != nullptr) return next_question();
    if (at<NotNow>() != nullptr || at<WantsToTalk>() != nullptr) return show<Home>();
    if (at<Told>() != nullptr) return lock();
    if (at<DeclinedKindly>() != nullptr) {
        if (s_.mode == Mode::Private) return lock();
        show<Home>();
    }
}

void Machine::on(GoHome&) {
    if (at<SealedScreen>() != nullptr && s_.worker) show<Home>();
}

void Machine::on(HandBack&) {
    if (at<SealedScreen>() != nullptr) lock();
}

void Machine::on(OpenSettings&) {
    if (at<Home>() != nullptr) show<Settings>();
}

void Machine::on(EffectFailed& event) {
    if (at<Send>() != nullptr) {
        SendFailed failed{SendFault::Other};
        return on(failed);
    }
    const bool was_preparing = std::exchange(s_.preparing, Preparing::Nothing) != Preparing::Nothing;
    if (at<Starting>() != nullptr || at<EnterPin>() != nullptr || was_preparing) show(Problem{event.trouble, true});
}

void Machine::on(Tick&) {
    if (!s_.worker && !s_.screening) return;
    if (storing() || at<Clock>() != nullptr) return;
    if (const auto* sending = at<Send>(); sending != nullptr && sending->working) return;
    if (next_tick(s_, now_).value_or(std::chrono::milliseconds(1)) > std::chrono::milliseconds(0)) return;
    if (at<IdleWarning>() == nullptr) {
        // Leaving is covered by the warning too; what lay under it stays there.
        if (at<Leaving>() == nullptr) s_.under = std::move(s_.screen);
        return show<IdleWarning>();
    }
    hand_over();
    lock();
}

void Machine::lock() {
    drop_screening();
    s_.worker.reset();
    s_.preparing = Preparing::Nothing;
    s_.seal_trouble.reset();
    show<Clock>();
}

void Machine::drop_screening() {
    if (s_.screening && s_.screening->tell_worker_now) s_.someone_wants_to_talk = true;
    s_.screening.reset();
    s_.under.reset();
    want(ForgetScreen{});
}

bool Machine::storing() const noexcept {
    if (std::holds_alternative<Sealing>(s_.screen)) return true;
    const auto* leaving = std::get_if<Leaving>(&s_.screen);
    return leaving != nullptr && leaving->erasing;
}

void Machine::hand_over() {
    if (!s_.screening || storing()) return;
    if (s_.screening->ending == Ending::Erased)
        (void)withdraw();  // asked for before, and failed: tried once more, never turned into keeping
    else
        (void)seal(s_.screening->finished ? RecordKind::Final : RecordKind::Partial);
}

void Machine::finish_as(Ending ending) {
    s_.screening->ending = ending;
    const bool last = ending == Ending::Sealed || s_.screening->finished;
    const bool asked = ending == Ending::Erased ? withdraw() : seal(last ? RecordKind::Final : RecordKind::Partial);
    if (!asked) return show(Problem{Trouble::Memory, true});
    if (ending == Ending::Erased) return show(Leaving{true});
    show(Sealing{s_.mode == Mode::Private});
}

bool Machine::withdraw() {
    auto& screening = *s_.screening;
    auto json = write_record(s_.ready, screening, maker(), RecordKind::Withdrawn, screening.revision + 1, s_.language);
    if (!json) {
        s_.seal_trouble = Trouble::Memory;
        return false;
    }
    ++screening.revision;
    want(Withdraw{screening.origin().record, screening.revision, std::move(*json)});
    return true;
}

bool Machine::seal(RecordKind kind) {
    auto& screening = *s_.screening;
    auto json = write_record(s_.ready, screening, maker(), kind, screening.revision + 1, s_.language);
    if (!json) {
        s_.seal_trouble = Trouble::Memory;
        return false;
    }
    ++screening.revision;
    want(SealRecord{screening.origin().record, screening.revision, std::move(*json)});
    return true;
}

RecordMaker Machine::maker() const {
    const auto& setup = *s_.setup;
    return {setup.bundle->version.deployment, setup.device, setup.bundle->version.sequence};
}

}  // namespace app::session
