// The key of the programme that this kiosk belongs to, from a file that does not lie beside what it vouches for:
// whoever can change the data folder cannot change it. Read once, before anything of the data folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "crypto/minisign.hpp"

namespace app::device {

/// Used when it is there and no other file was named.
inline constexpr std::string_view default_programme_file = "/etc/amparo/deployment.pub";

/// Why the program does not start: a file that is there and cannot be relied on is never taken for none.
enum class ProgrammeError : std::uint8_t {
    Missing,  ///< the file that was named
    Unreadable,
    NotPlain,   ///< a symbolic link, a folder, a pipe
    Writable,   ///< by others than its owner
    Inside,     ///< it lies in the data folder that it is to vouch for, or is a file of it under another name
    Foreign,    ///< its owner is neither root nor this user; of the default file: not root
    Malformed,  ///< no minisign public key
};

/// `named` as on the command line; empty: the default file. `state`: the data folder, which need not be there. Nothing:
/// no key is pinned on this device.
[[nodiscard]] tl::expected<std::optional<crypto::DeploymentPublicKey>, ProgrammeError> read_programme_key(
    const std::filesystem::path& named, const std::filesystem::path& state);

/// One file. `only_root`: nobody else may own it or its folder. Errors: all of ProgrammeError.
[[nodiscard]] tl::expected<crypto::DeploymentPublicKey, ProgrammeError> read_programme_file(
    const std::filesystem::path& file, bool only_root, const std::filesystem::path& state);

}  // namespace app::device
