// Opening the device with the words of one slot.
#include "app/session/machine.hpp"
#include "crypto/slots.hpp"

namespace app::session {

bool Machine::unlocking() noexcept {
    return s_.waits(Pending::Unlock);
}

EnterWords* Machine::typing() noexcept {
    if (auto* repeat = at<RepeatWords>()) return &repeat->typed;
    auto* words = at<EnterWords>();
    return s_.waits() ? nullptr : words;
}

void Machine::on(UseWords&) {
    if (const auto* problem = at<Problem>(); problem != nullptr && wrong_key(problem->trouble)) show<ChoosingSlot>();
}

void Machine::on(ChooseSlot& event) {
    const auto* choosing = at<ChoosingSlot>();
    if (choosing == nullptr || s_.waits() || event.slot >= crypto::slot_count) return;
    auto words = DeviceWords::make(s_.ready);
    if (!words) return show(Problem{Trouble::LockedMemory, true});
    show(EnterWords{event.slot, std::move(*words), false, std::nullopt, choosing->proof});
}

void Machine::on(TypeLetters& event) {
    auto* words = typing();
    if (words == nullptr) return;
    words->words.type(event.text.view());
    words->refused.reset();
}

void Machine::on(TakeWord& event) {
    auto* words = typing();
    if (words == nullptr) return;
    words->words.take(event.place);
    words->refused.reset();
}

void Machine::on(DropWord&) {
    auto* words = typing();
    if (words == nullptr) return;
    words->words.drop();
    words->refused.reset();
}

void Machine::on(ShowWords&) {
    if (auto* words = typing()) words->shown = !words->shown;
}

void Machine::on(SubmitWords&) {
    auto* words = typing();
    if (words == nullptr || !words->words.complete()) return;
    if (auto* repeat = at<RepeatWords>()) return repeated(*repeat);
    auto text = words->words.passphrase(s_.ready);
    if (!text) {
        words->refused = Trouble::LockedMemory;
        return;
    }
    words->refused.reset();
    words->shown = false;
    SlotWords said{words->slot, std::move(*text)};
    if (words->proof) return want(ProveKey{std::move(said), *words->proof}, Pending::ProveKey);
    want(Unlock{std::move(said)}, Pending::Unlock);
}

void Machine::drop_old_words() {
    if (!words_wait(s_) || now_.steady < s_.touched + words_time) return;
    if (first_lead_waits(s_)) return end_first_lead();
    want(ForgetScreen{});
    show<ChoosingSlot>();
}

}  // namespace app::session
