#include "app/kiosk/hardening.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace app::kiosk {

namespace {

/// What a window, its fonts and its clock may ask for; everything else is dropped.
constexpr std::array kept{"DISPLAY",
                          "XAUTHORITY",
                          "WAYLAND_DISPLAY",
                          "XDG_RUNTIME_DIR",
                          "XDG_DATA_HOME",
                          "HOME",
                          "PATH",
                          "LANG",
                          "LC_ALL",
                          "LC_MESSAGES",
                          "TZ",
                          "LIBGL_ALWAYS_SOFTWARE",
                          "LIBGL_DRI3_DISABLE",
                          "ASAN_OPTIONS",
                          "UBSAN_OPTIONS",
                          "LLVM_PROFILE_FILE"};

bool scrub_environment() noexcept {
    std::vector<std::pair<std::string, std::string>> values;
    for (const char* name : kept)
        if (const char* value = std::getenv(name); value != nullptr) values.emplace_back(name, value);
    if (clearenv() != 0) return false;
    for (const auto& [name, value] : values)
        if (setenv(name.c_str(), value.c_str(), 1) != 0) return false;
    return true;
}

}  // namespace

bool harden_process() noexcept {
    umask(S_IRWXG | S_IRWXO);
    const rlimit no_core{0, 0};
    rlimit lockable{};
    if (getrlimit(RLIMIT_MEMLOCK, &lockable) == 0 && lockable.rlim_cur < lockable.rlim_max) {
        lockable.rlim_cur = lockable.rlim_max;
        (void)setrlimit(RLIMIT_MEMLOCK, &lockable);  // less is found out when memory is locked, and said then
    }
    // Mesa keeps compiled shaders on disk; ours hold no answers, but a kiosk writes only where it says it does.
    const bool scrubbed = scrub_environment() && setenv("MESA_SHADER_CACHE_DISABLE", "true", 1) == 0;
    return setrlimit(RLIMIT_CORE, &no_core) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && scrubbed;
}

bool can_lock_memory() noexcept {
    void* const region = mmap(nullptr, lockable_memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED) return false;
    const bool locked = mlock2(region, lockable_memory, MLOCK_ONFAULT) == 0;  // asks without filling it
    munmap(region, lockable_memory);
    return locked;
}

}  // namespace app::kiosk
