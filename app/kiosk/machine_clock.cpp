#include "app/kiosk/machine_clock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <ctime>

#include "app/files/descriptor.hpp"
#include "crypto/random.hpp"

namespace app::kiosk {
namespace {

std::uint64_t random_number(crypto::SodiumReady ready) noexcept {
    return (std::uint64_t{crypto::random_below(ready, 0xFFFFFFFFU)} << 32) | crypto::random_below(ready, 0xFFFFFFFFU);
}

std::uint64_t this_start(crypto::SodiumReady ready) noexcept {
    const files::Descriptor file(::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return random_number(ready);
    std::array<char, 64> text{};
    const auto length = ::read(file.get(), text.data(), text.size());
    std::uint64_t start = 0;
    int digits = 0;
    for (ssize_t i = 0; i < length && digits < 16; ++i) {
        const char c = text[static_cast<std::size_t>(i)];
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
