// amparo age with files that are larger than memory should ever hold, and on a terminal.
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_all.hpp>
#include <csignal>
#include <cstdio>

#include "tests/cli/support.hpp"

using test::Desk;

namespace {

struct Keys : Desk {
    std::string recipient;
    Keys() {
        good("amparo age keygen -o id");
        const auto text = read("id");
        recipient = text.substr(text.find("age1"), 62);
    }
    /// A file of that many zeros which takes no room.
    void make_large(const std::string& name, off_t size) const {
        write(name, "");
        REQUIRE(::truncate((path() / name).c_str(), size) == 0);
    }
};

/// Replaces a child process by the program, in the desk's folder. Signals do what they do by default: a shell that runs
/// the tests in the background lets its children ignore some, and they would never stop.
[[noreturn]] void become(const Desk& desk, const std::vector<std::string>& words) {
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
    if (::chdir(desk.path().c_str()) != 0) ::_exit(126);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::setenv("LANG", "C.UTF-8", 1);
    ::unsetenv("LC_ALL");
    ::unsetenv("LC_MESSAGES");
    ::execv(AMPARO_BIN_DIR "/amparo", arguments.data());
    ::_exit(127);
}

/// The most memory in KiB that a successful run had at one time.
long peak_kib(const Desk& desk, const std::vector<std::string>& words) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) become(desk, words);
    int status = 0;
    rusage used{};
    REQUIRE(::wait4(child, &status, 0, &used) == child);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 0);
    return used.ru_maxrss;
}

}  // namespace

TEST_CASE("a large file takes no more memory than a small one, to seal and to open", "[long]") {
    constexpr off_t large = off_t{256} << 20U;
    constexpr long allowance_kib = 24 * 1024;  // far below the size; sanitizers keep freed memory for a while
    const Keys desk;
    desk.make_large("small", 1 << 20);
    desk.make_large("large", large);
    const auto seal = [&](const std::string& name) {
        return peak_kib(desk, {"amparo", "age", "seal", "-r", desk.recipient, "-o", name + ".age", name});
    };
    const auto open = [&](const std::string& name) {
        return peak_kib(desk, {"amparo", "age", "open", "-i", "id", "-o", name + ".out", name + ".age"});
    };
    const long seal_small = seal("small");
    const long open_small = open("small");
    const long seal_large = seal("large");
    const long open_large = open("large");
    std::printf("memory at most, 1 MiB and 256 MiB: seal %ld and %ld KiB, open %ld and %ld KiB\n", seal_small,
                seal_large, open_small, open_large);
    CHECK(seal_large < seal_small + allowance_kib);
    CHECK(open_large < open_small + allowance_kib);
    CHECK(std::filesystem::file_size(desk.path() / "large.out") == std::uintmax_t{large});
}

TEST_CASE("on a terminal a bar shows how far sealing is, and stopping it removes the bar and the file") {
    const int signal = GENERATE(SIGINT, SIGQUIT, SIGTERM, SIGHUP);
    const Keys desk;
    desk.make_large("endless", off_t{1} << 40U);
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    REQUIRE(child >= 0);
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY);
        if (nowhere < 0 || ::dup2(nowhere, STDOUT_FILENO) < 0) ::_exit(125);
        become(desk, {"amparo", "age", "seal", "-r", desk.recipient, "endless"});
    }
    std::string shown;
    const auto read_more = [&] {
        pollfd waiting{terminal, POLLIN, 0};
        char piece[4096];
        if (::poll(&waiting, 1, 60'000) != 1) return false;
        const auto length = ::read(terminal, piece, sizeof piece);
        if (length <= 0) return false;
        shown.append(piece, static_cast<std::size_t>(length));
        return true;
    };
    while (shown.find(" %  ") == std::string::npos || shown.find(" MiB") == std::string::npos)
        if (!read_more()) break;
    CHECK(shown.find("\r\033[K[") != std::string::npos);
    REQUIRE(::kill(child, signal) == 0);
    while (read_more()) {
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    ::close(terminal);
    INFO(shown);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 1);
    CHECK(shown.find("\r\033[Kamparo: ") != std::string::npos);  // the sentence stands where the bar was
}
