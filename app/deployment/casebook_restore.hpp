#pragma once
// A casebook out of its backup, looked over before anybody uses it, and without what was erased since. Must not know
// how anything is said.

#include <filesystem>
#include <string>
#include <vector>

#include "app/backup/opening.hpp"
#include "app/deployment/casebook_check.hpp"

namespace app::deployment {

struct RestoreOrder {
    std::filesystem::path file;             ///< the backup
    std::filesystem::path root;             ///< the folder of the programme
    crypto::DeploymentPublicKey programme;  ///< whose casebook it has to be
    bool any_signer = false;                ///< although nobody signed it whom the newest bundle names
};

struct Restored {
    backup::Unpacked backup;
    std::string signer;                         ///< empty: nobody whom the newest bundle names
    CasebookCheck check;                        ///< what is not whole() is not to be used
    std::vector<std::filesystem::path> heeded;  ///< casebooks in `root` whose erasures hold here too
    std::vector<std::filesystem::path> closed;  ///< those that did not open
    std::size_t erased_again = 0;               ///< records that these had erased
};

/// Unpacks it into `folder`, a new one in `root` that gets the casebook's name afterwards. What is erased in any other
/// casebook of this programme in a folder of `root` is erased in this one. On failure the folder is to be thrown away.
/// Errors: backup::Refusal, casebook::Error, files::Error, exchange::Failure.
[[nodiscard]] Result<Restored> restore_casebook(crypto::SodiumReady ready, const RestoreOrder& order,
                                                std::vector<crypto::open::Identity> identities,
                                                const std::filesystem::path& folder, const backup::Progress& progress);

/// The bundle that came along, beside the casebook, where there is none of its number yet: without one there is no next
/// backup. Nothing where it is not the programme's, or has too few signatures. Errors: exchange::Failure.
[[nodiscard]] Result<void> keep_bundle(crypto::SodiumReady ready, const RestoreOrder& order,
                                       const backup::Unpacked& backup);

}  // namespace app::deployment
