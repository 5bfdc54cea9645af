#include "app/kiosk/tasks.hpp"

#include <unistd.h>

#include <charconv>
#include <ctime>

#include "app/exchange/batch.hpp"
#include "app/exchange/manifest.hpp"
#include "app/kiosk/audit.hpp"
#include "crypto/random.hpp"
#include "crypto/words.hpp"

namespace app::kiosk {

namespace {

using session::SendFault;
using session::Trouble;

constexpr std::string_view unfinished = "send.unfinished";  ///< setting: the batch whose writing has not been confirmed

std::chrono::year_month_day local_day() {
    const auto now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

std::string iso(std::chrono::year_month_day day) {
    return exchange::day_text(std::chrono::sys_days(day));
}

tl::expected<store::Counts, Trouble> counts_of(Device& device) {
    auto counts = device.store->counts();
    if (!counts) return tl::unexpected(trouble_of(counts.error()));
    return *counts;
}

tl::expected<void, Trouble> seal_revision(crypto::SodiumReady ready, Device& device, std::string_view record,
                                          std::uint32_t revision, const crypto::SecretBytes& json,
                                          const crypto::SecretBytes& draft) {
    const auto sealed = crypto::seal_record(ready, json.view(), device.recipients);
    if (!sealed)
        return tl::unexpected(sealed.error() == crypto::Error::LockedMemory ? Trouble::LockedMemory
                                                                            : Trouble::SealFailed);
    const auto kept = device.drafts.keep(record, revision, draft);
    const auto row = store::save_revision(ready, *device.store, record, revision, *sealed, kept);
    device.store->release_memory();
    if (!row) return tl::unexpected(row.error() == store::Error::NoSpace ? Trouble::NoRoom : Trouble::SealFailed);
    return {};
}

/// Who did it, as far as the device knows, and to which record.
exchange::AuditDetail about(const Device& device, const std::string& record) {
    exchange::AuditDetail detail;
    detail.worker = device.worker;
    detail.record = record;
    return detail;
}

// ---- sending

SendFault fault_of(const exchange::Failure& failure, const std::filesystem::path& folder) {
    std::error_code ignored;
    switch (failure.fault) {
        case exchange::Fault::NoSpace:
            return SendFault::Full;
        case exchange::Fault::Io:
            if (!std::filesystem::is_directory(folder, ignored)) return SendFault::Gone;
            return access(folder.c_str(), W_OK) == 0 ? SendFault::Other : SendFault::ReadOnly;
        case exchange::Fault::Archive:
        case exchange::Fault::Members:
        case exchange::Fault::Manifest:
        case exchange::Fault::Signature:
            return SendFault::Check;
        case exchange::Fault::Cancelled:
            return SendFault::Cancelled;
        case exchange::Fault::Exists:
        case exchange::Fault::TooLarge:
        case exchange::Fault::Certificate:
        case exchange::Fault::Deployment:
        case exchange::Fault::Rollback:
        case exchange::Fault::AppTooOld:
        case exchange::Fault::Recipients:
        case exchange::Fault::Content:
        case exchange::Fault::Crypto:
            return SendFault::Other;
    }
    return SendFault::Other;
}

std::vector<exchange::BatchRecord> records_of(const std::vector<store::RowInfo>& rows) {
    std::vector<exchange::BatchRecord> records;
    records.reserve(rows.size());
    for (const auto& row : rows) records.push_back({row.name, row.sha256, row.size});
    return records;
}

std::string name_of(store::BatchKey key) {
    return std::to_string(key.epoch) + " " + std::to_string(key.sequence);
}

std::optional<store::BatchKey> batch_key(std::string_view text) {
    store::BatchKey key;
    const auto* const end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, key.epoch);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != ' ') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, key.sequence);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return key;
}

/// One sending: writes frozen batches and remembers what was written.
class Sender {
  public:
    using Report = std::function<bool(std::uint64_t, std::uint64_t)>;
    Sender(crypto::SodiumReady ready, Device& device, const std::filesystem::path& folder, const Report& report)
        : ready_(ready), device_(device), folder_(folder), report_(report) {}

    /// The batch that was frozen but whose file was never confirmed, if there is one.
    tl::expected<void, SendFault> finish_unfinished() {
        const auto setting = device_.store->setting(unfinished);
        if (!setting) return tl::unexpected(SendFault::Other);
        const auto key = *setting ? batch_key(**setting) : std::nullopt;
        if (!key) return {};
        const auto frozen = device_.store->batch(*key);
        if (frozen) return write(*frozen);
        return confirm();  // the power went before it was frozen: nothing to finish
    }

    tl::expected<void, SendFault> send_waiting() {
        const auto open = device_.drafts.find(*device_.store);
        const auto open_record = open ? open->record : std::string();
        for (;;) {
            const auto plan = device_.store->plan_batch(open_record);
            if (!plan) return tl::unexpected(SendFault::Other);
            if (plan->rows.empty()) return {};
            if (!report_(0, 0)) return tl::unexpected(SendFault::Cancelled);
            const auto frozen = freeze(*plan);
            if (!frozen) return tl::unexpected(frozen.error());
            if (auto done = write(*frozen); !done) return done;
        }
    }

    tl::expected<void, SendFault> send_last() {
        const auto open = device_.store->open_batches();
        if (!open || open->empty()) return tl::unexpected(open ? SendFault::Nothing : SendFault::Other);
        const auto frozen = device_.store->batch(open->back());
        if (!frozen) return tl::unexpected(SendFault::Other);
        again = true;
        return write(*frozen);
    }

    session::Sent sent;
    bool again = false;  ///< what is written had been written before

  private:
    /// The entries that a frozen batch carries, as its manifest names them.
    tl::expected<std::vector<exchange::BatchRecord>, SendFault> audit_of(const store::FrozenBatch& frozen) {
        const auto lines =
            exchange::parse_manifest(frozen.bytes.manifest, exchange::batch_title, exchange::batch_most_records);
        if (!lines) return tl::unexpected(SendFault::Other);
        std::vector<exchange::BatchRecord> entries;
        for (const auto& line : *lines) {
            const auto name = exchange::batch_record_name(line.name);
            if (!name || !exchange::is_audit_name(*name)) continue;
            const auto bytes = audit_bytes(*device_.store, *name);
            if (!bytes) return tl::unexpected(SendFault::Other);
            entries.push_back({*name, line.sha256, bytes->size()});
        }
        return entries;
    }
    tl::expected<store::FrozenBatch, SendFault> freeze(const store::BatchPlan& plan) {
        const auto audit = audit_to_send(ready_, *device_.store);
        if (!audit) return tl::unexpected(SendFault::Other);
        auto records = audit->entries;
        for (auto& record : records_of(plan.rows)) records.push_back(std::move(record));
        const auto fit = exchange::records_that_fit(records);
        records.resize(fit);
        const auto key = device_.store->device_key();
        if (!key || fit <= audit->entries.size()) return tl::unexpected(SendFault::Other);
        const auto count = fit - audit->entries.size();
        const exchange::BatchHeader header{device_.enrolment.device, plan.epoch, plan.sequence, plan.previous, count,
                                           audit->head.head};
        const auto manifest = exchange::make_batch_manifest(ready_, header, records, *key);
        if (!manifest) return tl::unexpected(SendFault::Other);
        const store::BatchKey name{plan.epoch, plan.sequence};
        if (!device_.store->set_setting(unfinished, name_of(name))) return tl::unexpected(SendFault::Other);
        const store::BatchBytes bytes{manifest->sha256, manifest->text, manifest->signature, device_.certificate.text,
                                      device_.certificate.signature};
        if (!device_.store->freeze(plan, count, bytes)) return tl::unexpected(SendFault::Other);
        // Cut off here, the next batch carries the same entries once more, which is fine.
        if (!audit->entries.empty()) static_cast<void>(device_.store->set_audit_sent(audit->head.number));
        auto frozen = device_.store->batch(name);
        if (!frozen) return tl::unexpected(SendFault::Other);
        return std::move(*frozen);
    }

    tl::expected<void, SendFault> write(const store::FrozenBatch& frozen) {
        auto records = records_of(frozen.rows);
        const auto audit = audit_of(frozen);
        if (!audit) return tl::unexpected(SendFault::Other);
        records.insert(records.end(), audit->begin(), audit->end());
        const exchange::BatchManifest manifest{
            {device_.enrolment.device, frozen.epoch, frozen.sequence, frozen.previous, records.size(), {}},
            frozen.bytes.manifest,
            frozen.bytes.signature,
            frozen.bytes.manifest_sha256};
        const exchange::SignedCertificate certificate{frozen.bytes.certificate, frozen.bytes.certificate_signature};
        const exchange::RecordSource source = [&](const std::string& name) -> exchange::Result<crypto::Bytes> {
            auto bytes = exchange::is_audit_name(name) ? audit_bytes(*device_.store, name)
                                                       : device_.store->read(std::string_view(name));
            if (!bytes) return exchange::failed(exchange::Fault::Io, "the store");
            return std::move(*bytes);
        };
        const exchange::Progress progress = [&](std::uint64_t done, std::uint64_t total) {
            return report_(done, total);
        };
        const auto written = exchange::write_batch(ready_, {manifest, records, certificate, device_.recipients}, source,
                                                   folder_, progress);
        device_.store->release_memory();
        if (!written) return tl::unexpected(fault_of(written.error(), folder_));
        sent.file = written->path.filename().string();
        sent.bytes += written->bytes;
        sent.records += frozen.rows.size();
        if (auto done = confirm(); !done) return done;
        exchange::AuditDetail which;
        which.worker = device_.worker;
        which.number = frozen.sequence;
        note(ready_, device_, again ? exchange::AuditType::BatchAgain : exchange::AuditType::BatchMade, which);
        return {};
    }

    tl::expected<void, SendFault> confirm() {
        if (!device_.store->set_setting(unfinished, "")) return tl::unexpected(SendFault::Other);
        return {};
    }

    crypto::SodiumReady ready_;
    Device& device_;
    const std::filesystem::path& folder_;
    const Report& report_;
};

}  // namespace

tl::expected<session::Prepared, Trouble> prepare(crypto::SodiumReady ready, Device& device) {
    const auto room = device.folder.free_bytes();
    if (!room) return tl::unexpected(trouble_of(room.error()));
    if (*room < session::least_free) return tl::unexpected(Trouble::NoRoom);
    auto arena = crypto::LockedArena::make(ready, session::arena_bytes);
    if (!arena) return tl::unexpected(Trouble::LockedMemory);
    const auto today = local_day();
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

tl::expected<session::Sealed, Trouble> seal(crypto::SodiumReady ready, Device& device,
                                            const session::SealRecord& order) {
    if (auto done = seal_revision(ready, device, order.record, order.revision, order.json, order.draft); !done)
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
        if (!arena) return tl::unexpected(session::ResumeFailed{Trouble::LockedMemory});
        resumed.arenas.push_back(std::move(*arena));
    }
    resumed.draft = std::move(found->draft);
    note(ready, device, exchange::AuditType::InterviewResumed, about(device, found->record));
    return resumed;
}

tl::expected<session::Erased, Trouble> withdraw(crypto::SodiumReady ready, Device& device,
                                                const session::Withdraw& order) {
    const auto exported = device.store->was_exported(order.record);
    if (!exported) return tl::unexpected(trouble_of(exported.error()));
    if (*exported) {
        if (auto done = seal_revision(ready, device, order.record, order.revision, order.withdrawn, {}); !done)
            return tl::unexpected(done.error());
        note(ready, device, exchange::AuditType::RecordWithdrawn, about(device, order.record));
    } else {
        const auto erased = device.store->erase(order.record);
        if (!erased && erased.error() != store::Error::NotFound) return tl::unexpected(trouble_of(erased.error()));
        // Of what was deleted here nobody would ever know otherwise.
        if (erased && *erased > 0) note(ready, device, exchange::AuditType::RecordErased, about(device, order.record));
    }
    const auto counts = counts_of(device);
    if (!counts) return tl::unexpected(counts.error());
    return session::Erased{order.record, *counts};
}

tl::expected<session::Sent, SendFault> send(crypto::SodiumReady ready, Device& device, const session::Export& order,
                                            const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
    const std::filesystem::path folder = order.place.path;
    if (device.recipients.empty()) return tl::unexpected(SendFault::Other);  // nobody could read it
    Sender sender(ready, device, folder, progress);
    if (order.again) {
        if (auto done = sender.send_last(); !done) return tl::unexpected(done.error());
    } else {
        if (auto done = sender.finish_unfinished(); !done) return tl::unexpected(done.error());
        if (auto done = sender.send_waiting(); !done) return tl::unexpected(done.error());
    }
    if (sender.sent.file.empty()) return tl::unexpected(SendFault::Nothing);
    const auto counts = counts_of(device);
    if (!counts) return tl::unexpected(SendFault::Other);
    sender.sent.counts = *counts;
    return std::move(sender.sent);
}

}  // namespace app::kiosk
