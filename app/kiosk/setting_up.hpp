// What the effects of setting a kiosk up do; no thread of their own.
#pragma once

#include "app/device/new_device.hpp"
#include "app/kiosk/device.hpp"

namespace app::kiosk {

/// Eight words for the first keyholder of a device that is made with them. Errors: LockedMemory.
[[nodiscard]] tl::expected<session::FirstWords, session::DeviceError> first_words(crypto::SodiumReady ready);

/// A request with a new nonce, of a device that works or of one that was made just now, onto a stick. `device`: 32 hex
/// digits.
[[nodiscard]] tl::expected<session::RequestWritten, session::SendError> write_request(
    crypto::SodiumReady ready, store::Store& store, const std::string& device,
    const crypto::DeploymentPublicKey& programme, const session::Place& place);
/// The request of before, as far as it is known.
[[nodiscard]] std::optional<session::Asked> asked_before(crypto::SodiumReady ready, const device::NewDevice& device,
                                                         const crypto::DeploymentPublicKey& programme);

/// Enrolled with what is in these folders; `fresh` is gone only when it succeeded, or when what was enrolled does not
/// open all the same.
[[nodiscard]] tl::expected<Device, session::DeviceError> enrol(crypto::SodiumReady ready, const Places& places,
                                                               std::optional<device::NewDevice>& fresh,
                                                               const std::vector<std::filesystem::path>& folders,
                                                               std::chrono::sys_days today);

/// Seals the record that says nothing but that sealing works, and keeps it to be sent.
[[nodiscard]] tl::expected<session::TestSealed, session::DeviceError> seal_test(crypto::SodiumReady ready,
                                                                                Device& device, model::Worker worker);

}  // namespace app::kiosk
