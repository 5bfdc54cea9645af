// New words for the device: only by the shift lead with a key in hand, only after they were typed again, and told.
#include "tests/session/support.hpp"

using namespace test;
using session::DeviceError;
using session::KeyUse;

namespace {

constexpr std::string_view old_words = "tango tango tango tango tango tango tango tango ";
constexpr std::string_view new_words = "radio hotel canal zinc yoga plaza metro solar ";

session::FreshWords fresh(KeyUse use = KeyUse::Change, std::size_t slot = 4, bool by_key_file = false) {
    auto words = crypto::canonical_passphrase(ready(), crypto::as_bytes(new_words));
    REQUIRE(words);
    return {use, slot, by_key_file, std::move(*words)};
}

Rig& at_keys(Rig& rig) {
    rig.sign_in();
    rig.send(session::OpenSettings{});
    rig.send(session::OpenDeviceKeys{});
    REQUIRE(rig.screen() == "DeviceKeys");
    rig.effects.clear();
    return rig;
}

/// The present words of slot 5 were typed and are looked at.
Rig& proving(Rig& rig) {
    at_keys(rig);
    rig.send(session::ChangeWords{});
    rig.send(session::ChooseSlot{4});
    rig.type_words(old_words);
    rig.send(session::SubmitWords{});
    return rig;
}

Rig& repeating(Rig& rig) {
    proving(rig);
    rig.send(session::WordsMade{fresh()});
    REQUIRE(rig.screen() == "NewWords");
    rig.send(session::WroteWords{});
    REQUIRE(rig.screen() == "RepeatWords");
    rig.effects.clear();
    return rig;
}

Rig& saving(Rig& rig) {
    repeating(rig);
    rig.type_words(new_words);
    rig.send(session::SubmitWords{});
    REQUIRE(rig.screen() == "SavingWords");
    return rig;
}

const session::KeysTold& told(const Rig& rig) {
    return std::get<session::KeysTold>(rig.state.screen);
}

}  // namespace

TEST_CASE("Only the shift lead comes to the keys of the device") {
    Rig rig(model::Role::Border);
    rig.sign_in();
    rig.send(session::OpenSettings{});
    rig.send(session::OpenDeviceKeys{});
    CHECK(rig.screen() == "NotAllowed");
    rig.send(session::ChangeWords{});
    rig.send(session::AddWords{});
    CHECK(rig.screen() == "NotAllowed");
}

TEST_CASE("A PIN alone makes no words: a keyholder's own words or key file are asked for first") {
    Rig rig(model::Role::ShiftLead);
    proving(rig);
    REQUIRE(rig.count<session::ProveKey>() == 1);
    CHECK(rig.count<session::Unlock>() == 0);
    const auto& proof = *rig.last<session::ProveKey>();
    REQUIRE(proof.words);
    CHECK(proof.words->slot == 4);
    CHECK(proof.use == KeyUse::Change);
    rig.send(session::Unlocked{setup()});
    CHECK(rig.screen() == "EnterWords");
    Rig by_key(model::Role::ShiftLead);
    at_keys(by_key);
    by_key.send(session::AddWords{});
    by_key.send(session::Retry{});
    REQUIRE(by_key.count<session::ProveKey>() == 1);
    CHECK_FALSE(by_key.last<session::ProveKey>()->words);
    CHECK(by_key.last<session::ProveKey>()->use == KeyUse::Add);
    CHECK(by_key.count<session::Unlock>() == 0);
}

TEST_CASE("Wrong present words and a missing key file are said where they were given") {
    Rig rig(model::Role::ShiftLead);
    proving(rig);
    rig.send(session::KeyNotProved{DeviceError::WrongWords});
    REQUIRE(rig.screen() == "EnterWords");
    CHECK(std::get<session::EnterWords>(rig.state.screen).refused == DeviceError::WrongWords);
    CHECK(std::get<session::EnterWords>(rig.state.screen).words.complete());
    rig.send(session::Back{});
    rig.send(session::Retry{});
    rig.send(session::KeyNotProved{DeviceError::NeedKey});
    CHECK(std::get<session::ChoosingSlot>(rig.state.screen).refused == DeviceError::NeedKey);
    rig.send(session::Back{});
    CHECK(rig.screen() == "DeviceKeys");
}

TEST_CASE("Words that nobody asked for are not shown") {
    Rig rig(model::Role::ShiftLead);
    at_keys(rig);
    rig.send(session::WordsMade{fresh()});
    CHECK(rig.screen() == "DeviceKeys");
    rig.send(session::ChangeWords{});
    rig.send(session::WordsMade{fresh()});
    CHECK(rig.screen() == "ChoosingSlot");
    Rig unlocking;
    unlocking.choose_slot();
    unlocking.send(session::Retry{});
    unlocking.send(session::WordsMade{fresh()});
    CHECK(unlocking.screen() == "ChoosingSlot");
}

TEST_CASE("New words are in force only after the same were typed again") {
    Rig rig(model::Role::ShiftLead);
    repeating(rig);
    rig.type_words(old_words);
    rig.send(session::SubmitWords{});
    CHECK(rig.count<session::SaveWords>() == 0);
    REQUIRE(rig.screen() == "RepeatWords");
    CHECK(std::get<session::RepeatWords>(rig.state.screen).typed.refused == DeviceError::OtherWords);
    rig.send(session::Back{});
    REQUIRE(rig.screen() == "NewWords");
    rig.send(session::WroteWords{});
    rig.type_words(new_words);
    rig.send(session::SubmitWords{});
    REQUIRE(rig.count<session::SaveWords>() == 1);
    const auto& saved = rig.last<session::SaveWords>()->fresh;
    CHECK(saved.slot == 4);
    CHECK(crypto::as_text(saved.words.view()) == "radio-hotel-canal-zinc-yoga-plaza-metro-solar");
    CHECK(rig.screen() == "SavingWords");
    rig.send(session::Back{});
    CHECK(rig.screen() == "SavingWords");
    rig.send(session::KeysSaved{KeyUse::Change, 4, false, {4}});
    REQUIRE(rig.screen() == "KeysTold");
    CHECK_FALSE(told(rig).failed);
    CHECK(rig.state.setup->keys == std::vector<std::size_t>{4});
}

TEST_CASE("A change that failed says so, and the keys shown are those that still open") {
    Rig rig(model::Role::ShiftLead);
    saving(rig);
    const auto before = rig.state.setup->keys;
    rig.send(session::KeysFailed{DeviceError::NoRoom});
    REQUIRE(rig.screen() == "KeysTold");
    CHECK(told(rig).failed == DeviceError::NoRoom);
    CHECK(rig.state.setup->keys == before);
}

TEST_CASE("While keys are changed nobody is warned for idling; afterwards the time begins anew") {
    Rig rig(model::Role::ShiftLead);
    saving(rig);
    rig.pass(std::chrono::hours(1));
    CHECK_FALSE(session::next_tick(rig.state, rig.now));
    rig.send(session::KeysSaved{KeyUse::Change, 4, false, {4}});
    CHECK(session::next_tick(rig.state, rig.now) == milliseconds(std::chrono::minutes(3)));
}

TEST_CASE("Whoever left while keys were changed is told at the next sign-in, and only a shift lead") {
    for (const bool failed : {false, true}) {
        Rig rig(model::Role::ShiftLead);
        saving(rig);
        rig.send(session::QuickExit{});
        if (failed)
            rig.send(session::KeysFailed{DeviceError::NoRoom});
        else
            rig.send(session::KeysSaved{KeyUse::Change, 4, false, {4}});
        CHECK(rig.screen() == "Clock");
        rig.come_back(1);
        CHECK(rig.screen() == "Home");
        rig.send(session::Leave{});
        rig.come_back(3, model::Role::ShiftLead);
        REQUIRE(rig.screen() == "KeysTold");
        CHECK(told(rig).failed.has_value() == failed);
        rig.send(session::Next{});
        CHECK(rig.screen() == "DeviceKeys");
        rig.send(session::Leave{});
        rig.come_back(3, model::Role::ShiftLead);
        CHECK(rig.screen() == "Home");
    }
}

TEST_CASE("Words that were made and not yet saved are gone with the screen") {
    for (const bool idle : {false, true}) {
        Rig rig(model::Role::ShiftLead);
        repeating(rig);
        if (idle) {
            rig.idle();
            rig.idle();
        } else {
            rig.send(session::Leave{});
        }
        CHECK(rig.screen() == "Clock");
        CHECK_FALSE(rig.state.under);
        CHECK(rig.count<session::SaveWords>() == 0);
        rig.send(session::KeysFailed{DeviceError::Other});
        CHECK_FALSE(rig.state.keys_told);
    }
}
