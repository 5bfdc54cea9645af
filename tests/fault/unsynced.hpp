#pragma once
// What a cut of power takes away: changes of files that no fsync of the file has put on the medium, and names that no
// fsync of their folder has. Kept as what was there before, and put back when the power goes. The strictest reading of
// POSIX fsync(): a real file system often keeps more.

#include <sys/types.h>

#include <cstddef>
#include <string>

namespace fault::unsynced {

/// Starts. `folder` is empty, on the same file system as everything that is watched, and must outlive the process.
void watch(const std::string& folder);
[[nodiscard]] bool watching() noexcept;

// Each before the operation; a path as openat(2) takes it, of a file or a folder.
void before_write(int descriptor, std::size_t size, off_t at);
void before_cut(int descriptor, off_t size);
/// Only for a name that is not there yet.
void before_making(int folder, const char* path);
void before_removing(int folder, const char* path);
void before_renaming(int from_folder, const char* from, int to_folder, const char* to);
/// Of two names in one folder.
void before_exchanging(int one_folder, const char* one, int other_folder, const char* other);

/// After a file or a folder was synced.
void synced(int descriptor);

/// The power goes: everything that was not synced is as it was.
void lose() noexcept;

}  // namespace fault::unsynced
