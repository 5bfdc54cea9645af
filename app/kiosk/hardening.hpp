// What the process gives up before it touches a secret.
#pragma once

#include <cstddef>

namespace app::kiosk {

/// No core dumps, not readable through /proc by others of the same user, umask 077, lockable memory raised to what the
/// system allows, and an environment of only the names a window needs. False when one of the first three was refused.
[[nodiscard]] bool harden_process() noexcept;

/// What a kiosk locks at most, bytes: an interview of two forms, the window's text, the database's memory (4.6 MiB
/// measured). Less makes the database go on in memory that may reach a disk, without a word: so it is asked for first.
inline constexpr std::size_t lockable_memory = 8U << 20;
/// Whether the system lets this process lock that much. To be asked after harden_process().
[[nodiscard]] bool can_lock_memory() noexcept;

}  // namespace app::kiosk
