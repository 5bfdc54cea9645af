// Identity files of coordinators, read with the passphrase that is asked for on the terminal or stands in a file.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/cli/files.hpp"
#include "crypto/open/identity.hpp"

namespace app::cli {

/// The file that was named for a passphrase, if any.
[[nodiscard]] std::optional<std::filesystem::path> passphrase_file_of(const std::string& option);

/// Every identity of every file, in order. A file that is itself an age file is opened with the passphrase, asked for
/// once for each such file unless `passphrase_file` is given. `typed`, where one is wanted: the last passphrase, for
/// another key of the same person.
[[nodiscard]] Outcome<std::vector<crypto::open::Identity>> read_identities(
    const Context& context, const std::vector<std::filesystem::path>& files,
    const std::optional<std::filesystem::path>& passphrase_file, std::optional<crypto::SecretBytes>* typed = nullptr);

}  // namespace app::cli
