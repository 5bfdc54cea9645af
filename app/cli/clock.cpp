#include "app/cli/clock.hpp"

#include "app/device/audit.hpp"

namespace app::cli {

std::chrono::sys_days local_today() {
    return device::local_day(std::chrono::system_clock::now());
}

}  // namespace app::cli
