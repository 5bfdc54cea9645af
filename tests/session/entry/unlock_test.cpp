// Opening the device with words: completed from the list, checked as a whole, never lost by a wrong try.
#include "tests/session/support.hpp"

using namespace test;
using session::DeviceError;
using session::DeviceWords;

namespace {

constexpr std::string_view eight = "radio hotel canal zinc yoga plaza metro solar ";

DeviceWords words() {
    auto made = DeviceWords::make(ready());
    REQUIRE(made);
    return std::move(*made);
}

void type(DeviceWords& words, std::string_view field) {
    words.type(crypto::as_bytes(field));
}

const session::EnterWords& screen(const Rig& rig) {
    return std::get<session::EnterWords>(rig.state.screen);
}

/// Slot 3 with all its words typed.
Rig& typed(Rig& rig) {
    rig.choose_slot();
    rig.send(session::ChooseSlot{2});
    rig.type_words(eight);
    REQUIRE(screen(rig).words.complete());
    rig.effects.clear();
    return rig;
}

}  // namespace

TEST_CASE("Letters offer the words that begin with them, and four letters leave one") {
    auto some = words();
    CHECK(some.fitting().empty());
    type(some, "mar");
    REQUIRE(some.fitting().size() == 2);
    CHECK(some.fitting()[0] == "maraca");
    CHECK(some.fitting()[1] == "marimba");
    type(some, "xq");
    CHECK(some.fitting().empty());
    for (const auto word : crypto::word_list()) {
        type(some, word.substr(0, 4));
        REQUIRE(some.fitting().size() == 1);
        CHECK(some.fitting()[0] == word);
    }
}

TEST_CASE("A word is taken by choosing it, or by a space where only one fits") {
    auto some = words();
    type(some, "mar");
    some.take(2);
    CHECK(some.count() == 0);
    some.take(1);
    CHECK(some.word(0) == "marimba");
    CHECK(some.letters().empty());
    type(some, "mar ");
    CHECK(some.count() == 1);
    CHECK(some.letters() == "mar");
    type(some, "MARA-");
    CHECK(some.count() == 2);
    CHECK(some.word(1) == "maraca");
}

TEST_CASE("What cannot stand in a word is left out, and the field is told") {
    auto some = words();
    const auto before = some.revision();
    type(some, "rad");
    CHECK(some.revision() == before);
    type(some, "rad7ñ");
    CHECK(some.letters() == "rad");
    CHECK(some.revision() != before);
    type(some, "abcdefghijkl");
    CHECK(some.letters() == "abcdefghi");
}

TEST_CASE("Erasing takes back the letters first, then whole words, and leaves no trace of them") {
    auto some = words();
    type(some, "radi ");
    type(some, "hot");
    some.drop();
    CHECK(some.letters().empty());
    CHECK(some.count() == 1);
    some.drop();
    CHECK(some.count() == 0);
    some.drop();
    CHECK(some.count() == 0);
    CHECK(some.word(0).empty());
}

TEST_CASE("Eight words and not fewer make the passphrase that the slots know") {
    auto some = words();
    for (std::size_t i = 0; i < crypto::passphrase_words; ++i) {
        CHECK_FALSE(some.passphrase(ready()));
        type(some, "zarz ");
    }
    type(some, "more");
    CHECK(some.letters().empty());
    const auto text = some.passphrase(ready());
    REQUIRE(text);
    const auto canonical =
        crypto::canonical_passphrase(ready(), crypto::as_bytes("zarz zarz zarz zarz zarz zarz zarz zarz"));
    REQUIRE(canonical);
    CHECK(text->equals(canonical->view()));
}

TEST_CASE("Without a key file the keyholder is asked for a slot; a key plugged in meanwhile is looked for") {
    Rig rig;
    rig.choose_slot();
    rig.effects.clear();
    rig.send(session::Retry{});
    rig.send(session::Retry{});
    REQUIRE(rig.count<session::Unlock>() == 1);
    CHECK_FALSE(rig.last<session::Unlock>()->words);
    rig.send(session::ChooseSlot{0});
    CHECK(rig.screen() == "ChoosingSlot");
    rig.send(session::UnlockFailed{DeviceError::NeedKey});
    CHECK(std::get<session::ChoosingSlot>(rig.state.screen).refused == DeviceError::NeedKey);
    rig.send(session::Retry{});
    rig.send(session::Unlocked{setup()});
    CHECK(rig.screen() == "Who");
}

TEST_CASE("There are eight slots") {
    Rig rig;
    rig.choose_slot();
    rig.send(session::ChooseSlot{8});
    CHECK(rig.screen() == "ChoosingSlot");
    rig.send(session::ChooseSlot{7});
    CHECK(rig.screen() == "EnterWords");
}

TEST_CASE("The words go to the slot that was chosen, once, and open the device") {
    Rig rig;
    typed(rig);
    rig.send(session::SubmitWords{});
    rig.send(session::SubmitWords{});
    REQUIRE(rig.count<session::Unlock>() == 1);
    const auto& words = rig.last<session::Unlock>()->words;
    REQUIRE(words);
    CHECK(words->slot == 2);
    CHECK(crypto::as_text(words->words.view()) == "radio-hotel-canal-zinc-yoga-plaza-metro-solar");
    rig.send(session::Unlocked{setup()});
    CHECK(rig.screen() == "Who");
}

TEST_CASE("Wrong words, and a device that cannot be opened now, lose nothing that was typed") {
    for (const auto error : {DeviceError::WrongWords, DeviceError::StateInUse, DeviceError::LockedMemory}) {
        Rig rig;
        typed(rig);
        rig.send(session::SubmitWords{});
        rig.send(session::DropWord{});
        rig.send(session::Back{});
        rig.send(session::UnlockFailed{error});
        REQUIRE(rig.screen() == "EnterWords");
        CHECK(screen(rig).refused == error);
        CHECK(screen(rig).words.complete());
        rig.send(session::DropWord{});
        CHECK_FALSE(screen(rig).refused);
        rig.effects.clear();
        rig.send(session::SubmitWords{});
        CHECK(rig.effects.empty());
        rig.type_words("sola ");
        rig.send(session::SubmitWords{});
        CHECK(rig.count<session::Unlock>() == 1);
    }
}

TEST_CASE("Words are hidden until they are asked for, and hidden again while they are checked") {
    Rig rig;
    typed(rig);
    CHECK_FALSE(screen(rig).shown);
    rig.send(session::ShowWords{});
    CHECK(screen(rig).shown);
    rig.send(session::SubmitWords{});
    CHECK_FALSE(screen(rig).shown);
}

TEST_CASE("Words left typed and untouched are wiped; while they are checked they are waited for") {
    Rig rig;
    typed(rig);
    rig.send(session::ShowWords{});
    REQUIRE(session::next_tick(rig.state, rig.now) == milliseconds(session::words_time));
    rig.pass(session::words_time - milliseconds(1));
    rig.send(session::Tick{});
    CHECK(rig.screen() == "EnterWords");
    rig.pass(milliseconds(1));
    rig.send(session::Tick{});
    CHECK(rig.screen() == "ChoosingSlot");
    CHECK(rig.count<session::ForgetScreen>() == 1);
    Rig checking;
    typed(checking);
    checking.send(session::SubmitWords{});
    CHECK_FALSE(session::next_tick(checking.state, checking.now));
    checking.pass(session::words_time);
    checking.send(session::Tick{});
    CHECK(checking.screen() == "EnterWords");
}

TEST_CASE("An answer to an unlocking that nobody waits for opens nothing") {
    Rig rig;
    rig.choose_slot();
    rig.send(session::Unlocked{setup()});
    CHECK(rig.screen() == "ChoosingSlot");
    rig.send(session::ChooseSlot{0});
    rig.send(session::Unlocked{setup()});
    CHECK(rig.screen() == "EnterWords");
    CHECK_FALSE(rig.state.setup);
}

TEST_CASE("Data of another programme end every way in on a screen of their own, also with the right words") {
    Rig by_key;
    Rig by_words;
    typed(by_words);
    by_words.send(session::SubmitWords{});
    for (auto* rig : {&by_key, &by_words}) {
        rig->send(session::UnlockFailed{DeviceError::OtherProgramme});
        CHECK(rig->screen() == "Problem");
        CHECK_FALSE(rig->state.setup);
        rig->send(session::UseWords{});
        CHECK(rig->screen() == "Problem");
    }
}

TEST_CASE("Where only other devices' keys are plugged in, words are the way in") {
    for (const auto error : {DeviceError::WrongKey, DeviceError::OtherKeys}) {
        Rig rig;
        rig.send(session::UnlockFailed{error});
        rig.send(session::UseWords{});
        CHECK(rig.screen() == "ChoosingSlot");
    }
}
