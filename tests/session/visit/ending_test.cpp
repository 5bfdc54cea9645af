// Every way a screening ends: sealed, kept, erased, left at once, handed back, closed; nothing is claimed before it is
// so.
#include "tests/session/support.hpp"

using namespace test;

TEST_CASE("The end of an assisted screening is a final revision; the code stays, the answers go") {
    Rig rig;
    rig.for_worker();
    rig.send(session::SealNow{});
    CHECK(says(rig.record(), R"("kind":"final")"));
    CHECK(rig.state.screening);
    rig.stored();
    CHECK(rig.screen() == "SealedScreen");
    CHECK_FALSE(rig.state.screening);
    CHECK(std::get<session::SealedScreen>(rig.state.screen).case_code == "radio-hotel-canal-482");
}

TEST_CASE("When the final revision cannot be stored the interview stays until it is") {
    Rig rig;
    rig.for_worker();
    rig.send(session::SealNow{});
    const auto first = rig.last<session::SealRecord>()->revision;
    rig.send(session::SealFailed{std::string(32, 'a'), first, session::DeviceError::NoRoom});
    REQUIRE(rig.screen() == "Problem");
    CHECK(rig.state.screening);
    rig.send(session::Retry{});
    CHECK(rig.last<session::SealRecord>()->revision == first + 1);
    rig.stored();
    CHECK(rig.screen() == "SealedScreen");
}

TEST_CASE("Leaving asks once; going on comes back to the same page") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Leave{});
    CHECK(rig.screen() == "Leaving");
    rig.send(session::Leave{});
    CHECK(rig.screen() == "Leaving");
    rig.send(session::StayHere{});
    CHECK(rig.screen() == "Question");
    CHECK(rig.state.screening->interview().value(rig.node("danger_now")) == "yes");
}

TEST_CASE("Kept is said only when it is stored, and a failure keeps the interview") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Leave{});
    rig.send(session::KeepWhatWasSaid{});
    CHECK(rig.screen() != "Told");
    CHECK(rig.state.screening);
    rig.send(session::SealFailed{std::string(32, 'a'), 1, session::DeviceError::NoRoom});
    REQUIRE(rig.screen() == "Problem");
    CHECK(rig.state.screening);
    rig.send(session::Retry{});
    rig.stored();
    REQUIRE(rig.screen() == "Told");
    CHECK_FALSE(std::get<session::Told>(rig.state.screen).erased);
    CHECK_FALSE(rig.state.screening);
    CHECK(says(rig.record(), R"("kind":"partial")"));
}

TEST_CASE("Erased is said only when it is so; the order to readers carries no answer") {
    Rig rig;
    rig.begin();
    rig.type("words", "secreto");
    rig.choose("danger_now", "yes");
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    CHECK(rig.screen() != "Told");
    REQUIRE(rig.last<session::Withdraw>() != nullptr);
    const std::string order(crypto::as_text(rig.last<session::Withdraw>()->withdrawn.view()));
    CHECK(says(order, R"("kind":"withdrawn")"));
    CHECK_FALSE(says(order, "answers"));
    CHECK_FALSE(says(order, "secreto"));
    rig.send(session::Erased{std::string(32, 'a'), {}});
    REQUIRE(rig.screen() == "Told");
    CHECK(std::get<session::Told>(rig.state.screen).erased);
    CHECK_FALSE(rig.state.screening);
}

TEST_CASE("An erasing that failed is said and can be tried again") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    rig.send(session::NotErased{std::string(32, 'a'), rig.last<session::Withdraw>()->revision,
                                session::DeviceError::NoRoom});
    REQUIRE(rig.screen() == "Problem");
    rig.effects.clear();
    rig.send(session::Retry{});
    CHECK(rig.count<session::Withdraw>() == 1);
    CHECK(rig.count<session::SealRecord>() == 0);
}

TEST_CASE("After the review was finished, whatever closes the screening makes it final") {
    const auto close_by_window = [](Rig& r) { r.send(session::CloseWindow{}); };
    const auto close_by_quick_exit = [](Rig& r) { r.send(session::QuickExit{}); };
    const auto close_by_idle = [](Rig& r) {
        r.idle();
        r.idle();
        while (r.state.screening) r.idle();
    };
    for (const auto& close :
         {std::function<void(Rig&)>(close_by_window), std::function<void(Rig&)>(close_by_quick_exit),
          std::function<void(Rig&)>(close_by_idle)}) {
        Rig rig;
        rig.for_person();
        close(rig);
        CHECK(says(rig.record(), R"("kind":"final")"));
        CHECK_FALSE(rig.state.screening);
    }
}

TEST_CASE("Who asked for the worker is heard, however the screening ends after that") {
    const auto hand_back = [](Rig& r) {
        r.send(session::PersonDone{});
        r.stored();
    };
    const auto walk_away = [](Rig& r) {
        r.idle();
        r.idle();
    };
    const auto quick_exit = [](Rig& r) { r.send(session::QuickExit{}); };
    for (const auto& end : {std::function<void(Rig&)>(hand_back), std::function<void(Rig&)>(walk_away),
                            std::function<void(Rig&)>(quick_exit)}) {
        Rig rig;
        rig.for_person(session::Mode::Private, "yes");
        end(rig);
        REQUIRE(rig.screen() == "Clock");
        rig.come_back();
        CHECK(rig.screen() == "WantsToTalk");
        rig.send(session::Next{});
        CHECK(rig.screen() == "Home");
    }
}

TEST_CASE("Only the worker who handed the device over learns that somebody wants to speak; others that he is needed") {
    Rig rig(model::Role::Border);  // number 2
    rig.for_person(session::Mode::Private, "yes");
    rig.send(session::PersonDone{});
    rig.stored();
    rig.come_back(1);
    CHECK(rig.screen() == "Home");
    CHECK(rig.state.asked_for == std::vector<model::WorkerNumber>{{2}});
    rig.send(session::Leave{});
    rig.come_back(2, model::Role::Border);
    CHECK(rig.screen() == "WantsToTalk");
    CHECK(rig.state.asked_for.empty());
}

TEST_CASE("A wish that was taken back with everything else is told to nobody") {
    Rig rig;
    rig.for_person(session::Mode::Private, "yes");
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    rig.send(session::Erased{std::string(32, 'a'), {}});
    CHECK(rig.state.asked_for.empty());
}

TEST_CASE("Who said no is not given away to the worker") {
    Rig rig;
    rig.begin(session::Mode::Private).answer_all("yes");
    rig.send(session::FinishReview{});
    rig.send(session::SayNotify{false});
    rig.send(session::PersonDone{});
    rig.stored();
    rig.come_back();
    CHECK(rig.screen() == "Home");
}

TEST_CASE("A no to consent stores nothing, or the bare fact where the policy asks for it") {
    for (const bool policy : {false, true}) {
        Rig rig;
        rig.ask_consent();
        auto bundle = *rig.state.setup->bundle;
        bundle.policy.store_refusals = policy;
        rig.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
        rig.effects.clear();
        rig.send(session::SayConsent{false});
        CHECK(rig.screen() == "DeclinedKindly");
        CHECK(rig.count<session::Prepare>() == (policy ? 1U : 0U));
        if (!policy) continue;
        rig.send(session::Prepared{origin()});
        CHECK(rig.count<session::SealRecord>() == 1);
        CHECK(says(rig.record(), R"("consent":{"answer":"declined")"));
        CHECK(rig.screen() == "DeclinedKindly");
        CHECK_FALSE(rig.state.screening);
    }
}

TEST_CASE("The need for an interpreter is recorded without a question having been asked") {
    Rig rig;
    rig.sign_in();
    rig.send(session::NewScreening{});
    rig.send(session::NeedInterpreter{});
    rig.send(session::RecordInterpreter{});
    rig.send(session::RecordInterpreter{});
    CHECK(rig.count<session::Prepare>() == 1);
    rig.send(session::Prepared{origin()});
    CHECK(rig.screen() == "Home");
    CHECK(says(rig.record(), R"("notes":"interpreter_needed")"));
    CHECK_FALSE(says(rig.record(), R"("state":"answered")"));
}
