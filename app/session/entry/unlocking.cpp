// Opening the device with a key file or the words of one slot, and showing the same key once it is open.
#include "app/session/entry/rules.hpp"
#include "crypto/slots.hpp"

namespace app::session {

bool Entry::unlocking() noexcept {
    // The first screen of all waits for it before anybody has asked.
    return s_.waits(Pending::Unlock) || at<Starting>() != nullptr;
}

void Entry::on(Unlocked& event) {
    if (!unlocking() && !s_.waits(Pending::FindBundle)) return;
    open(std::move(event.setup));
}

void Entry::on(UnlockFailed& event) {
    if (!unlocking()) return;
    const auto error = event.error;
    if (error == DeviceError::StoreDamaged) return show_damaged();
    if (auto* words = at<EnterWords>(); words != nullptr && error != DeviceError::OtherProgramme) {
        came(Pending::Unlock);
        words->refused = error;
        return;
    }
    if (error == DeviceError::NeedKey) {
        const bool looked = at<ChoosingSlot>() != nullptr;
        return show(ChoosingSlot{looked ? std::optional(error) : std::nullopt, std::nullopt});
    }
    const bool retry = error != DeviceError::SelfTest && error != DeviceError::LockedMemory;
    show(Problem{error, retry});
}

void Entry::on(Problem& problem, UseWords&) {
    if (wrong_key(problem.error)) show<ChoosingSlot>();
}

void Entry::on(ChoosingSlot& choosing, Retry&) {
    if (s_.waits()) return;
    choosing.refused.reset();
    if (choosing.proof) return want(ProveKey{std::nullopt, *choosing.proof}, Pending::ProveKey);
    want(Unlock{}, Pending::Unlock);
}

void Entry::on(ChoosingSlot& choosing, ChooseSlot& event) {
    if (s_.waits() || event.slot >= crypto::slot_count) return;
    auto words = DeviceWords::make(s_.ready);
    if (!words) return show(Problem{DeviceError::LockedMemory, true});
    show(EnterWords{event.slot, std::move(*words), false, std::nullopt, choosing.proof});
}

void Entry::on(ChoosingSlot& choosing, KeyNotProved& event) {
    if (came(Pending::ProveKey)) choosing.refused = event.error;
}

void Entry::on(ChoosingSlot& choosing, Back&) {
    if (choosing.proof && !s_.waits()) show<DeviceKeys>();
}

void Entry::on(EnterWords& words, TypeLetters& event) {
    if (!s_.waits()) words.type(event.text.view());
}

void Entry::on(EnterWords& words, TakeWord& event) {
    if (!s_.waits()) words.take(event.place);
}

void Entry::on(EnterWords& words, DropWord&) {
    if (!s_.waits()) words.drop();
}

void Entry::on(EnterWords& words, ShowWords&) {
    if (!s_.waits()) words.shown = !words.shown;
}

void Entry::on(EnterWords& words, SubmitWords&) {
    if (s_.waits() || !words.words.complete()) return;
    auto text = words.words.passphrase(s_.ready);
    if (!text) {
        words.refused = DeviceError::LockedMemory;
        return;
    }
    words.refused.reset();
    words.shown = false;
    SlotWords said{words.slot, std::move(*text)};
    if (words.proof) return want(ProveKey{std::move(said), *words.proof}, Pending::ProveKey);
    want(Unlock{std::move(said)}, Pending::Unlock);
}

void Entry::on(EnterWords& words, KeyNotProved& event) {
    if (came(Pending::ProveKey)) words.refused = event.error;
}

void Entry::on(EnterWords& words, Back&) {
    if (!s_.waits()) show(ChoosingSlot{std::nullopt, words.proof});
}

void Entry::drop_old_words() {
    if (!words_wait(s_) || s_.now.steady < s_.touched + words_time) return;
    if (first_lead_waits(s_)) return end_first_lead();
    want(ForgetScreen{});
    // Of a device that is not made yet: nothing knows them.
    if (at<NewWords>() != nullptr || at<RepeatWords>() != nullptr) return show<NotSetUp>();
    show<ChoosingSlot>();
}

}  // namespace app::session
