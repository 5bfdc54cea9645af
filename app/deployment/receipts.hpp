#pragma once
// Receipts for batches that the casebook has taken into custody: which batch gets one, and where it is put. Must not
// know how it is said.

#include <filesystem>
#include <optional>
#include <string>

#include "app/casebook/casebook.hpp"
#include "app/deployment/casebook_access.hpp"
#include "app/deployment/failure.hpp"
#include "app/exchange/receipt.hpp"

namespace app::deployment {

/// A receipt as it lies in a folder.
struct IssuedReceipt {
    std::string name;
    crypto::Bytes file;
};

/// Where copies of all receipts are kept: the folder `receipts` beside the casebook's file.
[[nodiscard]] std::filesystem::path receipts_beside(const std::filesystem::path& casebook);
/// The receipt key of whoever has this casebook. The path also when nothing is there.
[[nodiscard]] std::filesystem::path receipt_key_beside(const std::filesystem::path& casebook);

/// Whether a batch that was imported may have a receipt: it is in custody, and its device counts neither as revoked nor
/// as copied or rolled back. A certificate that has ended is no reason to withhold it.
[[nodiscard]] bool calls_for_receipt(const casebook::ImportReport& report) noexcept;

/// Receipts let kiosks erase: they wait until the casebook has a backup.
struct BackupStanding {
    std::optional<exchange::Day> last;  ///< nothing before the first
    std::uint32_t days = 0;             ///< how old it may be: as long as kiosks hold what has arrived, a day at least
    bool young = false;
};
/// Whether one of that day is young enough. What is of a day to come was written by a wrong clock, and counts for
/// nothing.
[[nodiscard]] bool is_young(std::optional<exchange::Day> last, exchange::Day today, std::uint32_t days) noexcept;
/// By the hold_days of the newest bundle beside the casebook; where there is none, those of a new programme.
/// Errors: casebook::Error.
[[nodiscard]] Result<BackupStanding> backup_standing(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                                     OpenCasebook& open, exchange::Day today);

/// For a batch that the casebook has committed, whose MANIFEST has this digest: all of it is in custody. What was
/// erased on request counts as taken in, so that it does not come again. Errors: exchange::Failure.
[[nodiscard]] Result<IssuedReceipt> issue_receipt(crypto::SodiumReady ready, const casebook::ImportReport& report,
                                                  const crypto::Digest& manifest, const crypto::ReceiptSecretKey& key);

/// Into a folder that may be a stick: durable, never over or through anything that has its name. The same receipt
/// there already is fine. Errors: exchange::Failure (Exists: something else has the name).
[[nodiscard]] Result<void> put_receipt(const std::filesystem::path& folder, const IssuedReceipt& receipt);

}  // namespace app::deployment
