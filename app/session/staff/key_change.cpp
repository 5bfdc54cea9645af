// New words for the device: a key in hand is shown, words are made, written down, typed again, and only then in force.
#include "app/session/machine.hpp"

namespace app::session {

void Machine::on(Settings&, OpenDeviceKeys&) {
    if (!leads()) return show<NotAllowed>();
    show<DeviceKeys>();
}

void Machine::on(DeviceKeys&, ChangeWords&) {
    if (leads()) show(ChoosingSlot{std::nullopt, KeyUse::Change});
}

void Machine::on(DeviceKeys&, AddWords&) {
    if (leads()) show(ChoosingSlot{std::nullopt, KeyUse::Add});
}

void Machine::on(WordsMade& event) {
    if (!s_.waits(Pending::ProveKey) || !leads()) return;
    s_.touched = now_.steady;
    show(NewWords{std::move(event.fresh)});
}

void Machine::on(NewWords& made, WroteWords&) {
    auto words = DeviceWords::make(s_.ready);
    if (!words) return show(Problem{DeviceError::LockedMemory, true});
    auto fresh = std::move(made.fresh);
    const auto slot = fresh.slot;
    show(RepeatWords{std::move(fresh), EnterWords{slot, std::move(*words), false, std::nullopt, std::nullopt}});
}

void Machine::on(RepeatWords& repeat, SubmitWords&) {
    if (!repeat.typed.words.complete()) return;
    const auto text = repeat.typed.words.passphrase(s_.ready);
    if (!text) return void(repeat.typed.refused = DeviceError::LockedMemory);
    if (!text->equals(repeat.fresh.words.view())) return void(repeat.typed.refused = DeviceError::OtherWords);
    const auto use = repeat.fresh.use;
    s_.saving_words = true;
    want(SaveWords{std::move(repeat.fresh)});
    want(ForgetScreen{});
    show(SavingWords{use});
    s_.screen.pending = Pending::SaveWords;
}

void Machine::on(KeysSaved& event) {
    if (!s_.setup || !s_.saving_words) return;
    s_.setup->keys = std::move(event.slots);
    if (event.use == KeyUse::Change) s_.setup->keys_lost.clear();  // every key that is left was made anew
    tell_keys({event.use, event.slot, event.by_key_file, std::nullopt});
}

void Machine::on(KeysFailed& event) {
    if (s_.saving_words) tell_keys({KeyUse::Change, 0, false, event.error});
}

void Machine::on(ChoosingSlot& choosing, KeyNotProved& event) {
    if (came(Pending::ProveKey)) choosing.refused = event.error;
}

void Machine::on(EnterWords& words, KeyNotProved& event) {
    if (came(Pending::ProveKey)) words.refused = event.error;
}

void Machine::tell_keys(KeysTold told) {
    s_.saving_words = false;
    s_.touched = now_.steady;
    if (at<SavingWords>() != nullptr) return show(told);
    s_.keys_told = told;  // the screen was left meanwhile: whoever leads the shift is told at the next sign-in
}

void Machine::on(ChoosingSlot& choosing, Back&) {
    if (choosing.proof && !s_.waits()) show<DeviceKeys>();
}

void Machine::on(DeviceKeys&, Back&) {
    show<Settings>();
}

void Machine::on(NewWords&, Back&) {
    show<DeviceKeys>();
}

void Machine::on(KeysTold&, Back&) {
    show<DeviceKeys>();
}

void Machine::on(KeysTold&, Next&) {
    show<DeviceKeys>();
}

void Machine::on(RepeatWords& repeat, Back&) {
    auto fresh = std::move(repeat.fresh);
    show(NewWords{std::move(fresh)});
}

}  // namespace app::session
