// Why a kiosk cannot go on: one word per sentence of the catalogue below `error.`; it carries nothing secret.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/model/device_error.hpp"

namespace app::session {

using model::DeviceError;

/// "error.store_damaged": the sentence that says what happened, what is safe, what to do.
[[nodiscard]] std::string_view catalogue_key(DeviceError error) noexcept;

/// A key file was there and is not this device's: words may still open it.
[[nodiscard]] constexpr bool wrong_key(DeviceError error) noexcept {
    return error == DeviceError::WrongKey || error == DeviceError::OtherKeys;
}

/// Room below which no interview starts, bytes (64 MiB).
inline constexpr std::uint64_t least_free = 64U << 20;

}  // namespace app::session
