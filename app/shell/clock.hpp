#pragma once
// What the clock on the wall shows. Asked here and handed down: nothing below a program asks for the time.

#include <chrono>

namespace app::shell {

struct WallTime {
    std::chrono::sys_seconds utc;
    std::chrono::minutes of_day;        ///< since midnight, as people here see it
    std::chrono::year_month_day local;  ///< the day as people here see it
};

[[nodiscard]] WallTime wall_time();

}  // namespace app::shell
