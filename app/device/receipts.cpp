#include "app/device/receipts.hpp"

#include <algorithm>

#include "app/device/noting.hpp"
#include "app/device/replies.hpp"
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
    // What coordinators have lies here for no longer than people were told that anybody keeps it.
    pinned.keeping.hold_days = std::min(bundle.policy.hold_days, bundle.policy.retention_days);
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

tl::expected<exchange::Receipt, NotTaken> verified(crypto::SodiumReady ready, crypto::ByteView bytes,
                                                   const Pinned& pinned) {
    auto receipt = exchange::load_receipt(ready, bytes, pinned.keys);
    if (receipt) return std::move(*receipt);
    const bool stranger = receipt.error().why.reason == exchange::Reason::ReceiptSigner;
    return tl::unexpected(stranger ? NotTaken::UnknownSigner : NotTaken::Damaged);
}

/// What is found of receipts in one looking.
struct Taking {
    crypto::SodiumReady ready;
    Device& device;
    Pinned pinned;
    store::Now now;
    model::ReceiptNews news = {};
    StickReader reader = {};

    /// Takes one, or tells why it is refused. Fails where the store could not keep it.
    tl::expected<void, DeviceError> take(crypto::ByteView bytes) {
        const auto receipt = verified(ready, bytes, pinned);
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
    tl::expected<void, DeviceError> take_plain(const std::vector<fs::path>& folders) {
        const auto found = files_on_sticks(folders, exchange::is_receipt_file_name);
        for (const auto& file : found.files) {
            const auto bytes = reader.whole(file, exchange::receipt_most_bytes);
            if (!bytes) {
                refuse_receipt(news, bytes.error());
                continue;
            }
            AMPARO_DO(take(*bytes));
        }
        if (found.too_many) refuse_receipt(news, NotTaken::TooMany);
        if (found.unreadable) refuse_receipt(news, NotTaken::Unreadable);
        return {};
    }
    tl::expected<void, DeviceError> take_replies(const std::vector<fs::path>& folders) {
        const auto use = [this](std::vector<exchange::ReplyFile> files) -> tl::expected<void, DeviceError> {
            for (const auto& one : files)
                if (exchange::reply_kind_of(one.name) == exchange::ReplyKind::Receipt) AMPARO_DO(take(one.file));
            return {};
        };
        return each_reply(ready, *device.store, folders, reader, use,
                          [this](NotTaken why) { refuse_receipt(news, why); });
    }
};

}  // namespace

tl::expected<model::ReceiptNews, DeviceError> take_receipts(crypto::SodiumReady ready, Device& device,
                                                            const std::vector<fs::path>& folders, store::Now now) {
    if (!device.bundle) return model::ReceiptNews{};
    Taking taking{ready, device, pinned_by(*device.bundle), now};
    auto done = taking.take_plain(folders);
    if (done) done = taking.take_replies(folders);
    if (taking.news.confirmed > 0) {
        exchange::AuditDetail how_many;
        how_many.worker = device.worker;
        how_many.number = taking.news.confirmed;
        note(ready, device, exchange::AuditType::ReceiptsTaken, how_many);
    }
    if (!done) return tl::unexpected(done.error());
    return std::move(taking.news);
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
