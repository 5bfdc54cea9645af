// A person at a terminal: a program runs on a terminal of its own, which is read and typed into.
#pragma once

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_all.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/cli/support.hpp"

namespace test {

/// The program on a terminal of its own, and what that shows.
class Seat {
  public:
    /// `words`: a command; "amparo" is the program, others are looked for as a shell does. `library`: one that is
    /// loaded into the program.
    Seat(const Desk& desk, std::vector<std::string> words, const char* library = nullptr) {
        child_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
        REQUIRE(child_ >= 0);
        if (child_ > 0) return;
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        ::setenv("LC_ALL", "C.UTF-8", 1);
        if (library != nullptr) {
            ::setenv("LD_PRELOAD", library, 1);
            ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
        }
        const std::string ours = AMPARO_BIN_DIR "/amparo";
        if (::chdir(desk.path().c_str()) == 0)
            ::execvp(words.front() == "amparo" ? ours.c_str() : words.front().c_str(), arguments.data());
        ::_exit(127);
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() { ::close(terminal_); }

    /// Waits until the program asks this, after everything that it asked before.
    void wait_for(const std::string& question) {
        for (auto at = shown_.find(question, seen_);; at = shown_.find(question, seen_)) {
            if (at != std::string::npos) {
                seen_ = at + question.size();
                return;
            }
            REQUIRE(read_more());
        }
    }
    void type(const std::string& line) {
        REQUIRE(::write(terminal_, (line + "\n").data(), line.size() + 1) == static_cast<ssize_t>(line.size() + 1));
    }
    /// Its exit code, once it has ended.
    int end() {
        while (read_more()) {
        }
        int status = 0;
        REQUIRE(::waitpid(child_, &status, 0) == child_);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    /// Whether what is typed now would be shown.
    [[nodiscard]] bool echoes() const {
        termios now{};
        REQUIRE(::tcgetattr(terminal_, &now) == 0);
        return (now.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    }
    [[nodiscard]] const std::string& shown() const { return shown_; }

  private:
    bool read_more() {
        pollfd waiting{terminal_, POLLIN, 0};
        std::array<char, 4096> piece{};
        if (::poll(&waiting, 1, 60'000) != 1) return false;
        const auto length = ::read(terminal_, piece.data(), piece.size());
        if (length <= 0) return false;
        shown_.append(piece.data(), static_cast<std::size_t>(length));
        return true;
    }

    int terminal_ = -1;
    pid_t child_ = -1;
    std::string shown_;
    std::size_t seen_ = 0;
};

}  // namespace test
