// Opening the device with words, and what hostile hands may have done to its key slots.
#include "app/kiosk/effect_runner.hpp"
#include "crypto/open/open.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;
using session::DeviceError;

namespace {

std::optional<DeviceError> by_words(const Deployment& deployment, const session::SlotWords& words) {
    const auto device =
        kiosk::Device::unlock(ready(), deployment.places(),
                              session::SlotWords{words.slot, secret(crypto::as_text(words.words.view()))}, today());
    if (device) return std::nullopt;
    return device.error();
}

std::optional<DeviceError> by_words(const Deployment& deployment) {
    return by_words(deployment, deployment.words());
}

std::string slots(const Deployment& deployment) {
    return read(deployment.state() / store::slots_file);
}

/// The device's number begins behind the format's name and version: one bit of it is another device's.
std::string of_another_device(std::string bytes, const crypto::DeviceId& device) {
    const auto at = bytes.find(std::string(crypto::as_text(device)));
    REQUIRE(at != std::string::npos);
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return bytes;
}

crypto::DeviceId device_id(const Deployment& deployment) {
    const auto text = slots(deployment);
    const auto parsed = crypto::Slots::parse(crypto::as_bytes(text).first(crypto::slots_file_size));
    REQUIRE(parsed);
    return parsed->device();
}

}  // namespace

TEST_CASE("Words open the device without any key file") {
    const Deployment deployment;
    fs::remove(deployment.places().device_key);
    CHECK(deployment.error() == DeviceError::NeedKey);
    CHECK_FALSE(by_words(deployment));
}

TEST_CASE("Wrong words, right words in the wrong slot and no words at all are told apart in nothing") {
    const Deployment deployment;
    const auto before = slots(deployment);
    CHECK(by_words(deployment, deployment.words(0)) == DeviceError::WrongWords);
    CHECK(by_words(deployment, deployment.words(7)) == DeviceError::WrongWords);
    auto other = deployment.words();
    other.words = secret("radio-radio-radio-radio-radio-radio-radio-radio");
    CHECK(by_words(deployment, other) == DeviceError::WrongWords);
    other.words = secret("x");
    CHECK(by_words(deployment, other) == DeviceError::WrongWords);
    CHECK(slots(deployment) == before);
    CHECK_FALSE(by_words(deployment));
}

TEST_CASE("One lost, cut or damaged copy of the slots is mended by whoever opens with words") {
    const Deployment deployment;
    const auto good = slots(deployment);
    for (const auto name : {store::slots_file, store::slots_copy_file}) {
        INFO(name);
        const auto file = deployment.state() / name;
        fs::remove(file);
        CHECK_FALSE(by_words(deployment));
        CHECK(read(file) == good);
        write(file, good.substr(0, 100));
        CHECK_FALSE(by_words(deployment));
        CHECK(read(file) == good);
        write(file, of_another_device(good, device_id(deployment)));
        CHECK_FALSE(by_words(deployment));
        CHECK(read(file) == good);
    }
}

TEST_CASE("Without a whole copy of the slots that is said before anybody types, and nothing is changed") {
    for (const std::string damage : {"", "x"}) {
        const Deployment deployment;
        for (const auto name : {store::slots_file, store::slots_copy_file}) {
            if (damage.empty())
                fs::remove(deployment.state() / name);
            else
                write(deployment.state() / name, damage);
        }
        const auto database = read(deployment.state() / store::database_file);
        CHECK(deployment.error() == DeviceError::SlotsLost);
        fs::remove(deployment.places().device_key);
        CHECK(deployment.error() == DeviceError::SlotsLost);
        CHECK(by_words(deployment) == DeviceError::SlotsLost);
        CHECK(read(deployment.state() / store::database_file) == database);
        CHECK(fs::exists(deployment.state() / store::slots_file) == !damage.empty());
    }
}

TEST_CASE("Slots of another device open nothing, with words or with the key file") {
    const Deployment deployment;
    const auto foreign = of_another_device(slots(deployment), device_id(deployment));
    write(deployment.state() / store::slots_file, foreign);
    write(deployment.state() / store::slots_copy_file, foreign);
    CHECK(by_words(deployment) == DeviceError::WrongWords);
    CHECK(deployment.error() == DeviceError::OtherKeys);
    CHECK(slots(deployment) == foreign);
}

TEST_CASE("Slots that were whole but do not belong to this database are said to be damage, not wrong words") {
    const Deployment deployment;
    const auto other = crypto::Slots::create(ready(), device_id(deployment));
    REQUIRE(other);
    auto changed = *other;
    const auto words = deployment.words();
    REQUIRE(changed.set_words(ready(), 1, words.words, secret(std::string(32, 'k'))));
    const auto bytes = changed.serialise();
    write(deployment.state() / store::slots_file, crypto::as_text(bytes));
    write(deployment.state() / store::slots_copy_file, crypto::as_text(bytes));
    CHECK(by_words(deployment) == DeviceError::StoreDamaged);
}

TEST_CASE("Every start brings the recovery file back, for the recovery identity and every coordinator") {
    const Deployment deployment;
    const auto file = deployment.state() / store::recovery_file;
    REQUIRE(fs::remove(file));
    CHECK_FALSE(by_words(deployment));
    auto device = deployment.open();
    for (const auto* name : {"coordinator.identity", "recovery.identity"}) {
        const auto text = read(deployment.path() / "keys" / name);
        const auto identities = crypto::open::parse_identity_file(ready(), crypto::as_bytes(text));
        REQUIRE(identities);
        const auto sealed = read(file);
        const auto opened = crypto::open::open(ready(), crypto::as_bytes(sealed), std::span(*identities));
        REQUIRE(opened);
        const auto recovery = crypto::Recovery::parse(ready(), opened->view());
        REQUIRE(recovery);
        CHECK(recovery->keys().front().equals(device.key.view()));
    }
}

TEST_CASE("On the worker thread wrong words are answered, and the right ones open the same device afterwards") {
    const Deployment deployment;
    fs::remove(deployment.places().device_key);
    kiosk::EffectRunner runner(ready(), deployment.places(), [] {});
    const auto answer = [&](std::size_t slot) {
        runner.run(session::Unlock{deployment.words(slot)});
        REQUIRE(runner.wait_for_event());
        auto events = runner.take();
        REQUIRE(events.size() == 1);
        return std::move(events.front());
    };
    const auto wrong = answer(4);
    REQUIRE(std::holds_alternative<session::UnlockFailed>(wrong));
    CHECK(std::get<session::UnlockFailed>(wrong).error == DeviceError::WrongWords);
    CHECK(std::holds_alternative<session::Unlocked>(answer(1)));
}
