// What every program gives up before it touches a secret. It must not know what any of them does.
#pragma once

#include <cstddef>
#include <cstdint>

namespace app::hardening {

/// The programs differ in what they need of the system.
enum class Program : std::uint8_t {
    Kiosk,        ///< a window, the kernel's keyring, threads
    CommandLine,  ///< files and a terminal; no code is ever made at run time
};

/// No core dumps, not readable through /proc or ptrace by others of the same user, umask 077, lockable memory raised to
/// what the system allows, no_new_privs, and an environment of only the names the program needs. The command line also
/// refuses memory that can be written and run, where the kernel can (6.3 and later). False when one of these was
/// refused that every kernel has. To be called before any other thread exists.
[[nodiscard]] bool harden_process(Program program) noexcept;

/// What a kiosk locks at most, bytes: an interview of two forms, the window's text, the database's memory (4.6 MiB
/// measured). Less makes the database go on in memory that may reach a disk, without a word: so it is asked for first.
inline constexpr std::size_t lockable_memory = 8U << 20;
/// Whether the system lets this process lock that much. To be asked after harden_process().
[[nodiscard]] bool can_lock_memory() noexcept;

}  // namespace app::hardening
