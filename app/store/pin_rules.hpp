#pragma once
// What wrong PINs cost, and the device's own time by which it is measured. Pure: the store keeps what this says.

#include <chrono>
#include <cstdint>
#include <optional>

#include "app/store/values.hpp"

namespace app::store::rules {

/// The device's own time: as much later than any earlier one as the machine was seen running in between.
using DeviceTime = std::chrono::sys_seconds;

/// Where the device's time stood when the store last looked.
struct Clock {
    std::uint64_t start = 0;
    std::chrono::seconds running{};
    DeviceTime time{};
    std::chrono::seconds wall_offset{};  ///< of the wall clock to `running`, as it was last taken for right
};

/// The device's time now. It goes on while the machine is running, and stands still while it is off. Without one that
/// was kept it begins with the wall clock, by which stores of earlier programs counted.
[[nodiscard]] Clock clock_at(const std::optional<Clock>& kept, Now now) noexcept;
/// By how much the wall clock was set since: forwards positive, zero within clock_tolerance.
[[nodiscard]] std::chrono::seconds set_by(const Clock& clock, Now now) noexcept;
/// How far the wall clock is from the running of the machine.
[[nodiscard]] std::chrono::seconds wall_offset_of(Now now) noexcept;

/// Wrong PINs of one number in a row.
struct WrongPins {
    int count = 0;
    DeviceTime at{};  ///< of the last one, or since when it waits
};

/// How long a number waits after so many wrong PINs in a row.
[[nodiscard]] std::chrono::seconds wait_after(int wrong) noexcept;

/// What a number's own waiting says of a try.
struct Turn {
    std::optional<std::chrono::seconds> wait;  ///< set: the PIN is not looked at
    /// What is to be kept before anything else happens: a try that is looked at counts as wrong, and waiting whose time
    /// was lost with its page begins anew.
    std::optional<WrongPins> keep;
};
[[nodiscard]] Turn turn_of(const WrongPins& wrong, DeviceTime now) noexcept;

/// Whether so many wrong PINs of all numbers within device_tries_window lock the device.
[[nodiscard]] bool locks_device(std::int64_t recent) noexcept;
/// What is said after the `wrong`th wrong PIN of a number in a row.
[[nodiscard]] SignIn answer_after(int wrong) noexcept;

}  // namespace app::store::rules
