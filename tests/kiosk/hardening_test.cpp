// P14 in part: what the process gives up, and what the running program has open and locked while somebody speaks.
#include "app/kiosk/hardening.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <set>
#include <sstream>

#include "tests/kiosk/held_kiosk.hpp"

using namespace test;

namespace {

/// Checked where it is done: in a process of its own. 0, or the line that did not hold.
int hardened() {
    setenv("LD_PRELOAD_SAID", "x", 1);
    setenv("GLFW_SOMETHING", "x", 1);
    setenv("LANG", "C.UTF-8", 1);
    if (!kiosk::harden_process()) return __LINE__ % 250;
    if (prctl(PR_GET_DUMPABLE) != 0) return __LINE__ % 250;
    rlimit core{1, 1};
    if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0) return __LINE__ % 250;
    if (umask(0) != (S_IRWXG | S_IRWXO)) return __LINE__ % 250;
    for (const auto* name : {"LD_PRELOAD_SAID", "GLFW_SOMETHING"})
        if (std::getenv(name) != nullptr) return __LINE__ % 250;
    if (std::getenv("LANG") == nullptr) return __LINE__ % 250;
    return 0;
}

std::string proc(const HeldKiosk& kiosk, const std::string& file) {
    return read("/proc/" + std::to_string(kiosk.process()) + "/" + file);
}

std::string value_of(const std::string& status, const std::string& name) {
    std::istringstream lines(status);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name + ":")) continue;
        line.erase(0, name.size() + 1);
        return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    }
    return {};
}

}  // namespace

TEST_CASE("Before it touches a secret the process cannot be dumped, leaves no core and has a bare environment") {
    const pid_t child = fork();
    if (child == 0) _exit(hardened());
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    INFO("line " << WEXITSTATUS(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("While somebody speaks the program has memory locked, no socket open and writes nothing but its store",
          "[proof]") {
    const Deployment deployment;
    ask_in_words(deployment);
    HeldKiosk kiosk(deployment,
                    sign_in_steps() +
                        "tap home.new\ntap pick.es\ntap privacy.yes\ntap mode.assisted\ntap consent.yes\n"
                        "wait question.said\ntype Ana\ntap question.next\nwait choice.danger_now.no\nsettle\n" +
                        HeldKiosk::stop(0),
                    1);
    kiosk.wait_for(0);
    const auto status = proc(kiosk, "status");
    REQUIRE_FALSE(status.empty());
    CHECK(value_of(status, "Umask") == "0077");
    const auto locked = std::strtoul(value_of(status, "VmLck").c_str(), nullptr, 10) * 1024;
#ifndef AMPARO_SANITIZED  // there nothing is locked
    CHECK(locked >= session::arena_bytes);
#endif
    CHECK(locked <= kiosk::lockable_memory);
    CHECK(proc(kiosk, "limits").find("Max core file size        0                    0") != std::string::npos);

    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(kiosk.process()) + "/fd")) {
        const auto target = fs::read_symlink(entry.path()).string();
        INFO(target);
        CHECK_FALSE(target.starts_with("socket:"));
        ++files;
    }
    CHECK(files > 3);
    for (const auto& entry : fs::recursive_directory_iterator(deployment.path() / "home")) FAIL(entry.path());
    std::set<std::string> state;
    for (const auto& entry : fs::directory_iterator(deployment.state())) {
        state.insert(entry.path().filename().string());
        CHECK((entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
    }
    CHECK(state == std::set<std::string>{"amparo.db", "lock", "recovery.age", "slots-copy.bin", "slots.bin"});
    std::printf("P14 while an interview is open: %zu kB locked, %zu descriptors, no socket, no core\n", locked / 1024,
                files);
}
