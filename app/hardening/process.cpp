#include "app/hardening/process.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace app::hardening {

namespace {

// What is not named here is dropped: among the rest everything that names a file some library would load or write
// (LD_*, GCONV_PATH, LOCPATH, XLOCALEDIR, XCURSOR_PATH, LIBGL_DRIVERS_PATH, SQLITE_TMPDIR, HOME …). What acts before
// main(), as LD_PRELOAD does, nobody can drop here.
constexpr std::array for_every_program{"LANG", "LC_ALL", "LC_MESSAGES", "TZ", "ASAN_OPTIONS", "UBSAN_OPTIONS"};
constexpr std::array kept_for_a_window{"DISPLAY", "XAUTHORITY", "LIBGL_ALWAYS_SOFTWARE", "LIBGL_DRI3_DISABLE"};

using Kept = std::vector<std::pair<std::string, std::string>>;

void keep(Kept& kept, std::span<const char* const> names) {
    for (const char* name : names)
        if (const char* value = std::getenv(name); value != nullptr) kept.emplace_back(name, value);
}

/// Libraries read what these name and would wait for a pipe: the display's right to be opened only from a plain file,
/// the time zone only by its name.
bool would_wait(const std::pair<std::string, std::string>& one) {
    struct stat status {};
    if (one.first == "XAUTHORITY") return stat(one.second.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
    return one.first == "TZ" && one.second.find_first_of("/:") == 0;
}

bool scrub_environment(Program program) {
    Kept kept;
    keep(kept, for_every_program);
    if (program == Program::Kiosk) {
        keep(kept, kept_for_a_window);
        // The one thing a window looks for at home is the right to open one.
        const char* home = std::getenv("HOME");
        if (std::getenv("XAUTHORITY") == nullptr && home != nullptr && *home == '/')
            kept.emplace_back("XAUTHORITY", std::string(home) + "/.Xauthority");
        // Nothing else that lies there directs a library, and none asks the user database where it is.
        kept.emplace_back("HOME", "/nonexistent");
        // Mesa keeps compiled shaders on disk; ours hold no answers, but a kiosk writes only where it says it does.
        kept.emplace_back("MESA_SHADER_CACHE_DISABLE", "true");
    }
    std::erase_if(kept, would_wait);
    if (clearenv() != 0) return false;
    for (const auto& [name, value] : kept)
        if (setenv(name.c_str(), value.c_str(), 1) != 0) return false;
    return true;
}

void raise_lockable_memory() noexcept {
    rlimit lockable{};
    if (getrlimit(RLIMIT_MEMLOCK, &lockable) != 0 || lockable.rlim_cur >= lockable.rlim_max) return;
    lockable.rlim_cur = lockable.rlim_max;
    (void)setrlimit(RLIMIT_MEMLOCK, &lockable);  // less is found out when memory is locked, and said then
}

/// prctl(2) PR_SET_MDWE, Linux 6.3; older headers lack the names. The kiosk cannot: software OpenGL makes code.
void refuse_new_code() noexcept {
#ifndef AMPARO_SANITIZED
    constexpr int set_mdwe = 65;
    constexpr unsigned long refuse_exec_gain = 1;
    (void)prctl(set_mdwe, refuse_exec_gain, 0, 0, 0);
#endif
}

}  // namespace

bool harden_process(Program program) noexcept {
    umask(S_IRWXG | S_IRWXO);
    raise_lockable_memory();
    if (program == Program::CommandLine) refuse_new_code();
    const rlimit no_core{0, 0};
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    try {
        return scrub_environment(program);
    } catch (const std::exception&) {  // no memory
        return false;
    }
}

bool can_lock_memory() noexcept {
    void* const region = mmap(nullptr, lockable_memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED) return false;
    const bool locked = mlock2(region, lockable_memory, MLOCK_ONFAULT) == 0;  // asks without filling it
    munmap(region, lockable_memory);
    return locked;
}

}  // namespace app::hardening
