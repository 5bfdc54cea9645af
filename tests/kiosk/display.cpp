#include "tests/kiosk/display.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_all.hpp>
#include <csignal>
#include <utility>

#include "tests/support/needs.hpp"

namespace test {

VirtualDisplay::VirtualDisplay() {
    support::need_programs({"Xvfb"});
    std::array<int, 2> ends{};
    REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
    server_ = fork();
    if (server_ == 0) {
        const auto number = std::to_string(dup(ends[1]));  // the copy stays open in the server
        const int nothing = open("/dev/null", O_RDWR);
        for (const int standard : {0, 1, 2}) dup2(nothing, standard);
        execlp("Xvfb", "Xvfb", "-displayfd", number.c_str(), "-screen", "0", "1000x1000x24", "-nolisten", "tcp",
               nullptr);
        _exit(127);
    }
    REQUIRE(server_ > 0);
    close(ends[1]);
    std::string said;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) said += c;
    close(ends[0]);
    REQUIRE_FALSE(said.empty());
    name_ = ":" + said;
}

VirtualDisplay::~VirtualDisplay() {
    if (server_ <= 0) return;
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
}

void VirtualDisplay::end() {
    kill(server_, SIGKILL);
    waitpid(std::exchange(server_, 0), nullptr, 0);
}

}  // namespace test
