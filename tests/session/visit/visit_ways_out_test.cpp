// Between first contact and the longer form, and out of the longer form: nothing that was said is lost, and what is
// taken back is taken back whole.
#include <nlohmann/json.hpp>

#include "tests/session/support.hpp"

using namespace test;
using nlohmann::json;

TEST_CASE("When first contact cannot be stored the question stays, says why, and can be answered again") {
    Rig rig;
    rig.first_contact();
    rig.effects.clear();
    rig.send(session::SayLonger{true});
    rig.not_stored(session::DeviceError::NoRoom);
    REQUIRE(rig.screen() == "AskingLonger");
    CHECK(rig.state.seal_error == session::DeviceError::NoRoom);
    CHECK(rig.count<session::Prepare>() == 0);
    CHECK(rig.state.screening);
    rig.send(session::SayLonger{true});
    CHECK_FALSE(rig.state.seal_error);
    rig.stored();
    CHECK(rig.count<session::Prepare>() == 1);
}

TEST_CASE("When there is no memory for the longer form the first one still comes to its end") {
    Rig rig;
    rig.first_contact();
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.send(session::PrepareFailed{session::DeviceError::LockedMemory});
    REQUIRE(rig.screen() == "AskingLonger");
    CHECK(rig.state.seal_error == session::DeviceError::LockedMemory);
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.send(session::Prepared{origin('b', 4096)});
    REQUIRE(rig.screen() == "AskingLonger");
    CHECK(rig.state.seal_error == session::DeviceError::Memory);
    CHECK(rig.state.screening->form().id == "first-contact");
    rig.send(session::SayLonger{false});
    CHECK(rig.screen() == "ForPerson");
    rig.send(session::PersonDone{});
    CHECK(rig.screen() == "ForWorker");
}

TEST_CASE("A way out taken while the longer form is made ready keeps first contact, final") {
    struct {
        bool stored;
        std::size_t seals;  ///< of the final revision
    } const cases[] = {{false, 1}, {true, 2}};
    for (const auto& one : cases) {
        Rig rig;
        rig.first_contact();
        rig.effects.clear();
        rig.send(session::SayLonger{true});
        if (one.stored) rig.stored();
        rig.send(session::QuickExit{});
        CHECK(rig.screen() == "Clock");
        CHECK(rig.count<session::SealRecord>() == one.seals);
        CHECK(json::parse(rig.record())["kind"] == "final");
        CHECK(rig.state.unstored.size() == 1);
        rig.send(session::Prepared{origin('b')});  // too late: nobody is there any more
        CHECK(rig.screen() == "Clock");
        CHECK_FALSE(rig.state.screening);
        rig.stored();
        CHECK(rig.state.unstored.empty());
    }
}

TEST_CASE("Whoever looks at leaving while the longer form is made ready comes back to the same question") {
    Rig rig;
    rig.first_contact();
    rig.send(session::SayLonger{true});
    rig.send(session::Leave{});
    CHECK(rig.screen() == "AskingLonger");  // it is being stored
    rig.stored();
    rig.send(session::Leave{});
    REQUIRE(rig.screen() == "Leaving");
    rig.send(session::Prepared{origin('b')});
    CHECK(rig.screen() == "Leaving");
    rig.send(session::StayHere{});
    REQUIRE(rig.screen() == "AskingLonger");
    CHECK_FALSE(rig.state.going_on());
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.send(session::Prepared{origin('b')});
    CHECK(rig.screen() == "Question");
}

TEST_CASE("An untouched question whether to go on turns neutral and comes back with the worker") {
    Rig rig;
    rig.first_contact();
    rig.send(session::SayLonger{true});
    rig.stored();
    rig.idle();
    REQUIRE(rig.screen() == "IdleWarning");
    rig.idle();
    REQUIRE(rig.screen() == "Clock");
    rig.send(session::Prepared{origin('b')});
    rig.come_back();
    REQUIRE(rig.screen() == "AskingLonger");
    CHECK_FALSE(rig.state.going_on());
    rig.send(session::SayLonger{false});
    CHECK(rig.screen() == "ForPerson");
}

TEST_CASE("Every way out of the longer form seals what was said in it as partial and leaves the first as it is") {
    const auto by_exit = [](Rig& r) { r.send(session::QuickExit{}); };
    const auto by_window = [](Rig& r) { r.send(session::CloseWindow{}); };
    const auto by_idle = [](Rig& r) {
        while (r.state.screening) r.idle();
    };
    const auto by_keeping = [](Rig& r) {
        r.send(session::Leave{});
        r.send(session::KeepWhatWasSaid{});
    };
    for (const auto& way : {std::function<void(Rig&)>(by_exit), std::function<void(Rig&)>(by_window),
                            std::function<void(Rig&)>(by_idle), std::function<void(Rig&)>(by_keeping)}) {
        Rig rig;
        rig.go_on();
        rig.choose("worked", "yes");
        rig.effects.clear();
        way(rig);
        const auto read = json::parse(rig.record());
        CHECK(read["record"] == std::string(32, 'b'));
        CHECK(read["kind"] == "partial");
        CHECK(rig.record().find(R"("name":"worked","state":"answered","value":"yes")") != std::string::npos);
        for (const auto& effect : rig.effects) {
            const auto* sealed = std::get_if<session::SealRecord>(&effect);
            CHECK((sealed == nullptr || sealed->record == std::string(32, 'b')));
            CHECK_FALSE(std::holds_alternative<session::Withdraw>(effect));
        }
        rig.stored();
        CHECK(rig.state.unstored.empty());
    }
}

TEST_CASE("Who takes back what they said takes back both forms, and is told so when both are gone") {
    Rig rig;
    rig.go_on();
    rig.choose("worked", "yes");
    rig.send(session::Next{});
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    REQUIRE(rig.last<session::Withdraw>()->record == std::string(32, 'b'));
    rig.send(session::Erased{std::string(32, 'b'), {}});
    CHECK(rig.screen() == "Leaving");
    const auto* order = rig.last<session::Withdraw>();
    REQUIRE(order->record == std::string(32, 'a'));
    CHECK(json::parse(crypto::as_text(order->withdrawn.view()))["kind"] == "withdrawn");
    rig.send(session::NotErased{std::string(32, 'a'), order->revision, session::DeviceError::NoRoom});
    REQUIRE(rig.screen() == "Problem");
    rig.effects.clear();
    rig.send(session::Retry{});
    REQUIRE(rig.count<session::Withdraw>() == 1);
    CHECK(rig.last<session::Withdraw>()->record == std::string(32, 'a'));
    CHECK(rig.count<session::SealRecord>() == 0);
    rig.send(session::Erased{std::string(32, 'a'), {}});
    REQUIRE(rig.screen() == "Told");
    CHECK(std::get<session::Told>(rig.state.screen).erased);
    CHECK_FALSE(rig.state.screening);
}

TEST_CASE("A taking back that the way out interrupts is carried through for both forms") {
    Rig rig;
    rig.go_on();
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    rig.send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    rig.send(session::Erased{std::string(32, 'b'), {}});
    REQUIRE(rig.state.unstored.size() == 1);
    const auto* order = rig.last<session::Withdraw>();
    REQUIRE(order->record == std::string(32, 'a'));
    rig.send(session::NotErased{std::string(32, 'a'), order->revision, session::DeviceError::NoRoom});
    CHECK(rig.state.unstored_error() == session::DeviceError::NoRoom);
    rig.effects.clear();
    rig.idle();  // the next try
    REQUIRE(rig.count<session::Withdraw>() == 1);
    rig.send(session::Erased{std::string(32, 'a'), {}});
    CHECK(rig.state.unstored.empty());
}

TEST_CASE("A window closed while both forms are taken back closes when both are gone") {
    Rig rig;
    rig.go_on();
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    rig.send(session::CloseWindow{});
    rig.send(session::Erased{std::string(32, 'b'), {}});
    CHECK(rig.count<session::Quit>() == 0);
    rig.send(session::Erased{std::string(32, 'a'), {}});
    CHECK(rig.count<session::Quit>() == 1);
}
