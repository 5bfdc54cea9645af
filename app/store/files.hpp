#pragma once
// Small durable files and what the operating system's failures mean here; inside app/store only.

#include <filesystem>
#include <string>
#include <vector>

#include "app/files/descriptor.hpp"
#include "app/store/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace app::store::detail {

[[nodiscard]] Error error_of_errno(int code) noexcept;

using files::Descriptor;

/// The first `size` bytes of a plain file. Errors: Missing, Damaged (shorter), NotPlain, Io.
[[nodiscard]] Result<crypto::Bytes> read_part(const std::filesystem::path& file, std::size_t size);
/// Writes over the beginning of a file that is there; not synced. Errors: Missing, ReadOnly, NoSpace, Io.
[[nodiscard]] Result<void> overwrite_start(const std::filesystem::path& file, crypto::ByteView bytes);
/// A plain file into one that is not there yet, mode 0600; not synced.
/// Errors: Missing, NotPlain, Exists, ReadOnly, NoSpace, Io.
[[nodiscard]] Result<void> copy_plain_file(const std::filesystem::path& from, const std::filesystem::path& to);
/// SHA-256 of a plain file. Errors: Missing, NotPlain, Io.
[[nodiscard]] Result<crypto::Digest> digest_of_file(crypto::SodiumReady ready, const std::filesystem::path& file);
/// Something has this name, whatever it is.
[[nodiscard]] bool is_there(const std::filesystem::path& file) noexcept;
/// What is in an open folder, without "." and "..". Unlike the standard library's iterator it can run out of memory
/// without ending the program. Errors: Io.
[[nodiscard]] Result<std::vector<std::string>> names_in(const Descriptor& folder);
[[nodiscard]] Result<std::vector<std::string>> names_in(const std::filesystem::path& folder);
/// The path without symbolic links. Errors: Missing, ReadOnly (may not be looked at), NotPlain (links in a circle), …
[[nodiscard]] Result<std::filesystem::path> real_path(const std::filesystem::path& path);
/// At most `most` bytes of a plain file. Errors: Missing, Damaged (longer), NotPlain, Io.
[[nodiscard]] Result<crypto::Bytes> read_small(const std::filesystem::path& file, std::size_t most);
/// What replace_small() writes before the file has its name.
[[nodiscard]] std::filesystem::path unfinished(const std::filesystem::path& file);
/// Temporary file beside it, mode 0600, synced, renamed over `file`, folder synced. Errors: ReadOnly, NoSpace, Io.
[[nodiscard]] Result<void> replace_small(const std::filesystem::path& file, crypto::ByteView content);
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);

}  // namespace app::store::detail
