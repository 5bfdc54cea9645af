// The folder of a programme, as commands name it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/casebook/casebook.hpp"
#include "app/cli/files.hpp"
#include "crypto/minisign.hpp"

namespace app::cli {

/// A folder that was named, with the programme's public key in it.
struct ProgrammeFolder {
    std::filesystem::path root;
    crypto::DeploymentPublicKey key;
};
[[nodiscard]] Outcome<ProgrammeFolder> programme_folder(const Context& context, const std::string& folder);

/// The devices of the programme's casebook; none where the programme has no casebook here.
[[nodiscard]] Outcome<std::vector<casebook::Device>> devices_of(const Context& context,
                                                                const ProgrammeFolder& programme,
                                                                const std::string& passphrase_file);

}  // namespace app::cli
