// A damaged store is repaired by whoever unlocked it, with the words that are still there; the words do not stay for
// ever.
#include "tests/session/support.hpp"

using namespace test;
using session::DeviceError;

namespace {

/// Words were typed and are right; the database is damaged.
Rig& damaged(Rig& rig) {
    rig.choose_slot();
    rig.send(session::ChooseSlot{2});
    rig.type_words("radio hotel canal zinc yoga plaza metro solar ");
    rig.send(session::SubmitWords{});
    rig.effects.clear();
    rig.send(session::UnlockFailed{DeviceError::StoreDamaged});
    REQUIRE(rig.screen() == "Damaged");
    return rig;
}

const session::Damaged& damage_screen(const Rig& rig) {
    return std::get<session::Damaged>(rig.state.screen);
}

}  // namespace

TEST_CASE("Nothing is repaired before somebody says so, and then once") {
    Rig rig;
    damaged(rig);
    CHECK(rig.effects.empty());
    rig.send(session::RepairNow{});
    rig.send(session::RepairNow{});
    REQUIRE(rig.count<session::RepairStore>() == 1);
    const auto& words = rig.last<session::RepairStore>()->words;
    REQUIRE(words);
    CHECK(words->slot == 2);
    CHECK(crypto::as_text(words->words.view()) == "radio-hotel-canal-zinc-yoga-plaza-metro-solar");
    rig.send(session::RepairProgress{3, 8});
    CHECK(damage_screen(rig).done == 3);
}

TEST_CASE("A repair that failed can be tried again with the same words") {
    Rig rig;
    damaged(rig);
    rig.send(session::RepairNow{});
    rig.send(session::RepairFailed{DeviceError::NoRoom});
    CHECK(damage_screen(rig).failed == DeviceError::NoRoom);
    CHECK_FALSE(rig.state.waits());
    rig.effects.clear();
    rig.send(session::RepairNow{});
    CHECK(rig.last<session::RepairStore>()->words);
}

TEST_CASE("With a key file a repair needs no words") {
    Rig rig;
    rig.effects = session::begin(rig.state, rig.now);
    rig.send(session::UnlockFailed{DeviceError::StoreDamaged});
    rig.send(session::RepairNow{});
    REQUIRE(rig.last<session::RepairStore>() != nullptr);
    CHECK_FALSE(rig.last<session::RepairStore>()->words);
}

TEST_CASE("Words that wait for a repair are wiped as others are; while it works they are needed") {
    Rig rig;
    damaged(rig);
    REQUIRE(session::next_tick(rig.state, rig.now) == milliseconds(session::words_time));
    rig.send(session::RepairNow{});
    CHECK_FALSE(session::next_tick(rig.state, rig.now));
    rig.send(session::RepairFailed{DeviceError::NoRoom});
    rig.pass(session::words_time);
    rig.send(session::Tick{});
    CHECK(rig.screen() == "ChoosingSlot");
    CHECK(rig.count<session::ForgetScreen>() == 1);
}

TEST_CASE("After a repair people sign in; when the setup is lost the device says what it needs") {
    Rig rig;
    damaged(rig);
    rig.send(session::RepairNow{});
    session::StoreRepaired whole;
    whole.setup = setup();
    rig.send(std::move(whole));
    REQUIRE(rig.screen() == "RepairedScreen");
    rig.send(session::Next{});
    CHECK(rig.screen() == "Who");

    Rig lost;
    damaged(lost);
    lost.send(session::RepairNow{});
    session::StoreRepaired nothing;
    nothing.told.error = DeviceError::StateMissing;
    lost.send(std::move(nothing));
    lost.send(session::Next{});
    CHECK(lost.screen() == "Problem");
}

TEST_CASE("A repair that nobody asked for changes nothing") {
    Rig rig;
    rig.choose_slot();
    session::StoreRepaired repaired;
    repaired.setup = setup();
    rig.send(std::move(repaired));
    CHECK(rig.screen() == "ChoosingSlot");
    CHECK_FALSE(rig.state.setup);
}
