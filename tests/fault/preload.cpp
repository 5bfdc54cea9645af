// Loaded before the C library into a real program, together with shim.cpp: what becomes of its file operations is said
// in variables, which are read before the program gives up what it does not need.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/fault/shim.hpp"

namespace {

const bool armed = [] {
    const char* const said = std::getenv("AMPARO_FAULT");
    const char* const path = std::getenv("AMPARO_FAULT_LOG");
    unsigned long long at = 0;
    unsigned kind = 0;
    if (said == nullptr || path == nullptr || std::sscanf(said, "%llu %u", &at, &kind) != 2) return false;
    const auto file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0));
    auto* const memory = mmap(nullptr, sizeof(fault::Log), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file < 0 || memory == MAP_FAILED) std::abort();
    fault::arm(at, static_cast<fault::Fault>(kind), *static_cast<fault::Log*>(memory), {});
    return true;
}();

}  // namespace
