#pragma once
// Faults of a disk, struck at a chosen file operation of this process. The functions of the C library that change files
// are defined anew in shim.cpp, so that every library of the program passes through it, SQLCipher as well as ours.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fault {

enum class Kind : std::uint8_t { Open, Write, Sync, Rename, Remove, Truncate, Folder };

enum class Fault : std::uint8_t {
    KillBefore,  ///< the program is killed before the operation
    KillAfter,   ///< and after it
    KillWithin,  ///< half of what is written arrives
    CutBefore,   ///< the power goes before it: what was not synced is lost (unsynced.hpp)
    CutAfter,    ///< and after it
    NoSpace,     ///< from here on nothing more fits
    Io,          ///< this operation fails with EIO
    IoFromHere,  ///< and every later one
    ShortWrite,  ///< half is written, and that is said
    CutAtEnd,    ///< the power goes once it was said to be done, after the last operation
};
inline constexpr Fault faults[] = {Fault::KillBefore, Fault::KillAfter,  Fault::KillWithin,
                                   Fault::CutBefore,  Fault::CutAfter,   Fault::NoSpace,
                                   Fault::Io,         Fault::IoFromHere, Fault::ShortWrite};

[[nodiscard]] std::string_view name_of(Kind kind) noexcept;
[[nodiscard]] std::string_view name_of(Fault fault) noexcept;
/// Whether this can happen to such an operation.
[[nodiscard]] bool applies(Fault fault, Kind kind) noexcept;

/// What a process did since it was armed, where its parent sees it.
struct Log {
    static constexpr std::size_t most = 8192;
    std::uint64_t count = 0;
    Kind kinds[most] = {};
};

/// From now on the `at`-th operation (from 0) on regular files of this process suffers `fault`, once per process.
/// `log` must outlive the process; `spare` is an empty folder on the file system that is watched. Not for threads.
void arm(std::uint64_t at, Fault fault, Log& log, const std::string& spare);
/// After everything was done: the power goes if it is to go then.
void end() noexcept;
/// What statvfs() says is free from now on, bytes; nothing: the truth.
void leave_room(std::optional<std::uint64_t> bytes) noexcept;
/// Whether the file system can make files without a name (O_TMPFILE) and exchange two names; FAT cannot.
void allow_nameless(bool allowed) noexcept;
/// Counts only.
void watch(Log& log) noexcept;

}  // namespace fault
