#include "app/store/pin_rules.hpp"

#include <algorithm>

namespace app::store::rules {

using std::chrono::seconds;

seconds wall_offset_of(Now now) noexcept {
    return now.wall.time_since_epoch() - now.running;
}

Clock clock_at(const std::optional<Clock>& kept, Now now) noexcept {
    if (!kept) return {now.start, now.running, now.wall, wall_offset_of(now)};
    Clock clock = *kept;
    if (clock.start == now.start && clock.running <= now.running)
        clock.time += now.running - clock.running;
    else
        clock.wall_offset = wall_offset_of(now);
    clock.start = now.start;
    clock.running = now.running;
    return clock;
}

seconds set_by(const Clock& clock, Now now) noexcept {
    const auto by = wall_offset_of(now) - clock.wall_offset;
    return std::chrono::abs(by) <= clock_tolerance ? seconds{0} : by;
}

seconds wait_after(int wrong) noexcept {
    seconds wait = pin_first_wait;
    for (int i = pin_tries; i < wrong && wait < pin_longest_wait; ++i) wait *= 2;
    return wrong < pin_tries ? seconds{0} : std::min<seconds>(wait, pin_longest_wait);
}

Turn turn_of(const WrongPins& wrong, DeviceTime now) noexcept {
    const bool unknown = wrong.at > now;  // the device's time was lost: waiting starts anew
    const auto waited = unknown ? seconds{0} : now - wrong.at;
    const auto left = wait_after(wrong.count) - waited;
    const bool waits = wrong.count >= pin_tries && left > seconds{0};
    if (!waits) return {std::nullopt, WrongPins{wrong.count + 1, now}};
    if (unknown) return {left, WrongPins{wrong.count, now}};
    return {left, std::nullopt};
}

bool locks_device(std::int64_t recent) noexcept {
    return recent >= device_tries;
}

SignIn answer_after(int wrong) noexcept {
    if (wrong >= pin_tries) return MustWait{wait_after(wrong)};
    return WrongPin{std::max(0, pin_tries - wrong)};
}

}  // namespace app::store::rules
