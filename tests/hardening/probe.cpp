// Loaded into a real program, this is an intruder: on SIGUSR1 it tries what an intruder would and tells what the system
// answered; on SIGUSR2 it runs another program. AMPARO_PROBE is "descriptor:folder it has no business in".
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

namespace {

struct Orders {
    int out = -1;
    std::string elsewhere;
};

Orders& orders() {
    static Orders all;
    return all;
}

void tell(const char* what, long result) {
    const int answer = result < 0 ? errno : 0;
    const auto line = std::string(what) + "=" + std::to_string(answer) + "\n";
    if (write(orders().out, line.data(), line.size()) < 0) _exit(126);
}

long opened(const std::string& path, int flags) {
    return open(path.c_str(), flags | O_CLOEXEC, 0600);
}

void intrude(int /*signal*/) {
    const int before = errno;
    const auto& elsewhere = orders().elsewhere;
    tell("inet", socket(AF_INET, SOCK_STREAM, 0));
    tell("inet6", socket(AF_INET6, SOCK_DGRAM, 0));
    tell("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
    tell("unix", socket(AF_UNIX, SOCK_STREAM, 0));
    tell("read", opened(elsewhere + "/file", O_RDONLY));
    tell("write", opened(elsewhere + "/file", O_WRONLY));
    tell("make", opened(elsewhere + "/new", O_WRONLY | O_CREAT));
    tell("list", opened(elsewhere, O_RDONLY | O_DIRECTORY));
    tell("system", opened("/etc/amparo-probe", O_WRONLY | O_CREAT));
    tell("shm", opened("/dev/shm/amparo-probe", O_RDWR | O_CREAT));
    tell("signal", kill(getppid(), 0));
    tell("clone3", syscall(SYS_clone3, nullptr, 0));
    tell("setuid", syscall(SYS_setuid, 0));
    tell("etc", opened("/etc/passwd", O_RDONLY));
    tell("dumpable", prctl(PR_GET_DUMPABLE) == 0 ? 0 : -1);
    tell("end", 0);
    errno = before;
}

void run_a_program(int /*signal*/) {
    execl("/bin/true", "true", nullptr);
    _exit(0);
}

__attribute__((constructor)) void come_in() {
    const char* told = std::getenv("AMPARO_PROBE");
    if (told == nullptr) return;
    const std::string text = told;
    orders().out = std::atoi(text.c_str());
    orders().elsewhere = text.substr(text.find(':') + 1);
    struct sigaction action {};
    action.sa_flags = SA_RESTART;
    action.sa_handler = intrude;
    sigaction(SIGUSR1, &action, nullptr);
    action.sa_handler = run_a_program;
    sigaction(SIGUSR2, &action, nullptr);
}

}  // namespace
