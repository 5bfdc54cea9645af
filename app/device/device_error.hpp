// What the failures of the layers below mean to somebody in front of the device.
#pragma once

#include "app/exchange/failure.hpp"
#include "app/model/device_error.hpp"
#include "app/store/failure.hpp"

namespace app::device {

[[nodiscard]] model::DeviceError device_error_of(store::Error error) noexcept;
[[nodiscard]] model::DeviceError device_error_of_bundle(const exchange::Failure& failure) noexcept;

}  // namespace app::device
