#include "app/deployment/receipts.hpp"

#include <algorithm>

#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/content.hpp"
#include "app/deployment/files.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

constexpr std::uint32_t least_backup_days = 1;

}  // namespace

std::filesystem::path receipts_beside(const std::filesystem::path& casebook) {
    return casebook.parent_path() / "receipts";
}

std::filesystem::path receipt_key_beside(const std::filesystem::path& casebook) {
    return identity_beside(casebook).parent_path() / "receipt.key";
}

bool calls_for_receipt(const casebook::ImportReport& report) noexcept {
    if (report.forked) return false;
    switch (report.standing) {
        case casebook::Standing::InOrder:
        case casebook::Standing::Again:
        case casebook::Standing::Gap:
        case casebook::Standing::EpochDoubt:
            return true;
        case casebook::Standing::Forked:
        case casebook::Standing::ForkedBefore:
        case casebook::Standing::Revoked:
            break;
    }
    return false;
}

bool is_young(std::optional<exchange::Day> last, exchange::Day today, std::uint32_t days) noexcept {
    return last && *last <= today && today - *last <= std::chrono::days(days);
}

Result<BackupStanding> backup_standing(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                       OpenCasebook& open, exchange::Day today) {
    const auto bundle = bundle_beside(ready, casebook, open.book.deployment());
    BackupStanding standing;
    standing.days = std::max(bundle ? bundle->policy.hold_days : first_hold_days, least_backup_days);
    AMPARO_TRY(const last, about(casebook.string(), open.book.last_backup()));
    standing.last = last;
    standing.young = is_young(standing.last, today, standing.days);
    return standing;
}

Result<IssuedReceipt> issue_receipt(crypto::SodiumReady ready, const casebook::ImportReport& report,
                                    const crypto::Digest& manifest, const crypto::ReceiptSecretKey& key) {
    const exchange::Receipt receipt{report.device, report.epoch, report.sequence, manifest, {}, key.public_key()};
    AMPARO_TRY(file, about(report.device, exchange::sign_receipt(ready, receipt, key)));
    return IssuedReceipt{exchange::receipt_file_name(ready, file), std::move(file)};
}

Result<void> put_receipt(const std::filesystem::path& folder, const IssuedReceipt& receipt) {
    const auto file = folder / receipt.name;
    const auto there = files::read_plain(file, exchange::receipt_most_bytes, files::Links::Refused);
    if (there && *there == receipt.file) return {};
    return write_new(file, receipt.file);
}

}  // namespace app::deployment
