// Asked to end, the program ends, whatever it is waiting for: a display that says nothing, before anything is open.
#include "app/shell/signals.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <map>
#include <utility>
#include <vector>

#include "tests/kiosk/support.hpp"
#include "tests/support/exec_words.hpp"

using namespace test;

namespace {

/// A display of this machine that takes a connection and never says a word.
class SilentDisplay {
  public:
    SilentDisplay() {
        fs::create_directories("/tmp/.X11-unix");
        for (number_ = 700; number_ < 900; ++number_) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            path_ = "/tmp/.X11-unix/X" + std::to_string(number_);
            std::copy(path_.begin(), path_.end(), address.sun_path);
            socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            REQUIRE(socket_ >= 0);
            if (bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && listen(socket_, 4) == 0)
                return;
            close(socket_);
        }
        FAIL("no display number is free");
    }
    SilentDisplay(const SilentDisplay&) = delete;
    SilentDisplay& operator=(const SilentDisplay&) = delete;
    ~SilentDisplay() {
        if (connection_ >= 0) close(connection_);
        close(socket_);
        unlink(path_.c_str());
    }
    [[nodiscard]] std::string name() const { return ":" + std::to_string(number_); }
    /// Until somebody has said who they are, and waits for an answer.
    void wait_for_somebody() {
        connection_ = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        REQUIRE(connection_ >= 0);
        char first = 0;
        REQUIRE(recv(connection_, &first, 1, MSG_PEEK) == 1);
    }

  private:
    int number_ = 0;
    int socket_ = -1;
    int connection_ = -1;
    std::string path_;
};

std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder))
        files[entry.path().filename().string()] = read(entry.path());
    return files;
}

/// The real program with a window on this display.
class Program {
  public:
    Program(const Deployment& deployment, const std::string& display) {
        const auto known = deployment.places();
        std::vector<std::string> line{AMPARO_BIN_DIR "/amparo-kiosk", "--state", known.state.string(), "--device-key",
                                      known.device_key.string()};
        std::vector<std::string> variables{"DISPLAY=" + display, "LANG=C.UTF-8", "HOME=" + deployment.path().string()};
        const auto arguments = test::exec_words(line);
        const auto environment = test::exec_words(variables);
        REQUIRE(pipe2(held_.data(), O_CLOEXEC) == 0);
        child_ = fork();
        if (child_ == 0) {
            const rlimit none{};
            setrlimit(RLIMIT_CORE, &none);
            fcntl(held_[1], F_SETFD, 0);  // open as long as the program is there
            execve(arguments.front(), arguments.data(), environment.data());
            _exit(127);
        }
        REQUIRE(child_ > 0);
        close(held_[1]);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (child_ > 0) end();
        close(held_[0]);
    }
    [[nodiscard]] pid_t process() const { return child_; }
    /// Whether it ends by itself; half a minute is longer than any machine takes.
    [[nodiscard]] bool ends() const {
        pollfd waiting{held_[0], POLLIN, 0};
        return poll(&waiting, 1, 30'000) == 1;
    }
    /// How it ended, as wait(2) says it; made to where it has not.
    int end() {
        kill(child_, SIGKILL);
        int status = 0;
        waitpid(std::exchange(child_, 0), &status, 0);
        return status;
    }

  private:
    std::array<int, 2> held_{-1, -1};
    pid_t child_ = 0;
};

}  // namespace

TEST_CASE("Asked to end while it waits for a display that never answers, the program ends as a closed window does") {
    const Deployment deployment;
    const auto before = files_of(deployment.state());
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPWR, SIGXCPU}) {
        INFO("signal " << signal);
        SilentDisplay display;
        Program program(deployment, display.name());
        display.wait_for_somebody();
        REQUIRE(kill(program.process(), signal) == 0);
        CHECK(program.ends());
        const int status = program.end();
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
    }
    CHECK(files_of(deployment.state()) == before);
}

TEST_CASE("A signal reaches the one who listens last, and nobody after that") {
    const int answer = [] {
        const pid_t child = fork();
        if (child == 0) {
            app::shell::Signals::hold();
            std::array<int, 2> said{};
            if (pipe2(said.data(), O_CLOEXEC) != 0) _exit(2);
            const auto say = [&](char c) { return [&said, c] { (void)!write(said[1], &c, 1); }; };
            const auto heard = [&] {
                char c = 0;
                return read(said[0], &c, 1) == 1 ? c : '?';
            };
            {
                app::shell::Signals signals(say('a'));
                kill(getpid(), SIGQUIT);
                if (heard() != 'a') _exit(3);
                {
                    const app::shell::Signals::Instead instead(signals, say('b'));
                    kill(getpid(), SIGTERM);
                    if (heard() != 'b') _exit(4);
                }
                kill(getpid(), SIGHUP);
            }
            fcntl(said[0], F_SETFL, O_NONBLOCK);
            char c = 0;
            _exit(read(said[0], &c, 1) == -1 ? 0 : 5);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }();
    CHECK(answer == 0);
}
