#pragma once
// How the device's own time, which nobody sets, is kept. Asks no clock: the moment is a parameter.

#include <chrono>

#include "app/store/pin_rules.hpp"
#include "app/store/tables.hpp"

namespace app::store {

class DeviceClock {
  public:
    explicit DeviceClock(detail::Tables& tables) noexcept : tables_(tables) {}
    DeviceClock(const DeviceClock&) = delete;
    DeviceClock& operator=(const DeviceClock&) = delete;

    /// By how much the wall clock was set since the store last knew, in the same start of the machine: forwards
    /// positive, zero within clock_tolerance. What is told is told once.
    [[nodiscard]] Result<std::chrono::seconds> set_by(Now now);

  private:
    friend class People;
    Result<rules::Clock> at(Now now);
    /// Inside Tables::change().
    Result<void> put(const rules::Clock& clock);

    detail::Tables& tables_;
};

}  // namespace app::store
