#include "app/kiosk/tasks.hpp"

#include <unistd.h>

#include "app/device/noting.hpp"
#include "app/device/sealing.hpp"
#include "app/device/sending.hpp"
#include "crypto/random.hpp"
#include "crypto/words.hpp"

namespace app::kiosk {

namespace {

using session::DeviceError;
using session::SendError;

std::string iso(std::chrono::year_month_day day) {
    return exchange::day_text(std::chrono::sys_days(day));
}

tl::expected<store::Counts, DeviceError> counts_of(Device& device) {
    auto counts = device.store->records().counts();
    if (!counts) return tl::unexpected(device_error_of(counts.error()));
    return *counts;
}

// ---- sending

SendError error_of(const exchange::Failure& failure, const std::filesystem::path& folder) {
    std::error_code ignored;
    switch (failure.error) {
        case exchange::Error::NoSpace:
            return SendError::Full;
        case exchange::Error::Io:
            if (!std::filesystem::is_directory(folder, ignored)) return SendError::Gone;
            return access(folder.c_str(), W_OK) == 0 ? SendError::Other : SendError::ReadOnly;
        case exchange::Error::Archive:
        case exchange::Error::Members:
        case exchange::Error::Manifest:
        case exchange::Error::Signature:
            return SendError::Check;
        case exchange::Error::Cancelled:
            return SendError::Cancelled;
        case exchange::Error::Exists:
        case exchange::Error::TooLarge:
        case exchange::Error::Certificate:
        case exchange::Error::Deployment:
        case exchange::Error::Rollback:
        case exchange::Error::AppTooOld:
        case exchange::Error::Recipients:
        case exchange::Error::Content:
        case exchange::Error::Crypto:
            return SendError::Other;
    }
    return SendError::Other;
}

/// What was sent so far, and the audit's entry of every batch.
struct Sending {
    crypto::SodiumReady ready;
    Device& device;
    bool again;  ///< what is written had been written before
    session::Sent sent = {.file = {}, .counts = {}, .files = 0};

    void written(const store::FrozenBatch& frozen, const exchange::WrittenBatch& batch) {
        sent.file = batch.path.filename().string();
        sent.bytes += batch.bytes;
        sent.records += frozen.rows.size();
        ++sent.files;
        exchange::AuditDetail which;
        which.worker = device.worker;
        which.number = frozen.sequence;
        device::note(ready, device, again ? exchange::AuditType::BatchAgain : exchange::AuditType::BatchMade, which);
    }
};

tl::expected<void, SendError> send_last(Device& device, device::Sender& sender, const std::filesystem::path& folder) {
    const auto open = device.store->outbox().open_batches();
    if (!open || open->empty()) return tl::unexpected(open ? SendError::Nothing : SendError::Other);
    if (auto done = sender.send_again(open->back()); !done) return tl::unexpected(error_of(done.error(), folder));
    return {};
}

}  // namespace

tl::expected<session::Prepared, DeviceError> prepare(crypto::SodiumReady ready, Device& device) {
    const auto room = device.folder.free_bytes();
    if (!room) return tl::unexpected(device_error_of(room.error()));
    if (*room < session::least_free) return tl::unexpected(DeviceError::NoRoom);
    auto arena = crypto::LockedArena::make(ready, session::arena_bytes);
    if (!arena) return tl::unexpected(DeviceError::LockedMemory);
    const std::chrono::year_month_day today(device.local_today());
    session::Origin origin;
    origin.record = crypto::random_hex(ready, 16);
    origin.case_code = crypto::case_code(ready);
    origin.seed =
        (std::uint64_t{crypto::random_below(ready, 0xFFFFFFFFU)} << 32) | crypto::random_below(ready, 0xFFFFFFFFU);
    origin.day = iso(today);
    origin.today = {static_cast<std::int32_t>(static_cast<int>(today.year())),
                    static_cast<std::uint8_t>(static_cast<unsigned>(today.month())),
                    static_cast<std::uint8_t>(static_cast<unsigned>(today.day()))};
    origin.arena = std::move(*arena);
    return session::Prepared{std::move(origin)};
}

tl::expected<session::Sealed, DeviceError> seal(crypto::SodiumReady ready, Device& device,
                                                const session::SealRecord& order) {
    if (auto done = device::seal_revision(ready, device, order.record, order.revision, order.json, order.draft); !done)
        return tl::unexpected(done.error());
    const auto counts = counts_of(device);
    if (!counts) return tl::unexpected(counts.error());
    return session::Sealed{order.record, order.revision, *counts};
}

tl::expected<session::Resumed, session::ResumeFailed> resume(crypto::SodiumReady ready, Device& device,
                                                             store::Worker worker) {
    auto found = device.drafts.find_for(*device.store, worker);
    if (!found) return tl::unexpected(session::ResumeFailed{});
    session::Resumed resumed;
    for (std::size_t i = 0; i < found->owner.forms; ++i) {
        auto arena = crypto::LockedArena::make(ready, session::arena_bytes);
        if (!arena) return tl::unexpected(session::ResumeFailed{DeviceError::LockedMemory});
        resumed.arenas.push_back(std::move(*arena));
    }
    resumed.draft = std::move(found->draft);
    device::note_record(ready, device, exchange::AuditType::InterviewResumed, found->record);
    return resumed;
}

tl::expected<session::Erased, DeviceError> withdraw(crypto::SodiumReady ready, Device& device,
                                                    const session::Withdraw& order) {
    if (auto done = device::withdraw(ready, device, order.record, order.revision, order.withdrawn); !done)
        return tl::unexpected(done.error());
    const auto counts = counts_of(device);
    if (!counts) return tl::unexpected(counts.error());
    return session::Erased{order.record, *counts};
}

tl::expected<session::Sent, SendError> send(crypto::SodiumReady ready, Device& device, const session::Export& order,
                                            const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
    const std::filesystem::path folder = order.place.path;
    if (device.batch_recipients.empty()) return tl::unexpected(SendError::Other);  // nobody could read it
    Sending sending{ready, device, order.again};
    const auto size =
        device.bundle ? exchange::batch_size_within(device.bundle->policy.batch_mib) : exchange::batch_sizes.back();
    device::Sender sender(
        ready, {*device.store, device.enrolment.device, device.certificate, device.batch_recipients, size}, folder,
        progress, [&](const auto& frozen, const auto& batch) { sending.written(frozen, batch); });
    if (order.again) {
        if (auto done = send_last(device, sender, folder); !done) return tl::unexpected(done.error());
    } else {
        const auto draft = device.drafts.find(*device.store);
        auto done = sender.finish_unfinished();
        if (done) done = sender.send_waiting(draft ? draft->record : std::string());
        if (!done) return tl::unexpected(error_of(done.error(), folder));
    }
    const bool empty_wanted = !order.again && device.bundle && device.bundle->policy.empty_batches;
    if (sending.sent.file.empty() && empty_wanted)
        if (auto done = sender.send_empty(); !done) return tl::unexpected(error_of(done.error(), folder));
    if (sending.sent.file.empty()) return tl::unexpected(SendError::Nothing);
    const auto counts = counts_of(device);
    if (!counts) return tl::unexpected(SendError::Other);
    sending.sent.counts = *counts;
    return std::move(sending.sent);
}

}  // namespace app::kiosk
