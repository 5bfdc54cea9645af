#include "tests/support/held_driver.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_all.hpp>
#include <csignal>
#include <fstream>
#include <utility>

#include "tests/support/exec_words.hpp"

namespace test {

namespace fs = std::filesystem;

HeldDriver::HeldDriver(const HeldLine& line) : pictures_(line.folder / "held") {
    fs::remove_all(pictures_);
    fs::create_directory(pictures_);
    for (std::size_t i = 0; i < line.stops; ++i)
        for (const std::string name : {"at", "hold"}) REQUIRE(mkfifo(pipe(name, i).c_str(), 0600) == 0);
    const auto file = line.folder / "held.journey";
    std::ofstream(file, std::ios::binary) << line.journey;
    const auto home = line.folder / "home";
    fs::create_directory(home);
    std::vector<std::string> words{AMPARO_BIN_DIR "/amparo-driver", "kiosk", "--size", "412x915"};
    for (const auto& word : {std::string("--tour"), file.string(), std::string("--screenshots"), pictures_.string()})
        words.push_back(word);
    words.insert(words.end(), line.options.begin(), line.options.end());
    std::vector<std::string> variables{"HOME=" + home.string(), "TMPDIR=" + home.string(), "LANG=C.UTF-8"};
    variables.insert(variables.end(), line.variables.begin(), line.variables.end());
    const auto arguments = exec_words(words);
    const auto environment = exec_words(variables);
    REQUIRE(pipe2(ended_.data(), O_CLOEXEC) == 0);
    child_ = fork();
    if (child_ == 0) {
        dup(ended_[1]);  // the copy stays open in the program
        const int nothing = ::open("/dev/null", O_RDWR);
        dup2(nothing, 0);
        dup2(nothing, 1);
        if (line.before) line.before();
        execve(arguments[0], arguments.data(), environment.data());
        _exit(127);
    }
    ::close(std::exchange(ended_[1], -1));
    REQUIRE(child_ > 0);
}

HeldDriver::~HeldDriver() {
    ::close(ended_[0]);
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

std::string HeldDriver::stop(std::size_t number) {
    return "screenshot at" + std::to_string(number) + "\nscreenshot hold" + std::to_string(number) + "\n";
}

int HeldDriver::finish() {
    int status = 0;
    REQUIRE(waitpid(std::exchange(child_, 0), &status, 0) > 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int HeldDriver::ends_by(int signal) {
    kill(child_, signal);
    int status = 0;
    REQUIRE(waitpid(std::exchange(child_, 0), &status, 0) > 0);
    return status;
}

bool HeldDriver::kill_after(std::chrono::milliseconds time) {
    pollfd end{ended_[0], POLLIN, 0};
    const bool by_itself = poll(&end, 1, static_cast<int>(time.count())) > 0;
    const pid_t child = std::exchange(child_, 0);
    kill(child, SIGKILL);
    REQUIRE(waitpid(child, nullptr, 0) == child);
    return by_itself;
}

fs::path HeldDriver::pipe(const std::string& name, std::size_t number) const {
    return pictures_ / (name + std::to_string(number) + ".png.part");
}

void HeldDriver::drain(const fs::path& pipe, bool may_end) const {
    const int in = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(in >= 0);
    std::array<pollfd, 2> either{{{in, POLLIN, 0}, {ended_[0], POLLIN, 0}}};
    for (bool begun = false;;) {
        REQUIRE(poll(either.data(), either.size(), -1) > 0);
        if ((either[0].revents & POLLIN) != 0) {
            std::array<char, 4096> ignored;
            begun = ::read(in, ignored.data(), ignored.size()) > 0 || begun;
        } else if (begun && (either[0].revents & POLLHUP) != 0) {
            break;
        } else if (either[1].revents != 0) {
            if (may_end) break;
            FAIL("the program ended before it came to " << pipe.filename());
        }
    }
    ::close(in);
}

}  // namespace test
