// Which files a confined process reaches. Tried for real, in processes of their own.
#include "app/hardening/folders.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_all.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>

#include "tests/hardening/child.hpp"
#include "tests/support/folder.hpp"

using namespace test;
namespace fs = std::filesystem;
using app::hardening::Confinement;

namespace {

long version() {
    return syscall(SYS_landlock_create_ruleset, nullptr, 0, 1);
}

void need_landlock() {
    if (!app::hardening::can_confine()) SKIP("this kernel has no Landlock: nothing of it was seen here");
}

/// Three folders: one to read, one to write, one to leave alone.
struct Place : Folder {
    Place() {
        for (const auto* part : {"in", "out", "other"}) {
            fs::create_directory(path() / part);
            std::ofstream(path() / part / "file") << part;
        }
        fs::create_symlink(path() / "other" / "file", path() / "out" / "link");
    }
    [[nodiscard]] std::string operator()(const std::string& name) const { return (path() / name).string(); }
};

bool confine(const Place& at) {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    app::hardening::Folders folders;
    folders.read = {at("in"), at("missing")};
    folders.write = {at("out")};
    return app::hardening::confine_to(folders) == Confinement::Confined;
}

int opened(const std::string& path, int flags) {
    return open(path.c_str(), flags | O_CLOEXEC, 0600);
}

void try_files(Findings& f, const Place& at) {
    f.expect_errno(opened(at("in/file"), O_RDONLY), 0, "reading what may be read");
    f.expect_errno(opened(at("in/file"), O_WRONLY), EACCES, "writing what may be read");
    f.expect_errno(opened(at("in/new"), O_WRONLY | O_CREAT), EACCES, "a new file where one reads");
    f.expect_errno(unlink(at("in/file").c_str()), EACCES, "removing what may be read");
    if (version() >= 3) f.expect_errno(truncate(at("in/file").c_str(), 0), EACCES, "emptying what may be read");
    f.expect_errno(opened(at("out/new"), O_RDWR | O_CREAT), 0, "a new file");
    f.expect_errno(rename(at("out/new").c_str(), at("out/renamed").c_str()), 0, "renaming it");
    f.expect_errno(opened(at("out"), O_TMPFILE | O_RDWR), 0, "a file without a name");
    f.expect_errno(mkdir(at("out/folder").c_str(), 0700), 0, "a folder");
    f.expect_errno(unlink(at("out/renamed").c_str()), 0, "removing it");
    f.expect_errno(opened(at("other/file"), O_RDONLY), EACCES, "reading elsewhere");
    f.expect_errno(opened(at("other"), O_RDONLY | O_DIRECTORY), EACCES, "listing elsewhere");
    f.expect_errno(opened(at("other/new"), O_WRONLY | O_CREAT), EACCES, "a new file elsewhere");
    f.expect_errno(opened(at("out/link"), O_RDONLY), EACCES, "reading elsewhere through a link");
    f.expect_errno(opened(at("out/../other/file"), O_RDONLY), EACCES, "reading elsewhere by another way");
    f.expect(link(at("other/file").c_str(), at("out/hard").c_str()) != 0, "a second name for a file elsewhere");
    f.expect(rename(at("out/file").c_str(), at("other/file2").c_str()) != 0, "moving a file elsewhere");
    f.expect_errno(symlink("/etc/passwd", at("out/made").c_str()), EACCES, "a symbolic link");
    f.expect_errno(mkfifo(at("out/fifo").c_str(), 0600), EACCES, "a pipe with a name");
    f.expect_errno(execl("/bin/true", "true", nullptr), EACCES, "running a program");
    f.expect_errno(opened("/etc/passwd", O_RDONLY), 0, "what every program reads");
    f.expect_errno(opened("/dev/null", O_RDWR), 0, "the null device");
    f.expect_errno(opened("/dev/tty", O_RDWR), EACCES, "the terminal");
    f.expect_errno(opened("/etc/passwd", O_WRONLY), EACCES, "writing what every program reads");
    f.expect_errno(opened("/proc/" + std::to_string(getppid()) + "/mem", O_RDONLY), EACCES, "another process's memory");
    if (version() >= 6) f.expect_errno(kill(getppid(), 0), EPERM, "a signal to another process");
}

void try_port(Findings& f, const sockaddr_in& listener) {
    if (version() < 4) return;
    const int out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    f.expect_errno(connect(out, reinterpret_cast<const sockaddr*>(&listener), sizeof listener), EACCES, "a connection");
    sockaddr_in any{};
    any.sin_family = AF_INET;
    f.expect_errno(bind(out, reinterpret_cast<const sockaddr*>(&any), sizeof any), EACCES, "a port");
}

/// As a kernel without Landlock answers.
void forget_landlock() {
    const auto context = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), SYS_landlock_create_ruleset, 0);
    if (seccomp_load(context) != 0) _exit(125);
    seccomp_release(context);
}

}  // namespace

TEST_CASE("A confined process reaches the files it was given and no others, no port and no other process", "[proof]") {
    need_landlock();
    const Place at;
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(listener, 1) == 0);
    REQUIRE(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    const auto found = in_child([&](Findings& f) {
        f.expect(confine(at), "Landlock was refused");
        try_files(f, at);
        try_port(f, address);
    });
    close(listener);
    CHECK(found.exit == 0);
    CHECK(found.probes > 25);
    for (const auto& what : found.failed) FAIL_CHECK(what);
    std::printf(
        "P14 files, ports and processes tried from a confined process: %zu answered as they must (Landlock %ld)\n",
        found.probes, version());
}

TEST_CASE("What is mounted later below a folder that may be written is reached") {
    need_landlock();
    const Place at;
    const auto found = in_child([&](Findings& f) {
        if (geteuid() != 0 || unshare(CLONE_NEWNS) != 0 ||
            ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            _exit(77);
        std::array<int, 2> go{};
        if (pipe(go.data()) != 0) _exit(78);
        const pid_t inner = fork();
        if (inner == 0) {
            const bool confined = confine(at);
            char ready = 0;
            const bool told = read(go[0], &ready, 1) == 1;
            f.expect(confined && told, "Landlock was refused");
            f.expect_errno(opened(at("out/folder/new"), O_WRONLY | O_CREAT), 0, "a file on the stick");
            _exit(0);
        }
        mkdir(at("out/folder").c_str(), 0700);
        if (::mount("tmpfs", at("out/folder").c_str(), "tmpfs", 0, nullptr) != 0) _exit(77);
        f.expect(write(go[1], "x", 1) == 1, "telling");
        int status = 0;
        waitpid(inner, &status, 0);
        umount2(at("out/folder").c_str(), MNT_DETACH);
    });
    if (found.exit == 77) SKIP("nothing can be mounted here");
    CHECK(found.exit == 0);
    CHECK(found.probes == 3);
    for (const auto& what : found.failed) FAIL_CHECK(what);
}

TEST_CASE("Without Landlock a program goes on and can know it, and its version says so") {
    const auto found = in_child([](Findings& f) {
        forget_landlock();
        f.expect(!app::hardening::can_confine(), "it is there");
        f.expect(app::hardening::confine_to({}) == Confinement::Unsupported, "it did something");
        f.expect_errno(opened("/dev/tty", O_PATH), 0, "files are still reached");
    });
    CHECK(found.exit == 0);
    for (const auto& what : found.failed) FAIL_CHECK(what);
    for (const std::string program : {"amparo"}) {
        std::array<int, 2> ends{};
        REQUIRE(pipe(ends.data()) == 0);
        const pid_t child = fork();
        if (child == 0) {
            forget_landlock();
            dup2(ends[1], 1);
            execl((std::string(AMPARO_BIN_DIR "/") + program).c_str(), program.c_str(), "--lang", "en", "--version",
                  nullptr);
            _exit(127);
        }
        close(ends[1]);
        std::array<char, 1024> said{};
        std::string all;
        for (ssize_t n = 0; (n = read(ends[0], said.data(), said.size())) > 0;)
            all.append(said.data(), static_cast<std::size_t>(n));
        close(ends[0]);
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
        CHECK(all.starts_with(program + " "));
        CHECK(all.find("Landlock") != std::string::npos);
    }
}
