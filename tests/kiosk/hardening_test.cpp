// P14 of the kiosk: what the running program has open and locked while somebody speaks, what the system counts it as,
// and what an intruder inside it would get.
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <set>

#include "app/hardening/folders.hpp"
#include "app/hardening/process.hpp"
#include "tests/kiosk/display.hpp"
#include "tests/kiosk/held_kiosk.hpp"
#include "tests/support/intruder.hpp"

using namespace test;

namespace {

/// An interview in which somebody has answered one question, held there.
std::string held_interview() {
    return sign_in_steps() +
           "tap home.new\ntap pick.es\ntap privacy.yes\ntap mode.assisted\ntap consent.next\ntap consent.next\ntap "
           "consent.yes\n"
           "wait question.said\ntype Ana\ntap question.next\nwait choice.danger_now.no\nsettle\n" +
           HeldKiosk::stop(0);
}

void check_status(pid_t process) {
    check_hardened(process);
    CHECK(status_of_threads(process, "Seccomp").size() > 1);
}

/// What the intruder was told in the kiosk, with or without a window.
std::size_t check_intruder(const Intruder& intruder, HeldKiosk& kiosk) {
    const auto tried = check_tries(intruder, kiosk.process(), EPERM);
#ifndef AMPARO_SANITIZED
    check_no_other_program(kiosk.ends_by(SIGUSR2));
#endif
    return tried;
}

HeldWay with(const Intruder& intruder, const std::string& display = {}) {
    return {display, intruder.variables(), [&intruder] { intruder.take_place(); }};
}

std::string folder_elsewhere(const Deployment& deployment) {
    const auto folder = deployment.path() / "elsewhere";
    fs::create_directory(folder);
    return folder.string();
}

const char* landlock() {
    return app::hardening::can_confine() ? "there" : "NOT there, files not seen";
}

}  // namespace

TEST_CASE("While somebody speaks the program has memory locked, no socket open and writes nothing but its store",
          "[proof]") {
    const Deployment deployment;
    ask_in_words(deployment);
    HeldKiosk kiosk(deployment, held_interview(), 1);
    kiosk.wait_for(0);
    check_status(kiosk.process());
    const auto locked = std::strtoul(status_of(kiosk.process(), "VmLck").c_str(), nullptr, 10) * 1024;
#ifndef AMPARO_SANITIZED  // there nothing is locked
    CHECK(locked >= session::arena_bytes);
#endif
    CHECK(locked <= app::hardening::lockable_memory);
    const auto files = open_files(kiosk.process());
    for (const auto& file : files) {
        INFO(file);
        CHECK_FALSE(file.starts_with("socket:"));
    }
    CHECK(files.size() > 3);
    for (const auto& entry : fs::recursive_directory_iterator(deployment.path() / "home")) FAIL(entry.path());
    std::set<std::string> state;
    for (const auto& entry : fs::directory_iterator(deployment.state())) {
        state.insert(entry.path().filename().string());
        CHECK((entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
    }
    CHECK(state ==
          std::set<std::string>{"amparo-salt.bin", "amparo.db", "recovery.age", "slots-copy.bin", "slots.bin"});
    std::printf("P14 while an interview is open: %zu kB locked, %zu descriptors, no socket, no core\n", locked / 1024,
                files.size());
}

TEST_CASE("While somebody speaks in a window, an intruder reaches no network, no program and no other file",
          "[proof]") {
    const Deployment deployment;
    ask_in_words(deployment);
    const VirtualDisplay display;
    const Intruder intruder(folder_elsewhere(deployment));
    HeldKiosk kiosk(deployment, held_interview(), 1, with(intruder, display.name()));
    kiosk.wait_for(0);
    check_status(kiosk.process());
    std::size_t sockets = 0;
    for (const auto& file : open_files(kiosk.process())) sockets += file.starts_with("socket:") ? 1U : 0U;
    CHECK(sockets == 1);  // the one to the display
    const auto tried = check_intruder(intruder, kiosk);
    std::printf("P14 tried from inside the kiosk in a window: %zu and a program to run, Landlock %s\n", tried,
                landlock());
}

TEST_CASE("While somebody speaks without a window, an intruder reaches no network, no program and no other file",
          "[proof]") {
    const Deployment deployment;
    ask_in_words(deployment);
    const Intruder intruder(folder_elsewhere(deployment));
    HeldKiosk kiosk(deployment, held_interview(), 1, with(intruder));
    kiosk.wait_for(0);
    const auto tried = check_intruder(intruder, kiosk);
    std::printf("P14 tried from inside the kiosk without a window: %zu and a program to run, Landlock %s\n", tried,
                landlock());
}

TEST_CASE("The kiosk that is aborted while somebody speaks leaves no core") {
    const Deployment deployment;
    ask_in_words(deployment);
    HeldKiosk kiosk(deployment, held_interview(), 1);
    kiosk.wait_for(0);
    const int status = kiosk.ends_by(SIGABRT);
    CHECK(WIFSIGNALED(status));
    CHECK_FALSE(WCOREDUMP(status));
}
