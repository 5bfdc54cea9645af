// What the failures of the layers below mean to somebody in front of the device.
#pragma once

#include "app/exchange/failure.hpp"
#include "app/model/trouble.hpp"
#include "app/store/failure.hpp"

namespace app::device {

[[nodiscard]] model::Trouble trouble_of(store::Error error) noexcept;
[[nodiscard]] model::Trouble trouble_of_bundle(const exchange::Failure& failure) noexcept;

}  // namespace app::device
