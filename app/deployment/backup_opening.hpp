#pragma once
// A backup of a casebook, opened and unpacked into a folder, and who signed it. Must not know what a casebook's tables
// are.

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "app/deployment/backup_form.hpp"
#include "app/deployment/casebook_backup.hpp"
#include "app/deployment/failure.hpp"
#include "crypto/open/identity.hpp"

namespace app::deployment {

struct UnpackedBackup {
    BackupHead head;
    std::string bundle_name;  ///< names a number
    crypto::Bytes bundle;     ///< the newest of the programme when it was made; not verified
    std::string manifest;     ///< names exactly what was unpacked
    std::string signature;    ///< not verified
};

/// Unpacks it into an empty folder, as a casebook that open_casebook() opens. On failure the folder holds pieces and
/// is to be thrown away. Errors: files::Error, BackupRefusal, exchange::Failure (NoSpace, Io, Cancelled).
[[nodiscard]] Result<UnpackedBackup> unpack_backup(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                   std::span<const crypto::open::Identity> identities,
                                                   const std::filesystem::path& folder, const BackupProgress& progress);

/// The bundle that it brings along, where it is what its name says and has the signatures that `trust` asks for.
[[nodiscard]] std::optional<exchange::Bundle> bundle_of(crypto::SodiumReady ready, const UnpackedBackup& backup,
                                                        const exchange::BundleTrust& trust);
/// Whose signature it carries, of those whom the newer of the two bundles lets sign. Nothing for nobody.
[[nodiscard]] std::optional<std::string> backup_signer(crypto::SodiumReady ready, const UnpackedBackup& backup,
                                                       std::optional<exchange::Bundle> known,
                                                       std::optional<exchange::Bundle> brought);

}  // namespace app::deployment
