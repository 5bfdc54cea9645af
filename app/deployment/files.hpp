#pragma once
// Files and folders of a programme, each named in the failure. Must not know what is in them.

#include <filesystem>

#include "app/deployment/failure.hpp"
#include "crypto/bytes.hpp"

namespace app::deployment {

/// A whole regular file of at most `most` bytes. Errors: files::Error.
[[nodiscard]] Result<crypto::Bytes> read_plain(const std::filesystem::path& file, std::size_t most);

/// A new file, durable, mode 0600; never replaces one. Errors: exchange::Failure (Exists, Io, NoSpace).
[[nodiscard]] Result<void> write_new(const std::filesystem::path& file, crypto::ByteView content);

/// A folder of our own, which may be there; not one behind a link. Errors: exchange::Failure.
[[nodiscard]] Result<void> have_folder(const std::filesystem::path& folder);

/// A new folder with mode 0700; its parent must exist. Errors: exchange::Failure (Exists, Io).
[[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder);

}  // namespace app::deployment
