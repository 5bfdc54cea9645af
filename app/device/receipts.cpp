#include "app/device/receipts.hpp"

#include <algorithm>

#include "app/device/noting.hpp"
#include "app/device/stick_files.hpp"
#include "app/exchange/receipt.hpp"
#include "crypto/try.hpp"

namespace app::device {
namespace {

namespace fs = std::filesystem;
using model::DeviceError;
using model::NewsKind;
using model::NotTaken;

/// Whose receipts count, and what they lead to.
struct Pinned {
    std::vector<crypto::ReceiptPublicKey> keys;
    store::Keeping keeping;
};

crypto::Bytes id_of_signer(const crypto::ReceiptPublicKey& key) {
    const auto bytes = key.bytes();
    return {bytes.begin(), bytes.end()};
}

Pinned pinned_by(const exchange::Bundle& bundle) {
    Pinned pinned;
    pinned.keeping.receipts_required = bundle.policy.receipts_required;
    pinned.keeping.hold_days = bundle.policy.hold_days;
    for (const auto& signer : bundle.signers) {
        pinned.keys.push_back(signer.key);
        pinned.keeping.signers.push_back(id_of_signer(signer.key));
    }
    return pinned;
}

void refuse_receipt(model::ReceiptNews& news, NotTaken why) {
    const model::RefusedNews one{NewsKind::Receipt, why};
    if (std::find(news.refused.begin(), news.refused.end(), one) == news.refused.end()) news.refused.push_back(one);
}

store::Receipt for_store(const exchange::Receipt& receipt) {
    store::Receipt kept{
        receipt.device, receipt.epoch, receipt.sequence, receipt.manifest, id_of_signer(receipt.signer), {}};
    for (const auto& one : receipt.refused) kept.refused.push_back(one.sha256);
    return kept;
}

/// Nothing: it was taken, or is known.
std::optional<NotTaken> why_not_taken(store::ReceiptAnswer answer) noexcept {
    switch (answer) {
        case store::ReceiptAnswer::Taken:
        case store::ReceiptAnswer::Known:
            return std::nullopt;
        case store::ReceiptAnswer::OtherDevice:
            return NotTaken::OtherDevice;
        case store::ReceiptAnswer::UnknownSigner:
            return NotTaken::UnknownSigner;
        case store::ReceiptAnswer::UnknownBatch:
        case store::ReceiptAnswer::OtherManifest:
            return NotTaken::OtherBatch;
    }
    return NotTaken::Damaged;
}

tl::expected<exchange::Receipt, NotTaken> read_receipt(crypto::SodiumReady ready, const fs::path& file,
                                                       const Pinned& pinned, StickReader& reader) {
    AMPARO_TRY(const bytes, reader.whole(file, exchange::receipt_most_bytes));
    auto receipt = exchange::load_receipt(ready, bytes, pinned.keys);
    if (receipt) return std::move(*receipt);
    const bool stranger = receipt.error().why.reason == exchange::Reason::ReceiptSigner;
    return tl::unexpected(stranger ? NotTaken::UnknownSigner : NotTaken::Damaged);
}

/// Takes one file, or tells why it is refused. Fails where the store could not keep it.
tl::expected<void, DeviceError> take_one(crypto::SodiumReady ready, Device& device, const fs::path& file,
                                         const Pinned& pinned, StickReader& reader, store::Now now,
                                         model::ReceiptNews& news) {
    const auto receipt = read_receipt(ready, file, pinned, reader);
    if (!receipt) {
        refuse_receipt(news, receipt.error());
        return {};
    }
    const auto taken = device.store->receipts().take(for_store(*receipt), pinned.keeping, now);
    if (!taken) return tl::unexpected(device_error_of(taken.error()));
    if (const auto why = why_not_taken(taken->answer)) refuse_receipt(news, *why);
    news.confirmed += taken->confirmed;
    news.again += taken->again;
    return {};
}

}  // namespace

tl::expected<model::ReceiptNews, DeviceError> take_receipts(crypto::SodiumReady ready, Device& device,
                                                            const std::vector<fs::path>& folders, store::Now now) {
    model::ReceiptNews news;
    if (!device.bundle) return news;
    const auto pinned = pinned_by(*device.bundle);
    const auto found = files_on_sticks(folders, exchange::is_receipt_file_name);
    StickReader reader;
    tl::expected<void, DeviceError> done;
    for (const auto& file : found.files)
        if (done = take_one(ready, device, file, pinned, reader, now, news); !done) break;
    if (found.too_many) refuse_receipt(news, NotTaken::TooMany);
    if (found.unreadable) refuse_receipt(news, NotTaken::Unreadable);
    if (news.confirmed > 0) {
        exchange::AuditDetail how_many;
        how_many.worker = device.worker;
        how_many.number = news.confirmed;
        note(ready, device, exchange::AuditType::ReceiptsTaken, how_many);
    }
    if (!done) return tl::unexpected(done.error());
    return news;
}

void erase_confirmed(crypto::SodiumReady ready, Device& device, store::Now now) {
    if (!device.bundle || !device.store) return;
    const auto erased = device.store->receipts().housekeep(pinned_by(*device.bundle).keeping, now);
    if (!erased || *erased == 0) return;
    exchange::AuditDetail how_many;
    how_many.number = *erased;
    note(ready, device, exchange::AuditType::ConfirmedErased, how_many);
}

}  // namespace app::device
