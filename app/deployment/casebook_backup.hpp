#pragma once
// A casebook as one age file: the encrypted database, its key sealed anew, refused files, the newest bundle, and who
// made it. No plaintext of a record is ever written. Must not know what a casebook's tables are.

#include <cstdint>
#include <filesystem>

#include "app/backup/opening.hpp"
#include "app/deployment/casebook_access.hpp"
#include "app/exchange/bundle.hpp"

namespace app::deployment {

struct BackupOrder {
    std::filesystem::path casebook;
    const exchange::Bundle& bundle;       ///< the newest beside it: for its recipients, and it goes along
    const crypto::ReceiptSecretKey& key;  ///< of one of its signers
    exchange::Day today;
    std::filesystem::path out;
};

struct BackedUp {
    std::uint64_t bytes = 0;  ///< of the file
    std::size_t refused = 0;  ///< refused files that are in it
};

/// Who signs receipts with this key, by the bundle; nullptr for nobody.
[[nodiscard]] const exchange::BundleSigner* signer_in(const exchange::Bundle& bundle,
                                                      const crypto::ReceiptPublicKey& key);

/// One file that the recipients open, of the casebook as it is at one moment: whoever imports meanwhile waits. Never
/// over an existing file; read back from the medium before it gets its name, and only then the casebook notes the day.
/// Errors: backup::Refusal (NotASigner), casebook::Error, exchange::Failure (Cancelled, Exists, NoSpace, Io),
/// files::Error.
[[nodiscard]] Result<BackedUp> back_up(crypto::SodiumReady ready, const BackupOrder& order, OpenCasebook& open,
                                       const backup::Progress& progress);

}  // namespace app::deployment
