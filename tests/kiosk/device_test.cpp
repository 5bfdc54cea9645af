// Unlocking, and every reason why it is refused; nothing is lost by any of them.
#include "tests/kiosk/support.hpp"

#include "app/exchange/audit.hpp"
#include "app/session/update.hpp"
#include "crypto/slots.hpp"

using namespace test;
using session::DeviceError;

TEST_CASE("The key file opens the device and the session learns what it needs") {
    const Deployment deployment;
    auto device = deployment.open();
    const auto setup = device.setup(today());
    REQUIRE(setup);
    CHECK(setup->workers.size() == 3);
    CHECK(setup->bundle->version.demo);
    CHECK(setup->bundle->forms.front().id == "first-contact");
    CHECK_FALSE(setup->bundle->recipients.empty());
    CHECK_FALSE(setup->expired);
    REQUIRE(setup->certificate_end);
    CHECK(std::chrono::sys_days(*setup->certificate_end) > today() + session::certificate_warning);
    CHECK(setup->counts.waiting == 0);
    CHECK_FALSE(setup->fingerprint.empty());
}

TEST_CASE("Past the bundle's last day the device opens and says so") {
    const Deployment deployment;
    const auto later = today() + std::chrono::days(36'500);
    auto device = kiosk::Device::unlock(ready(), deployment.places(), std::nullopt, later);
    REQUIRE(device);
    const auto setup = device->setup(later);
    REQUIRE(setup);
    CHECK(setup->expired);
}

TEST_CASE("With a clock before the bundle's day the device opens, says so, and the coordinators learn it") {
    const Deployment deployment;
    const auto before = today() - std::chrono::days(1);
    auto device = kiosk::Device::unlock(ready(), deployment.places(), std::nullopt, before);
    REQUIRE(device);
    const auto setup = device->setup(before);
    REQUIRE(setup);
    CHECK(setup->clock_wrong);
    CHECK_FALSE(setup->expired);
    const auto rows = device->store->audit().rows(1);
    REQUIRE(rows->size() == 1);
    CHECK(rows->front().type == static_cast<std::uint8_t>(app::exchange::AuditType::ClockBefore));
    CHECK_FALSE(device->setup(today())->clock_wrong);
}

TEST_CASE("Without its key file the device stays closed") {
    const Deployment deployment;
    fs::remove(deployment.places().device_key);
    CHECK(deployment.error() == DeviceError::NeedKey);
}

TEST_CASE("A key file that is damaged or another device's opens nothing") {
    const Deployment deployment;
    const auto file = deployment.places().device_key;
    auto text = read(file);
    text[text.size() / 2] = text[text.size() / 2] == 'A' ? 'B' : 'A';
    write(file, text);
    CHECK(deployment.error() == DeviceError::WrongKey);
    write(file, "not a key file\n");
    CHECK(deployment.error() == DeviceError::WrongKey);

    auto slots = crypto::Slots::create(ready(), crypto::DeviceId{});
    REQUIRE(slots);
    const auto other = slots->set_key_file(ready(), 0, secret(std::string(32, 'k')));
    REQUIRE(other);
    const auto other_text = other->to_text(ready());
    REQUIRE(other_text);
    write(file, crypto::as_text(other_text->view()));
    CHECK(deployment.error() == DeviceError::OtherKeys);
}

TEST_CASE("A missing state folder and one in use are told apart") {
    const Deployment deployment;
    {
        const auto holder = deployment.open();
        CHECK(deployment.error() == DeviceError::StateInUse);
    }
    fs::rename(deployment.state(), deployment.path() / "elsewhere");
    CHECK(deployment.error() == DeviceError::StateMissing);
}

TEST_CASE("A damaged database is said to be damaged and not a byte of it is changed") {
    for (const std::size_t at : {std::size_t{100}, std::size_t{5000}}) {
        const Deployment deployment;
        const auto file = deployment.state() / store::database_file;
        auto bytes = read(file);
        REQUIRE(bytes.size() > at);
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        write(file, bytes);
        CHECK(deployment.error() == DeviceError::StoreDamaged);
        CHECK(read(file) == bytes);
    }
}

TEST_CASE("One damaged copy of the slots is no trouble, two are") {
    const Deployment deployment;
    write(deployment.state() / store::slots_file, "x");
    (void)deployment.open();
    write(deployment.state() / store::slots_file, "x");
    write(deployment.state() / store::slots_copy_file, "x");
    CHECK(deployment.error() == DeviceError::SlotsLost);
}

TEST_CASE("A bundle with one changed byte is refused") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        auto bundle = device.store->bundle().installed();
        REQUIRE(bundle);
        bundle->bytes[bundle->bytes.size() / 2] ^= std::byte{1};
        REQUIRE(device.store->bundle().install(bundle->sequence + 1, bundle->bytes));
    }
    CHECK(deployment.error() == DeviceError::BadBundle);
}

TEST_CASE("A device without a bundle, and one that was never enrolled, say so") {
    const Deployment deployment;
    const auto [enrolment, key] = [&] {
        auto device = deployment.open();
        auto signing = device.store->device().key();
        REQUIRE(signing);
        return std::pair(device.enrolment, std::move(*signing));
    }();
    {
        const auto folder = store::StateFolder::open(deployment.state());
        REQUIRE(folder);
        (void)deployment.start_anew(*folder);
    }
    CHECK(deployment.error() == DeviceError::StateMissing);
    {
        const auto folder = store::StateFolder::open(deployment.state());
        REQUIRE(folder);
        const auto made = deployment.start_anew(*folder);
        REQUIRE(made->device().keep_key(key));
        REQUIRE(made->device().enrol(enrolment));
    }
    CHECK(deployment.error() == DeviceError::NoBundle);
}

TEST_CASE("A certificate made for another device is refused") {
    const Deployment deployment;
    {
        const auto enrolment = [&] {
            auto device = deployment.open();
            return device.enrolment;
        }();
        const auto folder = store::StateFolder::open(deployment.state());
        REQUIRE(folder);
        const auto made = deployment.start_anew(*folder);
        auto foreign = enrolment;
        foreign.device = std::string(32, 'a');
        REQUIRE(made->device().enrol(foreign));
    }
    CHECK(deployment.error() == DeviceError::Certificate);
}

TEST_CASE("Unlocking again lifts the lock that wrong PINs put on the device") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        const auto after = [](int hours) { return store::Now{today(), std::chrono::hours(hours), 1}; };
        for (int i = 0; i < store::device_tries; ++i)
            REQUIRE(device.store->people().sign_in({static_cast<std::uint32_t>(i % 3 + 1)}, secret("000000"),
                                                   after(48 * i)));
        std::uint32_t number = 100;  // numbers that nobody has wait for themselves
        for (auto locked = device.store->people().device_locked(); locked && !*locked && number < 130; ++number) {
            REQUIRE(device.store->people().sign_in({number}, secret("000000"), after(2000)));
            locked = device.store->people().device_locked();
        }
        REQUIRE(*device.store->people().device_locked());
    }
    auto device = deployment.open();
    CHECK_FALSE(*device.store->people().device_locked());
}

TEST_CASE("A device whose own key is not the one of its certificate does not open") {
    const Deployment deployment;
    const auto enrolment = deployment.open().enrolment;
    {
        const auto folder = store::StateFolder::open(deployment.state());
        REQUIRE(folder);
        const auto made = deployment.start_anew(*folder);
        REQUIRE(made->device().keep_key(*crypto::DeviceSecretKey::generate(ready())));
        REQUIRE(made->device().enrol(enrolment));
    }
    CHECK(deployment.error() == DeviceError::Certificate);
}
