#pragma once
// What there is of a programme's recovery in files: the deployment key sealed to the recovery identity, so that the
// sheets give it back, the sheets themselves, and a note of every set. Must not know how sheets are read.

#include <filesystem>
#include <vector>

#include "app/deployment/failure.hpp"
#include "app/deployment/share_page.hpp"
#include "app/exchange/sheets_note.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"

namespace app::deployment {

/// Where make_programme() puts the sealed deployment key; it may be copied anywhere, only the recovery identity opens
/// it.
[[nodiscard]] std::filesystem::path sealed_key_of(const std::filesystem::path& root);

/// Writes it, new. Errors: exchange::Failure, crypto::Error.
[[nodiscard]] Result<void> seal_deployment_key(crypto::SodiumReady ready, const std::filesystem::path& file,
                                               const crypto::DeploymentSecretKey& key,
                                               const crypto::Recipient& recovery);

/// Errors: files::Error (Missing: the programme has none), NotOpened, NotAKey (it holds none, or another programme's).
[[nodiscard]] Result<crypto::DeploymentSecretKey> open_deployment_key(crypto::SodiumReady ready,
                                                                      const std::filesystem::path& file,
                                                                      const crypto::open::Identity& recovery,
                                                                      const crypto::DeploymentPublicKey& programme);

/// "sheet-1.svg" and so on, one for each share, into a folder that is there: whoever reads enough of them has the key.
/// Errors: exchange::Failure, crypto::Error.
[[nodiscard]] Result<void> write_sheets(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                        const std::vector<crypto::PaperShare>& shares, const locales::Translator& words,
                                        const SharePage& page);

/// Replaces what was known about this set, in the folder `recovery`. Errors: exchange::Failure.
[[nodiscard]] Result<void> keep_sheets_note(crypto::SodiumReady ready, const std::filesystem::path& root,
                                            const exchange::SheetsNote& note, const crypto::DeploymentSecretKey& key);

/// The notes about this recovery identity that are what their names say, signed by the programme; those that were read
/// back first, then by day. Whatever else lies there is passed over.
[[nodiscard]] std::vector<exchange::SheetsNote> sheets_notes(crypto::SodiumReady ready,
                                                             const std::filesystem::path& root,
                                                             const crypto::DeploymentPublicKey& programme,
                                                             const crypto::Recipient& recovery);

/// The deployment key and the recovery identity into a folder, which is made when there is none, both behind the
/// passphrase, with deployment.pub. Without a key only the identity. Errors: exchange::Failure, crypto::Error.
[[nodiscard]] Result<void> write_recovered(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                           const crypto::open::Identity& recovery,
                                           const crypto::DeploymentSecretKey* key,
                                           const crypto::SecretBytes& passphrase);

}  // namespace app::deployment
