// What every program gives up before it touches a secret.
#include "app/hardening/process.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_all.hpp>
#include <csignal>
#include <cstdlib>

#include "tests/hardening/child.hpp"

using namespace test;
using app::hardening::Program;

namespace {

void fill_environment() {
    for (const auto* name : {"LD_PRELOAD_SAID",
                             "GLFW_SOMETHING",
                             "LIBGL_DRIVERS_PATH",
                             "GALLIUM_DRIVER",
                             "MESA_LOADER_DRIVER_OVERRIDE",
                             "VK_ICD_FILENAMES",
                             "XLOCALEDIR",
                             "XCURSOR_PATH",
                             "GCONV_PATH",
                             "LOCPATH",
                             "NLSPATH",
                             "GLIBC_TUNABLES",
                             "MALLOC_CHECK_",
                             "SSLKEYLOGFILE",
                             "OPENSSL_CONF",
                             "SQLITE_TMPDIR",
                             "TMPDIR",
                             "XDG_DATA_HOME",
                             "XDG_RUNTIME_DIR",
                             "XDG_CACHE_HOME",
                             "WAYLAND_DISPLAY",
                             "PATH"})
        setenv(name, "/tmp/x", 1);
    setenv("LANG", "C.UTF-8", 1);
    setenv("HOME", "/home/somebody", 1);
    setenv("DISPLAY", ":0", 1);
    unsetenv("XAUTHORITY");
}

bool has(const char* name) {
    return std::getenv(name) != nullptr;
}

void check_environment(Findings& found, Program program) {
    std::string left;
    for (char** one = environ; *one != nullptr; ++one) left += std::string(*one) + " ";
    found.expect(left.find("/tmp/x") == std::string::npos, "these names were left: " + left);
    found.expect(left.find("/home/somebody ") == std::string::npos, "home was left: " + left);
    found.expect(has("LANG"), "LANG is gone");
    found.expect(has("DISPLAY") == (program == Program::Kiosk), "DISPLAY");
    if (program == Program::Kiosk)
        found.expect(has("XAUTHORITY") && std::getenv("XAUTHORITY") == std::string("/home/somebody/.Xauthority"),
                     "the right to open a window is gone");
}

void harden(Findings& found, Program program) {
    fill_environment();
    found.expect(app::hardening::harden_process(program), "hardening was refused");
    found.expect(prctl(PR_GET_DUMPABLE) == 0, "dumpable");
    found.expect(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1, "new privileges");
    rlimit core{1, 1};
    found.expect(getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0, "core");
    found.expect(umask(0) == (S_IRWXG | S_IRWXO), "umask");
    check_environment(found, program);
}

}  // namespace

TEST_CASE(
    "Before it touches a secret no program can be dumped or win rights, leaves a core, or keeps its environment") {
    for (const auto program : {Program::Kiosk, Program::CommandLine}) {
        const auto found = in_child([&](Findings& f) { harden(f, program); });
        CHECK(found.exit == 0);
        CHECK(found.probes > 6);
        for (const auto& what : found.failed) FAIL_CHECK(what);
    }
}

TEST_CASE("A pipe that the environment names for a library is forgotten, for it would be waited for") {
    const auto found = in_child([](Findings& f) {
        const std::string pipe = "/tmp/amparo-pipe-" + std::to_string(getpid());
        f.expect(mkfifo(pipe.c_str(), 0600) == 0, "no pipe could be made");
        setenv("XAUTHORITY", pipe.c_str(), 1);
        setenv("TZ", pipe.c_str(), 1);
        f.expect(app::hardening::harden_process(Program::Kiosk), "hardening was refused");
        f.expect(std::getenv("XAUTHORITY") == nullptr, "the display's right is read from a pipe");
        f.expect(std::getenv("TZ") == nullptr, "the time zone is read from a pipe");
        unlink(pipe.c_str());
    });
    CHECK(found.exit == 0);
    for (const auto& what : found.failed) FAIL_CHECK(what);
}

TEST_CASE("A program that is aborted leaves no core, however large one may be") {
    for (const auto program : {Program::Kiosk, Program::CommandLine}) {
        const auto found = in_child([&](Findings& f) {
            rlimit core{};
            if (getrlimit(RLIMIT_CORE, &core) == 0) core.rlim_cur = core.rlim_max;
            f.expect(setrlimit(RLIMIT_CORE, &core) == 0, "limit");
            f.expect(app::hardening::harden_process(program), "hardening was refused");
            signal(SIGABRT, SIG_DFL);
            raise(SIGABRT);
        });
        CHECK(found.signal == SIGABRT);
        CHECK_FALSE(found.core);
        CHECK(found.failed.empty());
    }
}

#ifndef AMPARO_SANITIZED
TEST_CASE("The command line program makes no memory that can be written and run, where the kernel can refuse it") {
    constexpr int get_mdwe = 66;  // PR_GET_MDWE, Linux 6.3
    const auto found = in_child([](Findings& f) {
        f.expect(app::hardening::harden_process(Program::CommandLine), "hardening was refused");
        if (prctl(get_mdwe, 0, 0, 0, 0) < 0) return;
        void* made = mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        f.expect(made == MAP_FAILED, "memory to write and run");
        made = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        f.expect(made != MAP_FAILED && mprotect(made, 4096, PROT_READ | PROT_EXEC) != 0, "memory made to run");
    });
    if (found.probes == 1) SKIP("this kernel is older than Linux 6.3");
    CHECK(found.failed.empty());
}
#endif
