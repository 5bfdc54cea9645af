#include "app/shell/clock.hpp"

#include <ctime>

namespace app::shell {

WallTime wall_time() {
    const auto wall = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const std::time_t seconds = wall.time_since_epoch().count();
    std::tm local{};
    localtime_r(&seconds, &local);
    return {wall, std::chrono::minutes(local.tm_hour * 60 + local.tm_min),
            std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday};
}

}  // namespace app::shell
