// The open device as the session sees it.
#pragma once

#include "app/device/device.hpp"
#include "app/device/places.hpp"
#include "app/session/effect.hpp"

namespace app::kiosk {

using device::device_error_of;
using device::Places;

/// The clock on the wall and the drafts of the session. `today` is in UTC.
[[nodiscard]] device::Around around(std::chrono::sys_days today);

struct Device : device::Device {
    explicit Device(device::Device&& open) noexcept : device::Device(std::move(open)) {}

    /// As device::Device::unlock(), with around(today).
    [[nodiscard]] static tl::expected<Device, session::DeviceError> unlock(
        crypto::SodiumReady ready, const Places& places, const std::optional<session::SlotWords>& words,
        std::chrono::sys_days today);
    /// What the session is told. There must be a bundle.
    [[nodiscard]] tl::expected<session::Setup, session::DeviceError> setup(std::chrono::sys_days today);
    /// What it is told where there is none.
    [[nodiscard]] session::BundleLost without_bundle();
};

}  // namespace app::kiosk
