// A kiosk that is not set up becomes one that works, and no step can be left out.
#include "app/record/read.hpp"
#include "app/session/enrol/test_record.hpp"
#include "tests/session/ways.hpp"

using namespace test;
using namespace app::session;

TEST_CASE("A device is made only with words that were typed again") {
    Rig r;
    first_words(r);
    r.send(SubmitWords{});
    CHECK(r.count<MakeDevice>() == 0);
    r.send(WroteWords{});
    r.type_words("radio hotel canal zinc yoga plaza metro metro ");
    r.send(SubmitWords{});
    CHECK(r.count<MakeDevice>() == 0);
    CHECK(std::get<RepeatWords>(r.state.screen).typed.refused == DeviceError::OtherWords);
    for (int i = 0; i < 1; ++i) r.send(DropWord{});
    r.type_words("solar ");
    r.send(SubmitWords{});
    REQUIRE(r.count<MakeDevice>() == 1);
    CHECK(crypto::as_text(r.last<MakeDevice>()->words.view()) == "radio-hotel-canal-zinc-yoga-plaza-metro-solar");
    CHECK(r.count<ForgetScreen>() == 1);
}

TEST_CASE("What hinders making the device is said where it began, and it can begin again") {
    Rig r;
    first_words(r);
    r.send(WroteWords{});
    r.type_words(new_eight);
    r.send(SubmitWords{});
    r.send(DeviceNotMade{DeviceError::NoRoom});
    REQUIRE(r.screen() == "NotSetUp");
    CHECK(std::get<NotSetUp>(r.state.screen).failed == DeviceError::NoRoom);
    r.send(Next{});
    CHECK(r.count<MakeFirstWords>() == 2);
}

TEST_CASE("Words of a device that is not made yet do not stay on the screen for ever") {
    for (const bool repeat : {false, true}) {
        Rig r;
        first_words(r);
        if (repeat) r.send(WroteWords{});
        r.idle();
        CHECK(r.screen() == "NotSetUp");
        CHECK(r.count<ForgetScreen>() == 1);
    }
}

TEST_CASE("Nobody comes to the certificate but by words that were the same") {
    Rig r;
    compare(r);
    r.send(SayWords{false});
    CHECK(r.screen() == "WordsDiffer");
    for (int i = 0; i < 3; ++i) r.send(Back{});
    r.send(Retry{});
    CHECK(r.count<EnrolDevice>() == 0);
    r.send(Next{});
    REQUIRE(r.screen() == "Asking");
    CHECK_FALSE(std::get<Asking>(r.state.screen).asked);  // the words of a false request are not offered again
    r.send(CompareAgain{});
    CHECK(r.screen() == "Asking");
}

TEST_CASE("After a start in between the words of the request can be compared still, or a new one written") {
    Rig r;
    r.effects = begin(r.state, r.now);
    r.switched_on = true;
    r.send(UnlockedNotEnrolled{asked()});
    REQUIRE(r.screen() == "Asking");
    r.send(CompareAgain{});
    REQUIRE(r.screen() == "Comparing");
    CHECK(std::get<Comparing>(r.state.screen).asked.words == asked().words);
    r.send(Back{});
    CHECK(std::get<Asking>(r.state.screen).asked);
}

TEST_CASE("A request goes to no medium that cannot be written to") {
    Rig r;
    made_and_asks(r);
    r.send(AskAt{1});
    r.send(AskAt{7});
    CHECK(r.count<WriteRequest>() == 0);
    r.send(AskAt{0});
    REQUIRE(r.count<WriteRequest>() == 1);
    CHECK(r.last<WriteRequest>()->place.path == "/media/stick");
}

TEST_CASE("Once enrolled, the first lead is made, and a test goes before anybody signs in") {
    Rig r;
    first_lead_of_new(r);
    REQUIRE(r.screen() == "TestRecord");
    REQUIRE(r.count<SealTest>() == 1);
    CHECK(r.last<SealTest>()->worker.number.value == 1);
    r.send(OpenSend{});
    CHECK(r.screen() == "TestRecord");  // it is not sealed yet
    r.send(TestSealed{{1, 0, 0, 0}});
    r.send(OpenSend{});
    REQUIRE(r.screen() == "Send");
    r.send(PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    r.send(SendTo{0});
    REQUIRE(r.count<Export>() == 1);
    r.send(Sent{"batch", 9, 1, {0, 1, 0, 1}});
    r.send(Back{});
    CHECK(r.screen() == "TestRecord");
    r.send(Next{});
    CHECK(r.screen() == "Who");
    CHECK_FALSE(r.state.worker);
}

TEST_CASE("A first lead of a device that has sealed something before makes no test") {
    Rig r;
    r.make_setup = [] {
        auto made = setup();
        made.workers.clear();
        made.counts.batched = 3;
        return made;
    };
    r.unlock();
    for (int step = 0; step < 3; ++step) {
        if (step > 0)
            for (int i = 0; i < 6; ++i) r.send(PinDigit{1});
        r.send(PinSubmit{});
    }
    r.send(WorkerSaved{{{{1}, model::Role::ShiftLead}}, {}});
    CHECK(r.screen() == "Who");
    CHECK(r.count<SealTest>() == 0);
}

TEST_CASE("Only who leads the shift has the device enrolled anew, and certificates are taken in elsewhere") {
    Rig r;
    r.sign_in();
    r.send(OpenSettings{});
    r.send(OpenEnrolling{});
    CHECK(r.screen() == "NotAllowed");
    Rig lead;
    open_people(lead);
    lead.send(Back{});
    lead.send(OpenEnrolling{});
    lead.send(PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    lead.send(AskAt{0});
    lead.send(RequestWritten{asked()});
    lead.send(SayWords{true});
    lead.send(Retry{});
    CHECK(lead.count<EnrolDevice>() == 0);
    lead.send(Next{});
    CHECK(lead.screen() == "Settings");
}

TEST_CASE("The test record is practice, says nothing of anybody, and reads back as a record") {
    const auto bundle = *setup().bundle;
    const RecordMaker maker{std::string(16, 'd'), std::string(32, 'e'), 7};
    const TestSaid said{std::string(32, 'a'), "radio-hotel-canal-482", "2026-11-30", {{27}, model::Role::ShiftLead}};
    const auto written = write_test_record(ready(), bundle, maker, said);
    REQUIRE(written);
    const auto read = app::record::read(crypto::as_text(written->view()));
    REQUIRE(read);
    CHECK(read->training);
    CHECK(read->answers.empty());
    CHECK(read->worker == 27);
    CHECK(read->record == said.record);
    CHECK(read->device == maker.device);
}
