// Identity files of coordinators: plain, or wrapped with a passphrase.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/cli/files.hpp"
#include "crypto/open/identity.hpp"

namespace app::cli {

/// Every identity of every file, in order. A file that is itself an age file is opened with the passphrase, asked for
/// once for each such file unless `passphrase_file` is given.
[[nodiscard]] Outcome<std::vector<crypto::open::Identity>> read_identities(
    const Context& context, const std::vector<std::filesystem::path>& files,
    const std::optional<std::filesystem::path>& passphrase_file);

/// The identity as a file for the disk: wrapped with the passphrase when there is one, readable otherwise.
[[nodiscard]] Outcome<void> write_identity(const Context& context, const std::filesystem::path& file,
                                           const crypto::open::Identity& identity,
                                           const crypto::SecretBytes* passphrase);

}  // namespace app::cli
