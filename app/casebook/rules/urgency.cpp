#include "app/casebook/rules/urgency.hpp"

#include <algorithm>

namespace app::casebook::rules {
namespace {

constexpr std::int64_t levels = 3;
constexpr std::int64_t days = 100'000'000;  ///< above every day written as the number 20261124

static_assert(least_of_practice == 2 * levels * levels * days);

/// Days that are read are "2026-11-24"; of what says none the digits make 0, the oldest.
std::int64_t day_number(std::string_view day) noexcept {
    std::int64_t number = 0;
    for (const char c : day.substr(0, 10))
        if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
    return std::min(number, days - 1);
}

engine::Level higher_of_harm_and_risk(const Case& one) noexcept {
    return std::max(level_of(one, engine::ReadingKind::Harm), level_of(one, engine::ReadingKind::Risk));
}

}  // namespace

engine::Level level_of(const Case& one, engine::ReadingKind kind) noexcept {
    return one.unreadable ? engine::Level::Strong : one.readings.at(static_cast<std::size_t>(kind)).level;
}

engine::Level worst_level(const Case& one) noexcept {
    return std::max(level_of(one, engine::ReadingKind::Danger), higher_of_harm_and_risk(one));
}

std::int64_t urgency(const Case& one) noexcept {
    const auto below = [](engine::Level level) { return levels - 1 - static_cast<std::int64_t>(level); };
    std::int64_t number = one.training ? 1 : 0;
    number = number * 2 + (one.withdrawn ? 1 : 0);
    number = number * levels + below(level_of(one, engine::ReadingKind::Danger));
    number = number * levels + below(higher_of_harm_and_risk(one));
    return number * days + (days - 1 - day_number(one.day));
}

}  // namespace app::casebook::rules
