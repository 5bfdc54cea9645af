// Loaded before the C library into the real program: every sync takes AMPARO_SLOW_SYNC milliseconds more, as on a worn
// stick. The program itself is as it ships.
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace {

/// Read while it is loaded: the program forgets variables that it does not know.
const long milliseconds = [] {
    const char* said = std::getenv("AMPARO_SLOW_SYNC");
    return said == nullptr ? 0 : std::strtol(said, nullptr, 10);
}();

int after_a_while(long number, int descriptor) noexcept {
    timespec left{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
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
