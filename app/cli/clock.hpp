// The clocks of this computer, which only commands ask; everything below gets the time from them.
#pragma once

#include <chrono>

namespace app::cli {

/// The day in UTC, by which certificates and bundles are made and end.
[[nodiscard]] inline std::chrono::sys_days utc_today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

/// The day as people here see it.
[[nodiscard]] std::chrono::sys_days local_today();

}  // namespace app::cli
