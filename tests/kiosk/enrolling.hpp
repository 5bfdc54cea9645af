// What a coordinator's desk answers to a kiosk that asks, and the words of devices that tests make.
#pragma once

#include "app/device/enrolling.hpp"
#include "app/exchange/enrolment.hpp"
#include "tests/kiosk/support.hpp"
#include "tests/support/slow_clock.hpp"

namespace test {

inline constexpr std::string_view device_words = "radio-hotel-canal-zinc-yoga-plaza-metro-solar";

inline crypto::DeploymentSecretKey programme_key(const Deployment& deployment) {
    auto key = crypto::DeploymentSecretKey::parse(
        ready(), crypto::as_bytes(read(deployment.path() / "keys" / "deployment.key")));
    REQUIRE(key);
    return std::move(*key);
}

/// The certificate's file.
inline crypto::Bytes answer_to(crypto::ByteView request, const crypto::DeploymentSecretKey& by,
                               std::uint64_t epoch = 1) {
    namespace exchange = app::exchange;
    const auto parsed = exchange::parse_enrolment_request(ready(), request);
    REQUIRE(parsed);
    const auto both = exchange::certify(ready(), *parsed, epoch, today() + std::chrono::days(365), by);
    REQUIRE(both);
    auto file = exchange::certificate_file(*both);
    REQUIRE(file);
    return std::move(*file);
}

inline std::string certificate_name(const app::device::NewDevice& device, int epoch = 1) {
    return device.id() + "-" + std::to_string(epoch) + ".amparo-cert";
}

inline app::device::NewDevice make_new(const fs::path& state) {
    auto made = app::device::make_device(ready(), state, secret(device_words), slow_clock());
    REQUIRE(made);
    return std::move(*made);
}

inline app::device::Request ask(const app::device::NewDevice& device, const crypto::DeploymentPublicKey& programme) {
    auto request = app::device::fresh_request(ready(), device.store(), device.id(), programme);
    REQUIRE(request);
    return std::move(*request);
}

using Opened = tl::expected<std::variant<app::device::Device, app::device::NewDevice>, session::DeviceError>;

/// With device_words.
inline Opened open_made(const fs::path& state, const crypto::DeploymentPublicKey& programme) {
    const kiosk::Places places{state, state.parent_path() / "no-key", {}, programme};
    return app::device::Device::open(ready(), places, session::SlotWords{0, secret(device_words)},
                                     kiosk::around(today()));
}

}  // namespace test
