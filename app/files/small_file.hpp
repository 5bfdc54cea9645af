#pragma once
// Small files of our own: read, copied, replaced. No link is followed where a file should be, and nothing that stands
// in its place is waited for. Must not know what is in a file.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "app/files/error.hpp"

namespace app::files {

/// The first `size` bytes of a plain file. Errors: Missing, Kind, Short, Denied, Io.
[[nodiscard]] Result<std::vector<std::byte>> read_part(const std::filesystem::path& file, std::size_t size);
/// Every piece of a plain file, in order, of at most 64 KiB. Errors: Missing, Kind, Denied, Io, or what `use` gives.
[[nodiscard]] Result<void> each_piece(const std::filesystem::path& file,
                                      const std::function<Result<void>(std::span<const std::byte>)>& use);

/// Writes over the beginning of a file that is there; not synced. Errors: Missing, Kind, Denied, NoSpace, Io.
[[nodiscard]] Result<void> overwrite_start(const std::filesystem::path& file, std::span<const std::byte> bytes);
/// A plain file into one that is not there yet, mode 0600; not synced.
/// Errors: Missing, Kind, Exists, Denied, NoSpace, Io.
[[nodiscard]] Result<void> copy_plain_file(const std::filesystem::path& from, const std::filesystem::path& to);

/// What replace_small() writes before the file has its name.
[[nodiscard]] std::filesystem::path unfinished(const std::filesystem::path& file);
/// Temporary file beside it, mode 0600, synced, renamed over `file`, folder synced. Errors: Denied, NoSpace, Io.
[[nodiscard]] Result<void> replace_small(const std::filesystem::path& file, std::span<const std::byte> content);

}  // namespace app::files
