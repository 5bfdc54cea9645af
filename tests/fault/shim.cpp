#include "tests/fault/shim.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include "tests/fault/unsynced.hpp"

namespace fault {
namespace {

Log* log_of = nullptr;
std::optional<std::uint64_t> room;
bool names_only = false;
std::uint64_t strike_at = UINT64_MAX;
Fault strike_with = Fault::KillBefore;

bool cuts_power() noexcept {
    return strike_with == Fault::CutBefore || strike_with == Fault::CutAfter || strike_with == Fault::CutAtEnd;
}

[[noreturn]] void die() noexcept {
    if (cuts_power()) unsynced::lose();
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

bool needs_room(Kind kind) noexcept {
    return kind == Kind::Open || kind == Kind::Write || kind == Kind::Truncate || kind == Kind::Folder;
}

/// What becomes of one operation.
struct Step {
    int error = 0;
    bool half = false;
    bool die_after = false;
};

Step next(Kind kind) noexcept {
    if (log_of == nullptr) return {};
    const auto number = log_of->count++;
    if (number < Log::most) log_of->kinds[number] = kind;
    if (number < strike_at) return {};
    const bool first = number == strike_at;
    struct Restore {
        int value = errno;
        ~Restore() { errno = value; }
    } restore;
    switch (strike_with) {
        case Fault::KillBefore:
        case Fault::CutBefore:
            die();
        case Fault::KillAfter:
        case Fault::CutAfter:
            return {0, false, first};
        case Fault::KillWithin:
            return {0, first && kind == Kind::Write, first};
        case Fault::NoSpace:
            return {needs_room(kind) ? ENOSPC : 0, false, false};
        case Fault::Io:
            return {first ? EIO : 0, false, false};
        case Fault::IoFromHere:
            return {EIO, false, false};
        case Fault::ShortWrite:
            return {0, first && kind == Kind::Write, false};
        case Fault::CutAtEnd:
            return {};
    }
    return {};
}

/// `note` remembers what was there, where a cut of power would bring it back.
template <typename Note, typename Call>
long through(Kind kind, const Note& note, const Call& call) noexcept {
    const auto step = next(kind);
    if (step.error != 0) {
        errno = step.error;
        return -1;
    }
    if (log_of != nullptr && unsynced::watching()) note();
    const long result = call(step.half);
    if (step.die_after) die();
    return result;
}

bool regular(int descriptor) noexcept {
    if (log_of == nullptr) return false;
    const int before = errno;
    struct stat status {};
    const bool is =
        syscall(SYS_fstat, descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
    errno = before;
    return is;
}

std::size_t part(std::size_t size, bool half) noexcept {
    return half ? (size + 1) / 2 : size;
}

int open_file(int folder, const char* path, int flags, mode_t mode) noexcept {
    const auto call = [&](bool) { return syscall(SYS_openat, folder, path, flags, mode); };
    const bool nameless = (flags & O_TMPFILE) == O_TMPFILE;
    if (nameless && names_only) {
        errno = EOPNOTSUPP;
        return -1;
    }
    if (nameless)
        return static_cast<int>(through(
            Kind::Open, [] {}, call));
    const bool makes = (flags & (O_CREAT | O_TRUNC)) != 0;
    return static_cast<int>(makes ? through(
                                        Kind::Open, [&] { unsynced::before_making(folder, path); }, call)
                                  : call(false));
}

mode_t mode_of(int flags, va_list list) noexcept {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? static_cast<mode_t>(va_arg(list, int)) : mode_t{0};
}

ssize_t write_at(int descriptor, const void* data, std::size_t size, off_t at) noexcept {
    const auto call = [&](bool half) { return syscall(SYS_pwrite64, descriptor, data, part(size, half), at); };
    return regular(descriptor) ? through(
                                     Kind::Write, [&] { unsynced::before_write(descriptor, size, at); }, call)
                               : call(false);
}

int sync(int descriptor, long number) noexcept {
    const auto result = through(
        Kind::Sync, [] {}, [&](bool) { return syscall(number, descriptor); });
    if (result == 0 && log_of != nullptr && unsynced::watching()) unsynced::synced(descriptor);
    return static_cast<int>(result);
}

int cut(int descriptor, off_t size) noexcept {
    return static_cast<int>(through(
        Kind::Truncate, [&] { unsynced::before_cut(descriptor, size); },
        [&](bool) { return syscall(SYS_ftruncate, descriptor, size); }));
}

}  // namespace

std::string_view name_of(Kind kind) noexcept {
    constexpr std::string_view names[] = {"open", "write", "sync", "rename", "remove", "truncate", "make folder"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Fault fault) noexcept {
    constexpr std::string_view names[] = {
        "kill before", "kill after", "kill within",     "power cut before", "power cut after",
        "no space",    "I/O error",  "I/O error, ever", "short write",      "power cut at the end"};
    return names[static_cast<std::size_t>(fault)];
}

bool applies(Fault fault, Kind kind) noexcept {
    if (fault == Fault::CutAtEnd) return false;
    if (fault == Fault::NoSpace) return needs_room(kind);
    if (fault == Fault::KillWithin || fault == Fault::ShortWrite) return kind == Kind::Write;
    return true;
}

void arm(std::uint64_t at, Fault fault, Log& log, const std::string& spare) {
    log_of = &log;
    strike_at = at;
    strike_with = fault;
    log.count = 0;
    if (cuts_power()) unsynced::watch(spare);
}

void end() noexcept {
    if (log_of != nullptr && strike_with == Fault::CutAtEnd) unsynced::lose();
}

void leave_room(std::optional<std::uint64_t> bytes) noexcept {
    room = bytes;
}

void allow_nameless(bool allowed) noexcept {
    names_only = !allowed;
}

void watch(Log& log) noexcept {
    arm(UINT64_MAX, Fault::Io, log, {});
}

}  // namespace fault

// The C library's own names: found before those of the library by everything that this program loads.
extern "C" {

int open(const char* path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    const auto mode = fault::mode_of(flags, list);
    va_end(list);
    return fault::open_file(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    const auto mode = fault::mode_of(flags, list);
    va_end(list);
    return fault::open_file(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    const auto mode = fault::mode_of(flags, list);
    va_end(list);
    return fault::open_file(folder, path, flags, mode);
}
ssize_t write(int descriptor, const void* data, size_t size) {
    const auto call = [&](bool half) { return syscall(SYS_write, descriptor, data, fault::part(size, half)); };
    const auto note = [&] { fault::unsynced::before_write(descriptor, size, lseek(descriptor, 0, SEEK_CUR)); };
    return fault::regular(descriptor) ? fault::through(fault::Kind::Write, note, call) : call(false);
}
ssize_t pwrite(int descriptor, const void* data, size_t size, off_t at) {
    return fault::write_at(descriptor, data, size, at);
}
ssize_t pwrite64(int descriptor, const void* data, size_t size, off64_t at) {
    return fault::write_at(descriptor, data, size, at);
}
int statvfs(const char* path, struct statvfs* medium) noexcept {
    struct statfs known {};
    if (syscall(SYS_statfs, path, &known) != 0) return -1;
    *medium = {};
    medium->f_frsize = fault::room ? 1 : static_cast<unsigned long>(known.f_frsize);
    medium->f_bavail = fault::room ? *fault::room : known.f_bavail;
    return 0;
}
int fsync(int descriptor) {
    return fault::sync(descriptor, SYS_fsync);
}
int fdatasync(int descriptor) {
    return fault::sync(descriptor, SYS_fdatasync);
}
int ftruncate(int descriptor, off_t size) noexcept {
    return fault::cut(descriptor, size);
}
int ftruncate64(int descriptor, off64_t size) noexcept {
    return fault::cut(descriptor, size);
}
int rename(const char* from, const char* to) noexcept {
    const auto note = [&] { fault::unsynced::before_renaming(AT_FDCWD, from, AT_FDCWD, to); };
    return static_cast<int>(
        fault::through(fault::Kind::Rename, note, [&](bool) { return syscall(SYS_rename, from, to); }));
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
    const bool exchanges = (flags & RENAME_EXCHANGE) != 0;
    if (exchanges && fault::names_only) {
        errno = EINVAL;
        return -1;
    }
    const auto note = [&] {
        if (exchanges)
            fault::unsynced::before_exchanging(from_folder, from, to_folder, to);
        else
            fault::unsynced::before_renaming(from_folder, from, to_folder, to);
    };
    return static_cast<int>(fault::through(fault::Kind::Rename, note, [&](bool) {
        return syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
    }));
}
int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
    const auto note = [&] { fault::unsynced::before_making(to_folder, to); };
    return static_cast<int>(fault::through(
        fault::Kind::Rename, note, [&](bool) { return syscall(SYS_linkat, from_folder, from, to_folder, to, flags); }));
}
int unlink(const char* path) noexcept {
    const auto note = [&] { fault::unsynced::before_removing(AT_FDCWD, path); };
    return static_cast<int>(fault::through(fault::Kind::Remove, note, [&](bool) { return syscall(SYS_unlink, path); }));
}
int mkdir(const char* path, mode_t mode) noexcept {
    const auto note = [&] { fault::unsynced::before_making(AT_FDCWD, path); };
    return static_cast<int>(
        fault::through(fault::Kind::Folder, note, [&](bool) { return syscall(SYS_mkdir, path, mode); }));
}
int rmdir(const char* path) noexcept {
    const auto note = [&] { fault::unsynced::before_removing(AT_FDCWD, path); };
    return static_cast<int>(fault::through(fault::Kind::Remove, note, [&](bool) { return syscall(SYS_rmdir, path); }));
}
int remove(const char* path) noexcept {
    const int done = unlink(path);
    return done != 0 && errno == EISDIR ? rmdir(path) : done;
}
int unlinkat(int folder, const char* path, int flags) noexcept {
    const auto note = [&] { fault::unsynced::before_removing(folder, path); };
    return static_cast<int>(
        fault::through(fault::Kind::Remove, note, [&](bool) { return syscall(SYS_unlinkat, folder, path, flags); }));
}

}  // extern "C"
