#include "app/device/sending.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace app::device {
namespace {

constexpr std::string_view unfinished = "send.unfinished";  ///< setting: the batch whose writing has not been confirmed

tl::unexpected<exchange::Failure> store_failed() {
    return exchange::failed(exchange::Error::Content, exchange::Reason::Store);
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

}  // namespace

Sender::Sender(crypto::SodiumReady ready, const SendingFrom& from, std::filesystem::path folder,
               exchange::Progress progress, Written written)
    : ready_(ready),
      from_(from),
      folder_(std::move(folder)),
      progress_(std::move(progress)),
      written_(std::move(written)) {}

exchange::Result<void> Sender::finish_unfinished() {
    const auto setting = from_.store.settings().get(unfinished);
    if (!setting) return store_failed();
    const auto key = *setting ? batch_key(**setting) : std::nullopt;
    if (!key) return {};
    const auto kept = from_.store.outbox().kept_batches();
    if (!kept) return store_failed();
    // Nothing to finish: the power went before it was frozen, or coordinators have it and it is not whole here any
    // more.
    if (std::find(kept->begin(), kept->end(), *key) == kept->end()) return confirm();
    return send_again(*key);
}

exchange::Result<void> Sender::send_waiting(const std::string& open_record) {
    for (;;) {
        const auto plan = from_.store.outbox().plan(open_record);
        if (!plan) return store_failed();
        if (plan->rows.empty()) return {};
        if (!progress_(0, 0)) return exchange::failed(exchange::Error::Cancelled, exchange::Reason::Stopped);
        const auto frozen = freeze(*plan);
        if (!frozen) return tl::make_unexpected(frozen.error());
        if (auto done = write(*frozen); !done) return done;
    }
}

exchange::Result<void> Sender::send_empty() {
    const auto plan = from_.store.outbox().plan({});
    if (!plan) return store_failed();
    auto none = *plan;
    none.rows.clear();
    const auto frozen = freeze(none);
    if (!frozen) return tl::make_unexpected(frozen.error());
    return write(*frozen);
}

exchange::Result<void> Sender::send_again(store::BatchKey key) {
    const auto frozen = from_.store.outbox().batch(key);
    if (!frozen) return store_failed();
    return write(*frozen);
}

/// The entries that a frozen batch carries, as its manifest names them.
exchange::Result<std::vector<exchange::BatchRecord>> Sender::audit_of(
    const std::vector<exchange::ManifestLine>& lines) {
    std::vector<exchange::BatchRecord> entries;
    for (const auto& line : lines) {
        const auto name = exchange::batch_record_name(line.name);
        if (!name || !exchange::is_audit_name(*name)) continue;
        const auto bytes = audit_bytes(from_.store, *name);
        if (!bytes) return store_failed();
        entries.push_back({*name, line.sha256, bytes->size()});
    }
    return entries;
}

/// RETURN of a frozen batch; empty where its manifest lists none.
exchange::Result<crypto::SecretBytes> Sender::way_back_of(const store::FrozenBatch& frozen,
                                                          const std::vector<exchange::ManifestLine>& lines) {
    const bool listed =
        std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.name == exchange::return_member; });
    if (!listed) return crypto::SecretBytes();
    auto kept = from_.store.outbox().way_back({frozen.epoch, frozen.sequence});
    if (!kept || !*kept) return store_failed();
    return std::move(**kept);
}

exchange::Result<store::FrozenBatch> Sender::freeze(const store::BatchPlan& plan) {
    const auto audit = audit_to_send(ready_, from_.store, from_.size);
    if (!audit) return store_failed();
    auto records = audit->entries;
    for (auto& record : records_of(plan.rows)) records.push_back(std::move(record));
    const auto fit = exchange::records_that_fit(records, from_.size);
    records.resize(fit);
    const auto key = from_.store.device().key();
    // Where something waits at least one of it goes, or none would ever.
    const std::size_t least = audit->entries.size() + (plan.rows.empty() ? 0 : 1);
    if (!key || fit < least) return store_failed();
    const auto count = fit - audit->entries.size();
    const exchange::BatchHeader header{from_.device, plan.epoch, plan.sequence, plan.previous, count, audit->head.head};
    const auto way_back = crypto::SecretBytes::random(ready_, crypto::return_secret_size);
    if (!way_back) return exchange::failed(exchange::Error::Crypto, exchange::reason_of(way_back.error()));
    const auto manifest = exchange::make_batch_manifest(ready_, header, records, *key, way_back->view());
    if (!manifest) return tl::make_unexpected(manifest.error());
    const store::BatchKey name{plan.epoch, plan.sequence};
    if (!from_.store.settings().set(unfinished, name_of(name))) return store_failed();
    const store::BatchBytes bytes{manifest->sha256, manifest->text, manifest->signature, from_.certificate.text,
                                  from_.certificate.signature};
    if (!from_.store.outbox().freeze(plan, count, bytes, way_back->view())) return store_failed();
    // Cut off here, the next batch carries the same entries once more, which is fine.
    if (!audit->entries.empty()) static_cast<void>(from_.store.audit().set_sent(audit->head.number));
    auto frozen = from_.store.outbox().batch(name);
    if (!frozen) return store_failed();
    return std::move(*frozen);
}

exchange::Result<void> Sender::write(const store::FrozenBatch& frozen) {
    auto records = records_of(frozen.rows);
    const auto lines =
        exchange::parse_manifest(frozen.bytes.manifest, exchange::batch_title, exchange::batch_most_lines);
    if (!lines) return store_failed();
    const auto audit = audit_of(*lines);
    if (!audit) return tl::make_unexpected(audit.error());
    const auto way_back = way_back_of(frozen, *lines);
    if (!way_back) return tl::make_unexpected(way_back.error());
    records.insert(records.end(), audit->begin(), audit->end());
    const exchange::BatchManifest manifest{
        {from_.device, frozen.epoch, frozen.sequence, frozen.previous, records.size(), {}},
        frozen.bytes.manifest,
        frozen.bytes.signature,
        frozen.bytes.manifest_sha256};
    const exchange::SignedCertificate certificate{frozen.bytes.certificate, frozen.bytes.certificate_signature};
    const exchange::RecordSource source = [&](const std::string& name) -> exchange::Result<crypto::Bytes> {
        auto bytes = exchange::is_audit_name(name) ? audit_bytes(from_.store, name)
                                                   : from_.store.records().read(std::string_view(name));
        if (!bytes) return store_failed();
        return std::move(*bytes);
    };
    const auto written = exchange::write_batch(
        ready_, {manifest, records, certificate, from_.recipients, way_back->view()}, source, folder_, progress_);
    from_.store.release_memory();
    if (!written) return tl::make_unexpected(written.error());
    if (auto done = confirm(); !done) return done;
    written_(frozen, *written);
    return {};
}

exchange::Result<void> Sender::confirm() {
    if (!from_.store.settings().set(unfinished, "")) return store_failed();
    return {};
}

}  // namespace app::device
