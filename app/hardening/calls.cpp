#include "app/hardening/calls.hpp"

#include <linux/keyctl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <initializer_list>
#include <memory>
#include <span>

namespace app::hardening {

namespace {

// Names of calls; one that the machine or libseccomp does not know is not there for the program either.
constexpr std::array everyday{
    // Files
    "open", "openat", "openat2", "creat", "close", "close_range", "read", "readv", "pread64", "preadv", "preadv2",
    "write", "writev", "pwrite64", "pwritev", "pwritev2", "lseek", "_llseek", "stat", "stat64", "lstat", "lstat64",
    "fstat", "fstat64", "fstatat64", "newfstatat", "statx", "statfs", "statfs64", "fstatfs", "fstatfs64", "access",
    "faccessat", "faccessat2", "getdents", "getdents64", "getcwd", "chdir", "fchdir", "rename", "renameat", "renameat2",
    "link", "linkat", "unlink", "unlinkat", "readlink", "readlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod",
    "fchmodat", "fchmodat2", "fchown", "fchown32", "umask", "truncate", "truncate64", "ftruncate", "ftruncate64",
    "fallocate", "fsync", "fdatasync", "sync_file_range", "syncfs", "utimensat", "flock", "fcntl", "fcntl64", "dup",
    "dup2", "dup3", "pipe", "pipe2", "sendfile", "sendfile64", "copy_file_range", "fadvise64", "fadvise64_64",
    "readahead", "ioctl",
    // Waiting for files and time
    "poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6", "pselect6_time64", "epoll_create",
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "signalfd",
    "signalfd4", "timerfd_create", "timerfd_settime", "timerfd_gettime", "inotify_init", "inotify_init1",
    "inotify_add_watch", "inotify_rm_watch", "clock_gettime", "clock_gettime64", "clock_getres", "clock_getres_time64",
    "gettimeofday", "time", "nanosleep", "clock_nanosleep", "clock_nanosleep_time64", "pause", "alarm", "setitimer",
    "getitimer", "timer_create", "timer_settime", "timer_gettime", "timer_delete",
    // Memory
    "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "brk", "mlock", "mlock2", "munlock", "mincore", "msync",
    "memfd_create", "membarrier", "pkey_alloc", "pkey_free", "pkey_mprotect", "get_mempolicy",
    // Less of what it may do: a program that is kept to its files is first kept to its calls
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self",
    // Threads, signals, itself
    "futex", "futex_time64", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq",
    "arch_prctl", "sched_yield", "sched_getaffinity", "sched_setaffinity", "sched_getparam", "sched_setparam",
    "sched_getscheduler", "sched_setscheduler", "sched_getattr", "sched_setattr", "sched_get_priority_max",
    "sched_get_priority_min", "getpriority", "setpriority", "getcpu", "exit", "exit_group", "wait4", "waitid",
    "restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait",
    "rt_sigsuspend", "sigaltstack", "sigreturn", "getpid", "getppid", "gettid", "getpgrp", "getpgid", "getsid",
    "getuid", "geteuid", "getgid", "getegid", "getuid32", "geteuid32", "getgid32", "getegid32", "getgroups",
    "getresuid", "getresgid", "capget", "uname", "sysinfo", "getrusage", "times", "getrlimit", "ugetrlimit",
    "getrandom"};

/// The kiosk's own: a connection to the display with pictures in shared memory, and adding the second filter.
constexpr std::array for_a_window{"connect",  "sendmsg",  "recvmsg",     "sendto",      "recvfrom",   "sendmmsg",
                                  "recvmmsg", "shutdown", "getsockname", "getpeername", "getsockopt", "setsockopt",
                                  "shmget",   "shmat",    "shmdt",       "shmctl",      "seccomp"};

/// What no library of ours calls: who calls it is an intruder, and that is the end of the process.
constexpr std::array only_an_intruder{"execve",
                                      "execveat",
                                      "process_vm_readv",
                                      "process_vm_writev",
                                      "process_madvise",
                                      "pidfd_getfd",
                                      "pidfd_send_signal",
                                      "bpf",
                                      "userfaultfd",
                                      "perf_event_open",
                                      "io_uring_setup",
                                      "io_uring_enter",
                                      "io_uring_register",
                                      "mount",
                                      "umount",
                                      "umount2",
                                      "pivot_root",
                                      "chroot",
                                      "move_mount",
                                      "open_tree",
                                      "fsopen",
                                      "fsmount",
                                      "fsconfig",
                                      "fspick",
                                      "mount_setattr",
                                      "setns",
                                      "unshare",
                                      "init_module",
                                      "finit_module",
                                      "delete_module",
                                      "kexec_load",
                                      "kexec_file_load",
                                      "reboot",
                                      "swapon",
                                      "swapoff",
                                      "acct",
                                      "quotactl",
                                      "open_by_handle_at",
                                      "iopl",
                                      "ioperm"};

class Filter {
  public:
    explicit Filter(std::uint32_t otherwise) : context_(seccomp_init(otherwise), seccomp_release) {
        good_ = context_ != nullptr && set(SCMP_FLTATR_CTL_TSYNC, 1) &&
                // Another machine's calls (x32, 32 bits) have other numbers: none of them is ours.
                set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        // A tree instead of a list: every call passes through it. Older libraries do without.
        if (good_) (void)set(SCMP_FLTATR_CTL_OPTIMIZE, 2);
    }

    void add(std::uint32_t action, const char* name, std::initializer_list<scmp_arg_cmp> arguments = {}) {
        if (!good_) return;
        const int number = seccomp_syscall_resolve_name(name);
        if (number < 0) return;  // unknown here, hence not allowed
        const auto count = static_cast<unsigned>(arguments.size());
        good_ = seccomp_rule_add_array(context_.get(), action, number, count, arguments.begin()) == 0;
    }
    void add_all(std::uint32_t action, std::span<const char* const> names) {
        for (const char* name : names) add(action, name);
    }
    [[nodiscard]] bool load() const { return good_ && seccomp_load(context_.get()) == 0; }

  private:
    bool set(scmp_filter_attr attribute, std::uint32_t value) {
        return seccomp_attr_set(context_.get(), attribute, value) == 0;
    }

    std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
    bool good_ = false;
};

constexpr scmp_arg_cmp equal(unsigned argument, std::uint64_t value) {
    return {argument, SCMP_CMP_EQ, value, 0};
}
/// The kernel looks at 32 bits of these arguments: the upper half must not hide another value.
constexpr scmp_arg_cmp equal_32(unsigned argument, std::uint64_t value) {
    return {argument, SCMP_CMP_MASKED_EQ, 0xffffffffU, value};
}

void allow_threads(Filter& filter) {
#ifdef AMPARO_SANITIZED  // its search for lost memory stops the program from a process of its own
    for (const char* name : {"clone", "ptrace", "tkill"}) filter.add(SCMP_ACT_ALLOW, name);
#else
    filter.add(SCMP_ACT_KILL_PROCESS, "ptrace");
    constexpr std::uint64_t namespaces =
        CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    // A thread of this process and nothing else. clone3 hides its flags in memory: "not there", and libraries use
    // clone.
    filter.add(SCMP_ACT_ALLOW, "clone", {{0, SCMP_CMP_MASKED_EQ, namespaces | CLONE_THREAD, CLONE_THREAD}});
#endif
    const auto self = static_cast<std::uint64_t>(getpid());
    filter.add(SCMP_ACT_ALLOW, "kill", {equal_32(0, self)});
    filter.add(SCMP_ACT_ALLOW, "tgkill", {equal_32(0, self)});
}

/// Its own limits are read, nobody's are set.
void allow_questions_about_itself(Filter& filter) {
    filter.add(SCMP_ACT_ALLOW, "prlimit64", {equal_32(0, 0), equal(2, 0)});
#ifdef AMPARO_SANITIZED
    filter.add(SCMP_ACT_ALLOW, "prctl");
#else
    for (const int option : {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS,
                             PR_SET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_SET_SECCOMP, PR_CAPBSET_READ})
        filter.add(SCMP_ACT_ALLOW, "prctl", {equal_32(0, static_cast<std::uint64_t>(option))});
#endif
}

constexpr std::array makes_sockets{"socket", "socketpair"};

void allow_local_sockets(Filter& filter) {
    for (const char* name : makes_sockets) {
        filter.add(SCMP_ACT_ALLOW, name, {equal(0, AF_UNIX)});
        filter.add(SCMP_ACT_ERRNO(EAFNOSUPPORT), name, {{0, SCMP_CMP_NE, AF_UNIX, 0}});
    }
}

/// keyctl(2) operations of the keeper of drafts; reading any other key needs its number and its permission.
void allow_keyring(Filter& filter) {
    filter.add(SCMP_ACT_ALLOW, "add_key");
    for (const int operation : {KEYCTL_LINK, KEYCTL_SEARCH, KEYCTL_INVALIDATE, KEYCTL_REVOKE, KEYCTL_UNLINK,
                                KEYCTL_SETPERM, KEYCTL_SET_TIMEOUT, KEYCTL_READ})
        filter.add(SCMP_ACT_ALLOW, "keyctl", {equal_32(0, static_cast<std::uint64_t>(operation))});
}

/// A filter over the first: what is refused for an argument of a call that is allowed otherwise, or with a better word.
bool refuse_arguments() {
    Filter filter(SCMP_ACT_ALLOW);
    for (const auto request : {TIOCSTI, TIOCLINUX})  // would type into the terminal for the person
        filter.add(SCMP_ACT_ERRNO(EPERM), "ioctl", {equal_32(1, static_cast<std::uint64_t>(request))});
    return filter.load();
}

}  // namespace

bool allow_only_known_calls(Program program) noexcept {
    if (!refuse_arguments()) return false;  // first: the list below has no call that adds a filter on the command line
    Filter filter(SCMP_ACT_ERRNO(ENOSYS));
    filter.add_all(SCMP_ACT_ALLOW, everyday);
#ifdef AMPARO_SANITIZED  // a report names lines by running another program, and goes without
    for (const char* name : only_an_intruder) filter.add(SCMP_ACT_ERRNO(EPERM), name);
#else
    filter.add_all(SCMP_ACT_KILL_PROCESS, only_an_intruder);
#endif
    allow_threads(filter);
    allow_questions_about_itself(filter);
    switch (program) {
        case Program::Kiosk:
            filter.add_all(SCMP_ACT_ALLOW, for_a_window);
            allow_local_sockets(filter);
            allow_keyring(filter);
            break;
        case Program::CommandLine:
            for (const char* name : makes_sockets) filter.add(SCMP_ACT_ERRNO(EAFNOSUPPORT), name);
            break;
    }
    return filter.load();
}

bool allow_no_more_sockets() noexcept {
    Filter filter(SCMP_ACT_ALLOW);
    for (const char* name : {"socket", "socketpair", "connect"}) filter.add(SCMP_ACT_ERRNO(EPERM), name);
    return filter.load();
}

}  // namespace app::hardening
