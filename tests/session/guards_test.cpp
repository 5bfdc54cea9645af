// When no interview starts, and who gets in.
#include "tests/session/support.hpp"

using namespace test;

namespace {

void type_pin(Rig& rig, std::string_view digits) {
    for (const char digit : digits) rig.send(session::PinDigit{static_cast<std::uint8_t>(digit - '0')});
    rig.send(session::PinSubmit{});
}

}  // namespace

TEST_CASE("Switching on asks for the device to be unlocked, and nothing else") {
    Rig rig;
    rig.effects = session::begin(rig.state, rig.now);
    REQUIRE(rig.effects.size() == 1);
    CHECK(rig.count<session::Unlock>() == 1);
}

TEST_CASE("A device that cannot be unlocked stays closed, says why, and tries again on request") {
    Rig rig;
    rig.effects = session::begin(rig.state, rig.now);
    rig.send(session::UnlockFailed{session::DeviceError::NoBundle});
    const auto* problem = std::get_if<session::Problem>(&rig.state.screen);
    REQUIRE(problem != nullptr);
    CHECK(problem->error == session::DeviceError::NoBundle);
    rig.effects.clear();
    rig.send(session::Retry{});
    CHECK(rig.count<session::Unlock>() == 1);
    CHECK(rig.screen() == "Starting");
}

TEST_CASE("Without lockable memory or a passed self-test there is nothing to try again") {
    for (const auto error : {session::DeviceError::LockedMemory, session::DeviceError::SelfTest}) {
        Rig rig;
        rig.effects = session::begin(rig.state, rig.now);
        rig.send(session::UnlockFailed{error});
        rig.effects.clear();
        rig.send(session::Retry{});
        CHECK(rig.screen() == "Problem");
        CHECK(rig.effects.empty());
    }
}

TEST_CASE("A PIN goes to the check once it has six digits, and no digit stays behind") {
    Rig rig;
    rig.unlock();
    rig.send(session::ChooseWorker{{1}});
    type_pin(rig, "13579");
    CHECK(rig.count<session::CheckPin>() == 0);
    rig.send(session::PinDigit{0});
    rig.send(session::PinSubmit{});
    REQUIRE(rig.count<session::CheckPin>() == 1);
    CHECK(crypto::as_text(rig.last<session::CheckPin>()->pin.view()) == "135790");
    const auto& pin = std::get<session::EnterPin>(rig.state.screen);
    CHECK(pin.count == 0);
    for (const auto byte : pin.digits.view()) CHECK(byte == std::byte{0});
}

TEST_CASE("A wrong PIN is said and the next one can be typed at once") {
    Rig rig;
    rig.unlock();
    rig.send(session::ChooseWorker{{1}});
    type_pin(rig, "000000");
    rig.send(session::PinChecked{{1}, model::WrongPin{4}});
    const auto& pin = std::get<session::EnterPin>(rig.state.screen);
    CHECK(pin.refused);
    CHECK_FALSE(rig.state.waits());
    CHECK_FALSE(rig.state.worker);
}

TEST_CASE("The answer to another worker's PIN opens nothing") {
    Rig rig;
    rig.unlock();
    rig.send(session::ChooseWorker{{1}});
    type_pin(rig, "135790");
    rig.send(session::Back{});
    rig.send(session::ChooseWorker{{3}});
    rig.send(session::PinChecked{{1}, model::SignedIn{{{1}, model::Role::Shelter}}});
    CHECK(rig.screen() == "EnterPin");
    CHECK_FALSE(rig.state.worker);
}

TEST_CASE("A PIN check that fails in the store leads back to the numbers, never past them") {
    Rig rig;
    rig.unlock();
    rig.send(session::ChooseWorker{{1}});
    type_pin(rig, "135790");
    rig.send(session::PinUnchecked{session::DeviceError::StoreDamaged});
    REQUIRE(rig.screen() == "Problem");
    rig.send(session::Retry{});
    CHECK(rig.screen() == "Who");
    CHECK_FALSE(rig.state.worker);
}

TEST_CASE("The border role never assists, whatever is asked for") {
    Rig rig(model::Role::Border);
    rig.sign_in();
    rig.send(session::NewScreening{});
    rig.send(session::PickLanguage{locales::Language::Es});
    rig.send(session::SayPrivacy{true});
    rig.send(session::ChooseMode{session::Mode::Assisted});
    CHECK(rig.screen() == "ChoosingMode");
    rig.send(session::ChooseMode{session::Mode::Private});
    CHECK(rig.screen() == "AskingConsent");
    CHECK(rig.state.mode == session::Mode::Private);
}

TEST_CASE("A role the policy does not name starts no screening") {
    Rig rig(model::Role::Border);
    rig.sign_in();
    auto bundle = *rig.state.setup->bundle;
    bundle.policy.roles = {"shelter"};
    rig.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    rig.send(session::NewScreening{});
    CHECK(rig.screen() == "Problem");
    CHECK_FALSE(rig.state.screening);
}

TEST_CASE("A bundle without a form starts no screening") {
    Rig rig;
    rig.sign_in();
    auto bundle = *rig.state.setup->bundle;
    bundle.forms.clear();
    rig.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    rig.send(session::NewScreening{});
    CHECK(rig.screen() == "Problem");
}

TEST_CASE("Recipients that are missing start no screening") {
    Rig rig;
    rig.sign_in();
    CHECK_FALSE(rig.state.setup->bundle->recipients.empty());
    auto bundle = *rig.state.setup->bundle;
    bundle.recipients.clear();
    rig.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    rig.send(session::NewScreening{});
    CHECK(rig.screen() == "Problem");
}

TEST_CASE("No room or no lockable memory: no question is asked, and the screen says why") {
    for (const auto error : {session::DeviceError::NoRoom, session::DeviceError::LockedMemory}) {
        Rig rig;
        rig.ask_consent();
        rig.say_yes();
        rig.send(session::PrepareFailed{error});
        REQUIRE(rig.screen() == "Problem");
        CHECK(std::get<session::Problem>(rig.state.screen).error == error);
        CHECK_FALSE(rig.state.screening);
        rig.send(session::Retry{});
        CHECK(rig.screen() == "Home");
    }
}

TEST_CASE("An arena too small for the form ends in a sentence, not in an interview") {
    Rig rig;
    rig.ask_consent();
    rig.say_yes();
    rig.send(session::Prepared{origin('a', 4096)});
    CHECK(rig.screen() == "Problem");
    CHECK_FALSE(rig.state.screening);
}

TEST_CASE("A second yes prepares nothing twice, and what comes back unasked is thrown away") {
    Rig rig;
    rig.ask_consent();
    rig.effects.clear();
    rig.say_yes();
    rig.send(session::SayConsent{true});
    CHECK(rig.count<session::Prepare>() == 1);
    rig.send(session::Prepared{origin()});
    rig.choose("danger_now", "yes");
    rig.send(session::Prepared{origin('b')});
    CHECK(rig.state.screening->origin().record == std::string(32, 'a'));
}

TEST_CASE("The end of the device's certificate is told from a month before, and afterwards") {
    using session::Lasting;
    Rig rig;
    rig.sign_in();
    const auto end = std::chrono::sys_days(std::chrono::year(2028) / 11 / 28);
    const auto lasting = [&](int days_before) {
        rig.now.local_day = end - std::chrono::days(days_before);
        rig.send(session::Tick{});
        return session::certificate_lasting(rig.state);
    };
    CHECK(lasting(0) == Lasting::Long);  // none is known
    rig.state.setup->certificate_end = end;
    CHECK(lasting(32) == Lasting::Long);
    CHECK(lasting(31) == Lasting::Ending);
    CHECK(lasting(0) == Lasting::Ending);
    CHECK(lasting(-1) == Lasting::Ended);
    CHECK(rig.screen() == "Home");
    rig.send(session::NewScreening{});
    CHECK(rig.screen() == "PickingLanguage");  // work goes on
}
