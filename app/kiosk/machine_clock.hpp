// Reads the clocks of this machine; it must not know what they are for.
#pragma once

#include "app/store/store.hpp"

namespace app::kiosk {

class MachineClock {
  public:
    /// Learns which start of the machine this is; where the kernel does not say, every run counts as another start,
    /// which shortens no wait. Source: random(4), boot_id.
    explicit MachineClock(crypto::SodiumReady ready) noexcept;

    /// The running of the machine is CLOCK_BOOTTIME, which nobody sets and which goes on in suspend.
    [[nodiscard]] store::Now now() const noexcept;

  private:
    std::uint64_t start_;
};

}  // namespace app::kiosk
