// Who may look after people, and how a worker, a removal and a PIN come about.
#include "tests/session/support.hpp"

using namespace test;
using session::AddStep;
using session::PeopleError;
using session::PinStep;

namespace {

void digits(Rig& rig, std::string_view typed) {
    for (const char digit : typed) rig.send(session::PinDigit{static_cast<std::uint8_t>(digit - '0')});
    rig.send(session::PinSubmit{});
}

Rig& at_people(Rig& rig) {
    rig.sign_in();
    rig.send(session::OpenSettings{});
    rig.send(session::OpenPeople{});
    REQUIRE(rig.screen() == "People");
    rig.effects.clear();
    return rig;
}

/// Up to the first time the PIN is typed.
Rig& at_pin(Rig& rig, model::Role role = model::Role::Border) {
    at_people(rig);
    rig.send(session::AddWorker{});
    rig.send(session::PinSubmit{});
    rig.send(session::ChooseRole{role});
    REQUIRE(std::get<session::AddingWorker>(rig.state.screen).step == AddStep::Pin);
    return rig;
}

Rig& at_own_pin(Rig& rig) {
    rig.sign_in();
    rig.send(session::OpenSettings{});
    rig.send(session::OpenOwnPin{});
    REQUIRE(rig.screen() == "ChangingPin");
    rig.effects.clear();
    return rig;
}

const session::AddingWorker& adding(const Rig& rig) {
    return std::get<session::AddingWorker>(rig.state.screen);
}
const session::ChangingPin& changing(const Rig& rig) {
    return std::get<session::ChangingPin>(rig.state.screen);
}

bool is_wiped(const session::Digits& some) {
    return some.count() == 0 && some.view().empty();
}

}  // namespace

TEST_CASE("Whoever does not lead the shift is told kindly, and nothing is asked for") {
    for (const auto role : {model::Role::Shelter, model::Role::Border}) {
        Rig rig(role);
        rig.sign_in();
        rig.send(session::OpenSettings{});
        rig.effects.clear();
        rig.send(session::OpenPeople{});
        CHECK(rig.screen() == "NotAllowed");
        rig.send(session::AddWorker{});
        rig.send(session::RemoveWorker{{1}});
        CHECK(rig.screen() == "NotAllowed");
        CHECK(rig.effects.empty());
        rig.send(session::Back{});
        CHECK(rig.screen() == "Settings");
    }
}

TEST_CASE("Adding proposes a free number and needs a number, a role and the PIN twice") {
    Rig rig(model::Role::ShiftLead);
    at_people(rig);
    rig.send(session::AddWorker{});
    CHECK(crypto::as_text(adding(rig).digits.view()) == "4");
    rig.send(session::PinSubmit{});
    rig.send(session::ChooseRole{model::Role::Border});
    digits(rig, "112233");
    CHECK(rig.effects.empty());
    CHECK(is_wiped(adding(rig).digits));
    digits(rig, "112233");
    REQUIRE(rig.count<session::SaveWorker>() == 1);
    const auto& order = *rig.last<session::SaveWorker>();
    CHECK(order.worker.number.value == 4);
    CHECK(order.worker.role == model::Role::Border);
    CHECK(crypto::as_text(order.pin.view()) == "112233");
    CHECK(adding(rig).first.empty());
    digits(rig, "112233");
    rig.send(session::Back{});
    CHECK(rig.count<session::SaveWorker>() == 1);
    CHECK(rig.screen() == "AddingWorker");
    auto workers = setup().workers;
    workers.push_back(order.worker);
    rig.send(session::WorkerSaved{workers});
    REQUIRE(rig.screen() == "People");
    CHECK(std::get<session::People>(rig.state.screen).added == order.worker.number);
    CHECK(rig.state.setup->workers.size() == 4);
}

TEST_CASE("A number that somebody had before is neither offered nor taken") {
    Rig rig(model::Role::ShiftLead);
    at_people(rig);
    rig.state.setup->removed = {{4}, {6}};
    rig.send(session::AddWorker{});
    CHECK(crypto::as_text(adding(rig).digits.view()) == "5");
    rig.send(session::PinBackspace{});
    digits(rig, "6");
    CHECK(adding(rig).error == PeopleError::Removed);
    CHECK(adding(rig).step == session::AddStep::Number);
    rig.send(session::Back{});
    rig.send(session::WorkerRemoved{setup().workers, {{5}}});
    CHECK(rig.state.setup->removed == std::vector<model::WorkerNumber>{{5}});
}

TEST_CASE("A number that is taken, zero or none goes no further") {
    Rig rig(model::Role::ShiftLead);
    at_people(rig);
    rig.send(session::AddWorker{});
    rig.send(session::PinBackspace{});
    digits(rig, "2");
    CHECK(adding(rig).error == PeopleError::Taken);
    rig.send(session::PinBackspace{});
    digits(rig, "0");
    CHECK(adding(rig).error == PeopleError::Number);
    rig.send(session::PinBackspace{});
    digits(rig, "");
    CHECK(adding(rig).error == PeopleError::Number);
    digits(rig, "99998");
    CHECK(adding(rig).step == AddStep::Role);
    CHECK(adding(rig).number.value == 9999);
}

TEST_CASE("Two PINs that differ, and one that is too short, are not saved") {
    Rig rig(model::Role::ShiftLead);
    at_pin(rig);
    digits(rig, "11223");
    CHECK(adding(rig).step == AddStep::Pin);
    digits(rig, "3");
    CHECK(adding(rig).step == AddStep::Again);
    digits(rig, "112234");
    CHECK(adding(rig).step == AddStep::Pin);
    CHECK(adding(rig).error == PeopleError::Differ);
    CHECK(adding(rig).first.empty());
    CHECK(is_wiped(adding(rig).digits));
    CHECK(rig.effects.empty());
    digits(rig, "112233");
    CHECK_FALSE(adding(rig).error);
    digits(rig, "112233");
    CHECK(rig.count<session::SaveWorker>() == 1);
}

TEST_CASE("Going back in adding goes one step, and the PIN typed before is forgotten") {
    Rig rig(model::Role::ShiftLead);
    at_pin(rig);
    digits(rig, "112233");
    rig.send(session::Back{});
    CHECK(adding(rig).step == AddStep::Pin);
    CHECK(adding(rig).first.empty());
    rig.send(session::Back{});
    CHECK(adding(rig).step == AddStep::Role);
    rig.send(session::Back{});
    CHECK(adding(rig).step == AddStep::Number);
    CHECK(crypto::as_text(adding(rig).digits.view()) == "4");
    rig.send(session::Back{});
    CHECK(rig.screen() == "People");
}

TEST_CASE("A worker that could not be saved is said, with the step to mend it") {
    Rig rig(model::Role::ShiftLead);
    at_pin(rig);
    digits(rig, "112233");
    digits(rig, "112233");
    rig.send(session::WorkerNotSaved{PeopleError::NoRoom});
    CHECK(adding(rig).error == PeopleError::NoRoom);
    CHECK(adding(rig).step == AddStep::Pin);
    digits(rig, "112233");
    digits(rig, "112233");
    CHECK(rig.count<session::SaveWorker>() == 2);
    rig.send(session::WorkerNotSaved{PeopleError::Taken});
    CHECK(adding(rig).step == AddStep::Number);
}

TEST_CASE("Removing asks first, once, and the list is what the device says") {
    Rig rig(model::Role::ShiftLead);
    at_people(rig);
    rig.send(session::RemoveWorker{{9}});
    CHECK(rig.screen() == "People");
    rig.send(session::RemoveWorker{{2}});
    REQUIRE(rig.screen() == "RemovingWorker");
    CHECK(rig.effects.empty());
    rig.send(session::Back{});
    CHECK(rig.screen() == "People");
    rig.send(session::RemoveWorker{{2}});
    rig.send(session::ConfirmRemoval{});
    rig.send(session::ConfirmRemoval{});
    rig.send(session::Back{});
    REQUIRE(rig.count<session::DropWorker>() == 1);
    CHECK(rig.last<session::DropWorker>()->number.value == 2);
    rig.send(session::WorkerRemoved{{{{1}, model::Role::Shelter}, {{3}, model::Role::ShiftLead}}});
    REQUIRE(rig.screen() == "People");
    CHECK(std::get<session::People>(rig.state.screen).removed == model::WorkerNumber{2});
    CHECK(rig.state.setup->workers.size() == 2);
}

TEST_CASE("The last shift lead is not removed; one of two may remove themselves and is out at once") {
    Rig rig(model::Role::ShiftLead);
    at_people(rig);
    rig.send(session::RemoveWorker{{3}});
    CHECK(std::get<session::RemovingWorker>(rig.state.screen).error == PeopleError::LastLead);
    rig.send(session::ConfirmRemoval{});
    CHECK(rig.effects.empty());
    rig.send(session::Back{});
    rig.state.setup->workers.push_back({{5}, model::Role::ShiftLead});
    rig.send(session::RemoveWorker{{3}});
    rig.send(session::ConfirmRemoval{});
    REQUIRE(rig.count<session::DropWorker>() == 1);
    rig.send(session::WorkerRemoved{{{{1}, model::Role::Shelter}, {{5}, model::Role::ShiftLead}}});
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.worker);
}

TEST_CASE("A removal that failed is said and can be tried again") {
    Rig rig(model::Role::ShiftLead);
    at_people(rig);
    rig.send(session::RemoveWorker{{2}});
    rig.send(session::ConfirmRemoval{});
    rig.send(session::WorkerNotRemoved{PeopleError::Other});
    CHECK(std::get<session::RemovingWorker>(rig.state.screen).error == PeopleError::Other);
    rig.send(session::ConfirmRemoval{});
    CHECK(rig.count<session::DropWorker>() == 2);
}

TEST_CASE("What changed while nobody was looking is still known: the list of who may come in is the device's") {
    Rig rig(model::Role::ShiftLead);
    at_pin(rig);
    digits(rig, "112233");
    digits(rig, "112233");
    rig.send(session::QuickExit{});
    REQUIRE(rig.screen() == "Clock");
    auto workers = setup().workers;
    workers.push_back({{4}, model::Role::Border});
    rig.send(session::WorkerSaved{workers});
    CHECK(rig.screen() == "Clock");
    CHECK(rig.state.setup->workers.size() == 4);
}

TEST_CASE("Everybody changes their own PIN: the present one is checked before the new one is asked for twice") {
    for (const auto role : {model::Role::Shelter, model::Role::Border, model::Role::ShiftLead}) {
        Rig rig(role);
        at_own_pin(rig);
        const auto number = rig.state.worker->number;
        digits(rig, "135790");
        REQUIRE(rig.count<session::CheckPin>() == 1);
        CHECK(rig.last<session::CheckPin>()->number == number);
        digits(rig, "999999");
        CHECK(rig.effects.size() == 1);
        rig.send(session::PinChecked{number, model::SignedIn{{number, role}}});
        REQUIRE(changing(rig).step == PinStep::Pin);
        digits(rig, "445566");
        digits(rig, "445566");
        REQUIRE(rig.count<session::ChangePin>() == 1);
        CHECK(rig.last<session::ChangePin>()->number == number);
        CHECK(crypto::as_text(rig.last<session::ChangePin>()->pin.view()) == "445566");
        CHECK(is_wiped(changing(rig).digits));
        CHECK(changing(rig).first.empty());
        rig.send(session::PinChanged{number});
        REQUIRE(rig.screen() == "Settings");
        CHECK(std::get<session::Settings>(rig.state.screen).pin_changed);
    }
}

TEST_CASE("Without the present PIN nobody comes to choose a new one") {
    Rig rig;
    at_own_pin(rig);
    digits(rig, "000000");
    rig.send(session::PinChanged{{1}});
    REQUIRE(rig.screen() == "ChangingPin");
    rig.send(session::PinChecked{{2}, model::SignedIn{{{2}, model::Role::Border}}});
    CHECK(changing(rig).step == PinStep::Current);
    rig.send(session::PinChecked{{1}, model::WrongPin{3}});
    CHECK(changing(rig).step == PinStep::Current);
    REQUIRE(changing(rig).refused);
    CHECK(std::holds_alternative<model::WrongPin>(*changing(rig).refused));
    CHECK(rig.count<session::ChangePin>() == 0);
    digits(rig, "135790");
    CHECK(rig.count<session::CheckPin>() == 2);
}

TEST_CASE("New PINs that differ, and one that could not be saved, leave the old one in force and say so") {
    Rig rig;
    at_own_pin(rig);
    digits(rig, "135790");
    rig.send(session::PinChecked{{1}, model::SignedIn{{{1}, model::Role::Shelter}}});
    digits(rig, "445566");
    digits(rig, "445567");
    CHECK(changing(rig).error == PeopleError::Differ);
    CHECK(changing(rig).step == PinStep::Pin);
    CHECK(rig.count<session::ChangePin>() == 0);
    digits(rig, "445566");
    digits(rig, "445566");
    rig.send(session::PinNotChanged{PeopleError::NoRoom});
    CHECK(rig.screen() == "ChangingPin");
    CHECK(changing(rig).error == PeopleError::NoRoom);
    CHECK_FALSE(rig.state.waits());
}

TEST_CASE("A check that could not be made is said on the same screen") {
    Rig rig;
    at_own_pin(rig);
    digits(rig, "135790");
    rig.send(session::PinUnchecked{session::DeviceError::Memory});
    CHECK(rig.screen() == "ChangingPin");
    CHECK(changing(rig).error == PeopleError::Other);
}

TEST_CASE("Leaving, hiding and idling wipe a PIN that is half typed") {
    for (const bool hide : {true, false}) {
        Rig rig(model::Role::ShiftLead);
        at_pin(rig);
        digits(rig, "112233");
        if (hide)
            rig.send(session::QuickExit{});
        else
            rig.send(session::Leave{});
        CHECK(rig.screen() == "Clock");
        CHECK_FALSE(rig.state.under);
    }
    Rig rig(model::Role::ShiftLead);
    at_pin(rig);
    rig.idle();
    REQUIRE(rig.screen() == "IdleWarning");
    rig.idle();
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.under);
}
