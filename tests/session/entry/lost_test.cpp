// What can be made anew and was lost: the bundle comes on a stick, and what is sealed leaves without it; a shift lead
// is made by whoever has just shown a key of the device, and by nobody else.
#include "tests/session/support.hpp"

using namespace test;
using session::DeviceError;

namespace {

session::BundleLost lost(bool can_send = true) {
    session::BundleLost made;
    made.counts.waiting = 3;
    made.sequence = 7;
    made.can_send = can_send;
    return made;
}

session::Setup without_lead(bool with_workers = false) {
    auto made = setup();
    if (with_workers)
        std::erase_if(made.workers, [](const auto& w) { return w.role == model::Role::ShiftLead; });
    else
        made.workers.clear();
    made.counts.batched = 1;  // it was in use
    return made;
}

void start(Rig& rig) {
    rig.effects = session::begin(rig.state, rig.now);
    rig.switched_on = true;
}

void digits(Rig& rig, std::string_view text) {
    for (const char digit : text) rig.send(session::PinDigit{static_cast<std::uint8_t>(digit - '0')});
    rig.send(session::PinSubmit{});
}

const session::AddingWorker& adding(const Rig& rig) {
    return std::get<session::AddingWorker>(rig.state.screen);
}

}  // namespace

TEST_CASE("Without a bundle what is sealed can be sent, and looking on sticks leads to the next screening") {
    Rig rig;
    start(rig);
    rig.send(session::UnlockedWithoutBundle{lost()});
    REQUIRE(rig.screen() == "BundleLost");
    rig.send(session::OpenSend{});
    REQUIRE(rig.screen() == "Send");
    rig.send(session::PlacesFound{{{"/media/x", true, false, 1}}});
    rig.effects.clear();
    rig.send(session::SendTo{0});
    CHECK(rig.count<session::Export>() == 1);
    session::Sent sent;
    sent.counts.batched = 3;
    sent.counts.batches = 1;
    rig.send(std::move(sent));
    rig.send(session::Back{});
    REQUIRE(rig.screen() == "BundleLost");
    CHECK(std::get<session::BundleLost>(rig.state.screen).counts.waiting == 0);

    rig.effects.clear();
    rig.send(session::Retry{});
    rig.send(session::Retry{});
    CHECK(rig.count<session::FindBundle>() == 1);
    rig.send(session::BundleNotFound{DeviceError::OldBundle});
    CHECK(std::get<session::BundleLost>(rig.state.screen).failed == DeviceError::OldBundle);
    rig.send(session::Unlocked{setup()});  // nobody asked for it
    CHECK(rig.screen() == "BundleLost");
    rig.send(session::Retry{});
    rig.send(session::Unlocked{setup()});
    CHECK(rig.screen() == "Who");
    CHECK_FALSE(rig.state.lost_bundle);
}

TEST_CASE("Where it is not known who could read it nothing is sent") {
    Rig rig;
    start(rig);
    rig.send(session::UnlockedWithoutBundle{lost(false)});
    rig.send(session::OpenSend{});
    CHECK(rig.screen() == "BundleLost");
}

TEST_CASE("A repair that lost the bundle leads to where it is asked for") {
    Rig rig;
    start(rig);
    rig.send(session::UnlockFailed{DeviceError::StoreDamaged});
    rig.send(session::RepairNow{});
    session::StoreRepaired repaired;
    repaired.without_bundle = lost();
    rig.send(std::move(repaired));
    rig.send(session::Next{});
    CHECK(rig.screen() == "BundleLost");
}

TEST_CASE("Where nobody leads, whoever has just shown a key makes the first lead: a number and twice a PIN") {
    Rig rig;
    start(rig);
    rig.send(session::Unlocked{without_lead()});
    REQUIRE(rig.screen() == "AddingWorker");
    CHECK(adding(rig).first_lead);
    rig.send(session::PinBackspace{});
    digits(rig, "12");
    CHECK(adding(rig).step == session::AddStep::Pin);  // no other role is offered
    digits(rig, "246802");
    digits(rig, "246803");
    CHECK(adding(rig).error == session::PeopleError::Differ);
    digits(rig, "246802");
    rig.effects.clear();
    digits(rig, "246802");
    const auto* save = rig.last<session::SaveWorker>();
    REQUIRE(save != nullptr);
    CHECK(save->first_lead);
    CHECK(save->worker.number.value == 12);
    CHECK(save->worker.role == model::Role::ShiftLead);
    rig.send(session::WorkerSaved{{{{12}, model::Role::ShiftLead}}});
    CHECK(rig.screen() == "Who");
}

TEST_CASE("The chance to make the first lead ends when nobody does anything, with a quick exit, and when it was left") {
    for (const bool quick : {false, true}) {
        Rig rig;
        start(rig);
        rig.send(session::Unlocked{without_lead()});
        REQUIRE(session::next_tick(rig.state, rig.now));
        if (quick) {
            rig.send(session::QuickExit{});
        } else {
            rig.pass(session::words_time);
            rig.send(session::Tick{});
        }
        CHECK(rig.screen() == "ChoosingSlot");
        CHECK_FALSE(rig.state.setup);
    }
    Rig rig;
    start(rig);
    rig.send(session::Unlocked{without_lead(true)});
    rig.send(session::Back{});
    CHECK(rig.screen() == "Who");
    rig.send(session::AddWorker{});
    rig.send(session::Back{});
    CHECK(rig.screen() == "Who");
    Rig alone;  // where nobody could come in, there is nowhere to go back to
    start(alone);
    alone.send(session::Unlocked{without_lead()});
    alone.send(session::Back{});
    CHECK(alone.screen() == "AddingWorker");
}

TEST_CASE("What a repair told does not leave the chance to make a first lead to whoever comes by later") {
    Rig rig;
    start(rig);
    rig.send(session::UnlockFailed{DeviceError::StoreDamaged});
    rig.send(session::RepairNow{});
    session::StoreRepaired repaired;
    repaired.setup = without_lead();
    rig.send(std::move(repaired));
    REQUIRE(rig.screen() == "RepairedScreen");
    rig.pass(session::words_time);
    rig.send(session::Tick{});
    CHECK(rig.screen() == "ChoosingSlot");
    rig.send(session::Next{});
    CHECK(rig.screen() == "ChoosingSlot");
}

TEST_CASE("Nobody makes a first lead where somebody leads") {
    Rig rig;
    rig.unlock();
    CHECK(rig.screen() == "Who");
}
