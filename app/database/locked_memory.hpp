#pragma once
// The memory that SQLite and SQLCipher work in: locked, left out of core dumps, wiped when it is given back.
// In place of SQLCipher's own setting (cipher_memory_security), which unlocks the whole page of every block that is
// given back, and with it whatever else lies on that page; and asks the system twice for each block.
// Source: sqlite.org "Dynamic Memory Allocation In SQLite", 3.1.4; mlock(2), "locks do not stack".

namespace app::database::detail {

/// Gives this memory to SQLite, once for the process; later calls give the same answer. False when SQLite was in use
/// before: then it works in other memory, and no database of ours may be opened.
[[nodiscard]] bool use_locked_memory() noexcept;

/// Whether it has been given, and SQLite has taken something from it.
[[nodiscard]] bool locked_memory_in_use() noexcept;

/// SQLCipher unlocks the pages of the keys that it gives back, also here. Locks what it has unlocked again. Half of
/// what the system lets a program lock (RLIMIT_MEMLOCK) is locked here, so that a large cache leaves the rest to
/// secrets, which are nowhere else. Memory beyond that is used all the same, and tried again here.
void lock_again() noexcept;

}  // namespace app::database::detail
