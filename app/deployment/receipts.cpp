#include "app/deployment/receipts.hpp"

#include "app/deployment/casebook_access.hpp"
#include "app/deployment/files.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {

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
