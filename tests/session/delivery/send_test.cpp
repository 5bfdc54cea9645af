// Sending and settings.
#include "tests/session/support.hpp"

using namespace test;

namespace {

Rig& at_send(Rig& rig, std::uint64_t waiting, std::uint64_t batches = 0) {
    rig.sign_in();
    rig.state.setup->counts.waiting = waiting;
    rig.state.setup->counts.batches = batches;
    rig.send(session::OpenSend{});
    rig.send(session::PlacesFound{{{"/media/stick", true, false, 1}, {"/media/full", true, true, 1}}});
    rig.effects.clear();
    return rig;
}

const session::Send& screen(const Rig& rig) {
    return std::get<session::Send>(rig.state.screen);
}

}  // namespace

TEST_CASE("Sending goes to the chosen place once, and its outcome is shown") {
    Rig rig;
    at_send(rig, 2);
    rig.send(session::SendTo{0});
    rig.send(session::SendTo{0});
    REQUIRE(rig.count<session::Export>() == 1);
    CHECK(rig.last<session::Export>()->place.path == "/media/stick");
    CHECK_FALSE(rig.last<session::Export>()->again);
    rig.send(session::SendProgress{5, 10});
    CHECK(screen(rig).done == 5);
    model::Counts after;
    after.batched = 2;
    after.batches = 1;
    rig.send(session::Sent{"b-0123456789abcdef.age", 1, 2, after});
    CHECK_FALSE(rig.state.exporting());
    REQUIRE(screen(rig).sent);
    CHECK(screen(rig).sent->records == 2);
    CHECK(rig.state.setup->counts.waiting == 0);
}

TEST_CASE("Nothing is written to a place that cannot be written or is not there, or when nothing waits") {
    Rig rig;
    at_send(rig, 2);
    rig.send(session::SendTo{1});
    rig.send(session::SendTo{7});
    rig.send(session::SendAgain{0});
    CHECK(rig.effects.empty());
    Rig empty;
    at_send(empty, 0);
    empty.send(session::SendTo{0});
    CHECK(empty.effects.empty());
}

TEST_CASE("Where the programme wants empty deliveries, sending goes on although nothing waits, once somebody is in") {
    Rig rig;
    at_send(rig, 0, 1);
    auto bundle = *rig.state.setup->bundle;
    bundle.policy.empty_batches = true;
    rig.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    rig.send(session::SendTo{0});
    REQUIRE(rig.count<session::Export>() == 1);
    CHECK_FALSE(rig.last<session::Export>()->again);
    rig.state.worker.reset();
    CHECK_FALSE(session::something_goes(rig.state));
}

TEST_CASE("What was batched once can be written again") {
    Rig rig;
    at_send(rig, 0, 1);
    rig.send(session::SendAgain{0});
    REQUIRE(rig.count<session::Export>() == 1);
    CHECK(rig.last<session::Export>()->again);
}

TEST_CASE("A failed sending is said and can be tried again") {
    Rig rig;
    at_send(rig, 2);
    rig.send(session::SendTo{0});
    rig.send(session::SendFailed{session::SendError::Gone});
    CHECK(screen(rig).failed == session::SendError::Gone);
    rig.effects.clear();
    rig.send(session::SendTo{0});
    CHECK(rig.count<session::Export>() == 1);
}

TEST_CASE("A sending can be stopped once; what comes of it is shown, and it can be sent again") {
    Rig rig;
    at_send(rig, 2);
    rig.send(session::CancelSending{});
    CHECK(rig.effects.empty());
    rig.send(session::SendTo{0});
    rig.send(session::CancelSending{});
    rig.send(session::CancelSending{});
    CHECK(rig.count<session::StopExport>() == 1);
    CHECK(rig.state.waits(session::Pending::StopExport));
    rig.send(session::SendFailed{session::SendError::Cancelled});
    CHECK_FALSE(rig.state.exporting());
    CHECK(screen(rig).failed == session::SendError::Cancelled);
    rig.send(session::SendTo{0});
    CHECK_FALSE(rig.state.waits(session::Pending::StopExport));
}

TEST_CASE("While a batch is written, going back waits") {
    Rig rig;
    at_send(rig, 2);
    rig.send(session::SendTo{0});
    rig.send(session::Back{});
    CHECK(rig.screen() == "Send");
}

TEST_CASE("Closing the window stops a sending that is under way and then ends") {
    Rig rig;
    at_send(rig, 2);
    rig.send(session::SendTo{0});
    rig.send(session::CloseWindow{});
    REQUIRE(rig.effects.size() >= 2);
    CHECK(std::holds_alternative<session::StopExport>(rig.effects[rig.effects.size() - 2]));
    CHECK(std::holds_alternative<session::Quit>(rig.effects.back()));
}

TEST_CASE("Text sizes go round and are remembered once the device is open") {
    Rig rig;
    rig.send(session::NextTextSize{});
    CHECK(rig.state.text_percent == 125);
    CHECK(rig.effects.empty());
    rig.sign_in();
    rig.effects.clear();
    const int expected[] = {125, 150, 200, 100};
    for (const int percent : expected) {
        rig.send(session::NextTextSize{});
        CHECK(rig.state.text_percent == percent);
        CHECK(rig.last<session::SavePreference>()->value == std::to_string(percent));
    }
}
