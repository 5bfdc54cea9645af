// Opening the device with the words of one slot.
#include "app/session/machine.hpp"
#include "crypto/slots.hpp"

namespace app::session {

bool Machine::unlocking() noexcept {
    // The first screen of all waits for it before anybody has asked.
    return s_.waits(Pending::Unlock) || at<Starting>() != nullptr;
}

void Machine::on(Problem& problem, UseWords&) {
    if (wrong_key(problem.error)) show<ChoosingSlot>();
}

void Machine::on(ChoosingSlot& choosing, ChooseSlot& event) {
    if (s_.waits() || event.slot >= crypto::slot_count) return;
    auto words = DeviceWords::make(s_.ready);
    if (!words) return show(Problem{DeviceError::LockedMemory, true});
    show(EnterWords{event.slot, std::move(*words), false, std::nullopt, choosing.proof});
}

void Machine::on(EnterWords& words, TypeLetters& event) {
    if (s_.waits()) return;
    words.words.type(event.text.view());
    words.refused.reset();
}

void Machine::on(RepeatWords& repeat, TypeLetters& event) {
    on(repeat.typed, event);
}

void Machine::on(EnterWords& words, TakeWord& event) {
    if (s_.waits()) return;
    words.words.take(event.place);
    words.refused.reset();
}

void Machine::on(RepeatWords& repeat, TakeWord& event) {
    on(repeat.typed, event);
}

void Machine::on(EnterWords& words, DropWord&) {
    if (s_.waits()) return;
    words.words.drop();
    words.refused.reset();
}

void Machine::on(RepeatWords& repeat, DropWord& event) {
    on(repeat.typed, event);
}

void Machine::on(EnterWords& words, ShowWords&) {
    if (s_.waits()) return;
    words.shown = !words.shown;
}

void Machine::on(RepeatWords& repeat, ShowWords& event) {
    on(repeat.typed, event);
}

void Machine::on(EnterWords& words, SubmitWords&) {
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

void Machine::on(EnterWords& words, Back&) {
    if (!s_.waits()) show(ChoosingSlot{std::nullopt, words.proof});
}

void Machine::drop_old_words() {
    if (!words_wait(s_) || now_.steady < s_.touched + words_time) return;
    if (first_lead_waits(s_)) return end_first_lead();
    want(ForgetScreen{});
    show<ChoosingSlot>();
}

}  // namespace app::session
