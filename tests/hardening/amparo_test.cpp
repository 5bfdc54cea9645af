// P14 of the command line program, while it works on what somebody said.
#include <fcntl.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_all.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/hardening/folders.hpp"
#include "tests/hardening/child.hpp"
#include "tests/support/exec_words.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/intruder.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

constexpr unsigned nobody = 65534;

struct Rooms : Folder {
    Rooms() {
        for (const auto* part : {"out", "other"}) fs::create_directory(path() / part);
    }
    [[nodiscard]] std::string operator()(const std::string& name) const { return (path() / name).string(); }
};

/// `amparo age seal` in the middle of its input, with the largest core allowed.
class Working {
  public:
    explicit Working(const Rooms& folder, const Intruder* intruder = nullptr, bool ordinary = false) {
        std::array<int, 2> ends{};
        REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
        const int program = open(AMPARO_BIN_DIR "/amparo", O_RDONLY | O_CLOEXEC);
        REQUIRE(program >= 0);
        std::vector<std::string> line{"amparo", "age", "seal", "-r",
                                      "age1lesvhpk52t5egfndzngcxamxw983hrl0wtqj45ycda4256xt7ppsxla5jp"};
        if (!ordinary) line.insert(line.end(), {"-o", folder("out/sealed.age")});
        auto variables = intruder == nullptr ? std::vector<std::string>{} : intruder->variables();
        variables.emplace_back("LANG=C.UTF-8");
        const auto arguments = test::exec_words(line);
        const auto environment = test::exec_words(variables);
        child_ = fork();
        if (child_ == 0) {
            rlimit core{};
            if (getrlimit(RLIMIT_CORE, &core) == 0) core.rlim_cur = core.rlim_max;
            setrlimit(RLIMIT_CORE, &core);
            if (chdir(folder("out").c_str()) != 0) _exit(127);
            dup2(ends[0], 0);
            dup2(open("/dev/null", O_RDWR | O_CLOEXEC), 1);
            if (intruder != nullptr) intruder->take_place();
            if (ordinary && geteuid() == 0 &&
                (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0))
                _exit(127);
            fexecve(program, arguments.data(), environment.data());
            _exit(127);
        }
        REQUIRE(child_ > 0);
        close(program);
        close(ends[0]);
        input_ = ends[1];
        // More than a pipe holds: when it has gone, the program has read and is at work.
        const std::string much(std::size_t{1} << 20, 'x');
        REQUIRE(write(input_, much.data(), much.size()) == static_cast<ssize_t>(much.size()));
    }
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;
    ~Working() {
        close(input_);
        if (child_ <= 0) return;
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }

    [[nodiscard]] pid_t process() const { return child_; }
    /// How it ends after this signal, as wait(2) says it.
    int ends_by(int signal) {
        kill(child_, signal);
        int status = 0;
        REQUIRE(waitpid(std::exchange(child_, 0), &status, 0) > 0);
        return status;
    }

  private:
    pid_t child_ = 0;
    int input_ = -1;
};

}  // namespace

TEST_CASE("While amparo works, nobody gets at the system, the network or other files through it", "[proof]") {
    const Rooms folder;
    const Intruder intruder(folder("other"));
    Working amparo(folder, &intruder);
    const auto tried = check_tries(intruder, amparo.process(), EAFNOSUPPORT);
#ifndef AMPARO_SANITIZED
    check_no_other_program(amparo.ends_by(SIGUSR2));
#endif
    std::printf("P14 tried from inside amparo at work: %zu and a program to run, Landlock %s\n", tried,
                app::hardening::can_confine() ? "there" : "NOT there, files not seen");
}

TEST_CASE("While amparo works, the system counts it as hardened in every thread", "[proof]") {
    const Rooms folder;
    const Working amparo(folder);
    check_hardened(amparo.process());
    CHECK(open_files(amparo.process()).size() >= 3);
}

TEST_CASE("amparo that is aborted while it works leaves no core, however large one may be") {
    const Rooms folder;
    Working amparo(folder);
    const int status = amparo.ends_by(SIGABRT);
    CHECK(WIFSIGNALED(status));
    CHECK_FALSE(WCOREDUMP(status));
    for (const auto& entry : fs::directory_iterator(folder("out")))
        CHECK(entry.path().filename().string().find("core") == std::string::npos);
}

#ifndef AMPARO_SANITIZED  // the search for lost memory makes the program readable again
TEST_CASE("Memory and files of amparo at work are closed to other programs of the same person") {
    const Rooms folder;
    const Working amparo(folder, nullptr, true);
    struct stat status {};
    REQUIRE(stat(("/proc/" + std::to_string(amparo.process()) + "/environ").c_str(), &status) == 0);
    CHECK(status.st_uid == 0);
    const auto found = in_child([&](Findings& f) {
        if (geteuid() == 0)
            f.expect(setgroups(0, nullptr) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0, "an ordinary user");
        char here = 0;
        iovec to{&here, 1};
        iovec from{&here, 1};
        f.expect_errno(process_vm_readv(amparo.process(), &to, 1, &from, 1, 0), EPERM, "reading its memory");
        const auto proc = "/proc/" + std::to_string(amparo.process());
        f.expect_errno(open((proc + "/mem").c_str(), O_RDONLY | O_CLOEXEC), EACCES, "its memory");
        f.expect_errno(open((proc + "/environ").c_str(), O_RDONLY | O_CLOEXEC), EACCES, "its environment");
    });
    CHECK(found.exit == 0);
    for (const auto& what : found.failed) FAIL_CHECK(what);
}
#endif
