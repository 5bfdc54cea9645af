// Loaded before the C library into the real program: every sync takes AMPARO_SLOW_SYNC milliseconds more, as on a worn
// stick. The program itself is as it ships.
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace {

int after_a_while(long number, int descriptor) noexcept {
    const char* said = std::getenv("AMPARO_SLOW_SYNC");
    const long ms = said == nullptr ? 0 : std::strtol(said, nullptr, 10);
    timespec left{ms / 1000, ms % 1000 * 1'000'000};
    while (nanosleep(&left, &left) != 0) {
    }
    return static_cast<int>(syscall(number, descriptor));
}

}  // namespace

extern "C" {

int fsync(int descriptor) {
    return after_a_while(SYS_fsync, descriptor);
}
int fdatasync(int descriptor) {
    return after_a_while(SYS_fdatasync, descriptor);
}

}  // extern "C"
