// New words for the device: a key in hand is shown, words are made, written down, typed again, and only then in force.
#include "app/session/staff/rules.hpp"

namespace app::session {

void Staff::on(Settings&, OpenDeviceKeys&) {
    if (!s_.leads()) return show<NotAllowed>();
    show<DeviceKeys>();
}

void Staff::on(DeviceKeys&, ChangeWords&) {
    if (s_.leads()) show(ChoosingSlot{std::nullopt, KeyUse::Change});
}

void Staff::on(DeviceKeys&, AddWords&) {
    if (s_.leads()) show(ChoosingSlot{std::nullopt, KeyUse::Add});
}

void Staff::on(WordsMade& event) {
    if (!s_.waits(Pending::ProveKey) || !s_.leads()) return;
    s_.touched = s_.now.steady;
    show(NewWords{std::move(event.fresh)});
}

void Staff::on(NewWords& made, WroteWords&) {
    auto words = DeviceWords::make(s_.ready);
    if (!words) return show(Problem{DeviceError::LockedMemory, true});
    auto fresh = std::move(made.fresh);
    const auto slot = fresh.slot;
    show(RepeatWords{std::move(fresh), EnterWords{slot, std::move(*words), false, std::nullopt, std::nullopt}});
}

void Staff::on(RepeatWords& repeat, TypeLetters& event) {
    repeat.typed.type(event.text.view());
}

void Staff::on(RepeatWords& repeat, TakeWord& event) {
    repeat.typed.take(event.place);
}

void Staff::on(RepeatWords& repeat, DropWord&) {
    repeat.typed.drop();
}

void Staff::on(RepeatWords& repeat, ShowWords&) {
    repeat.typed.shown = !repeat.typed.shown;
}

void Staff::on(RepeatWords& repeat, SubmitWords&) {
    if (!repeat.typed.words.complete()) return;
    const auto text = repeat.typed.words.passphrase(s_.ready);
    if (!text) return void(repeat.typed.refused = DeviceError::LockedMemory);
    if (!text->equals(repeat.fresh.words.view())) return void(repeat.typed.refused = DeviceError::OtherWords);
    const auto use = repeat.fresh.use;
    if (use == KeyUse::First) {
        want(MakeDevice{std::move(repeat.fresh.words)});
        want(ForgetScreen{});
        show(SavingWords{use});
        s_.screen.pending = Pending::MakeDevice;
        return;
    }
    s_.outlasting.add(Pending::SaveWords);
    want(SaveWords{std::move(repeat.fresh)});
    want(ForgetScreen{});
    show(SavingWords{use});
    s_.screen.pending = Pending::SaveWords;
}

void Staff::on(KeysSaved& event) {
    if (!s_.setup || !s_.outlasting.has(Pending::SaveWords)) return;
    s_.setup->keys = std::move(event.slots);
    if (event.use == KeyUse::Change) s_.setup->keys_lost.clear();  // every key that is left was made anew
    tell_keys({event.use, event.slot, event.by_key_file, std::nullopt});
}

void Staff::on(KeysFailed& event) {
    if (s_.outlasting.has(Pending::SaveWords)) tell_keys({KeyUse::Change, 0, false, event.error});
}

void Staff::tell_keys(KeysTold told) {
    s_.outlasting.drop(Pending::SaveWords);
    s_.touched = s_.now.steady;
    if (at<SavingWords>() != nullptr) return show(told);
    s_.keys_told = told;  // the screen was left meanwhile: whoever leads the shift is told at the next sign-in
}

void Staff::on(DeviceKeys&, Back&) {
    show<Settings>();
}

void Staff::on(NewWords& made, Back&) {
    if (made.fresh.use == KeyUse::First) return show<NotSetUp>();
    show<DeviceKeys>();
}

void Staff::on(KeysTold&, Back&) {
    show<DeviceKeys>();
}

void Staff::on(KeysTold&, Next&) {
    show<DeviceKeys>();
}

void Staff::on(RepeatWords& repeat, Back&) {
    auto fresh = std::move(repeat.fresh);
    show(NewWords{std::move(fresh)});
}

}  // namespace app::session
