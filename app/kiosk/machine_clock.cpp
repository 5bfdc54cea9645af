#include "app/kiosk/machine_clock.hpp"

#include <ctime>

#include "app/files/system.hpp"
#include "crypto/random.hpp"

namespace app::kiosk {
namespace {

std::uint64_t random_number(crypto::SodiumReady ready) noexcept {
    return (std::uint64_t{crypto::random_below(ready, 0xFFFFFFFFU)} << 32) | crypto::random_below(ready, 0xFFFFFFFFU);
}

std::uint64_t this_start(crypto::SodiumReady ready) {
    const auto text = files::read_kernel_file("/proc/sys/kernel/random/boot_id", 64);
    if (!text) return random_number(ready);
    std::uint64_t start = 0;
    int digits = 0;
    for (const char c : *text) {
        if (digits == 16) break;
        const bool number = c >= '0' && c <= '9';
        if (!number && (c < 'a' || c > 'f')) continue;
        start = start * 16 + static_cast<std::uint64_t>(number ? c - '0' : c - 'a' + 10);
        ++digits;
    }
    return digits == 16 ? start : random_number(ready);
}

}  // namespace

MachineClock::MachineClock(crypto::SodiumReady ready) noexcept : start_(this_start(ready)) {}

store::Now MachineClock::now() const noexcept {
    timespec running{};
    clock_gettime(CLOCK_BOOTTIME, &running);
    return {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
            std::chrono::seconds(running.tv_sec), start_};
}

}  // namespace app::kiosk
