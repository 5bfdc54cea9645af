#include "app/casebook/sqlcipher/batches.hpp"

#include <charconv>

#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

KnownDevice device_in(const Row& row) {
    return {std::string(row.text(0)), row.integer(1) == 1, {row.integer(2) == 1, row.number(3)}};
}

BatchOrigin origin_in(const Row& row) {
    return {device_in(row), row.number(4), row.number(5), row.integer(6) > 0, row.copy_of(7)};
}

/// A line for the number, one for how many signatures, and the public key of each who may sign as it is written.
std::string text_of(const Heeded& heeded) {
    auto text = std::to_string(heeded.bundle) + "\n" + std::to_string(heeded.signatures) + "\n";
    for (const auto& signer : heeded.signers) text += signer.to_text();
    return text;
}

template <class Number>
bool read_number(crypto::Reader& reader, Number& number) {
    constexpr std::size_t most_digits = 20;
    const auto line = reader.line(most_digits);
    if (!line) return false;
    const auto* const end = line->data() + line->size();
    const auto read = std::from_chars(line->data(), end, number);
    return read.ec == std::errc{} && read.ptr == end;
}

std::optional<Heeded> heeded_in(std::string_view text) {
    constexpr std::size_t most_key_line = 256;
    Heeded heeded;
    crypto::Reader reader(crypto::as_bytes(text));
    if (!read_number(reader, heeded.bundle) || !read_number(reader, heeded.signatures)) return std::nullopt;
    while (!reader.at_end()) {
        const auto begin = reader.rest();
        if (!reader.line(most_key_line) || !reader.line(most_key_line)) return std::nullopt;
        const auto written = begin.first(begin.size() - reader.rest().size());
        const auto key = crypto::ReceiptPublicKey::parse(crypto::as_text(written));
        if (!key) return std::nullopt;
        heeded.signers.push_back(*key);
    }
    return heeded;
}

}  // namespace

Result<std::optional<KnownDevice>> Batches::device(std::string_view device) {
    return ours(
        database_->one("SELECT device, forked, revoked, revoked_by FROM device WHERE device = ?1", device_in, device));
}

Result<std::vector<KnownDevice>> Batches::devices() {
    return ours(database_->rows("SELECT device, forked, revoked, revoked_by FROM device ORDER BY device", device_in));
}

Result<void> Batches::note(std::string_view device, bool forked) {
    return ours(
        database_->run("INSERT INTO device(device, forked, revoked, revoked_by) VALUES(?1, ?2, 0, 0) "
                       "ON CONFLICT(device) DO UPDATE SET forked = max(forked, excluded.forked)",
                       device, forked));
}

Result<void> Batches::revoke(std::string_view device, bool revoked) {
    return ours(
        database_->run("INSERT INTO device(device, forked, revoked, revoked_by) VALUES(?1, 0, ?2, 0) "
                       "ON CONFLICT(device) DO UPDATE SET revoked = excluded.revoked",
                       device, revoked));
}

Result<Heeded> Batches::heeded() {
    const auto text_in = [](const Row& row) { return std::string(crypto::as_text(row.bytes(0))); };
    AMPARO_TRY(const text, ours(database_->one("SELECT bytes FROM value WHERE name = 'heeded'", text_in)));
    if (!text) return Heeded{};
    auto heeded = heeded_in(*text);
    if (!heeded) return tl::unexpected(Error::Damaged);
    return std::move(*heeded);
}

Result<void> Batches::heed(const Heeded& bundle, const std::vector<std::string>& revoked) {
    AMPARO_DO(ours(database_->run("UPDATE device SET revoked_by = 0 WHERE revoked_by <> 0")));
    for (const auto& device : revoked)
        AMPARO_DO(
            ours(database_->run("INSERT INTO device(device, forked, revoked, revoked_by) VALUES(?1, 0, 0, ?2) "
                                "ON CONFLICT(device) DO UPDATE SET revoked_by = excluded.revoked_by",
                                device, bundle.bundle)));
    return ours(
        database_->run("INSERT INTO value(name, bytes) VALUES('heeded', ?1) "
                       "ON CONFLICT(name) DO UPDATE SET bytes = excluded.bytes",
                       crypto::as_bytes(text_of(bundle))));
}

Result<std::int64_t> Batches::keep(const ArrivedBatch& batch) {
    AMPARO_DO(ours(database_->run(
        "INSERT INTO batch(device, epoch, sequence, previous, manifest_sha256, manifest, signature, certificate, "
        "certificate_signature, file_sha256) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        batch.device, batch.is.epoch, batch.is.sequence, batch.is.previous, batch.is.manifest, batch.manifest,
        batch.signature, batch.certificate, batch.certificate_signature, batch.file_sha256)));
    return database_->last_row_id();
}

Result<void> Batches::mark_ended(std::int64_t batch, bool ended) {
    return ours(database_->run(
        ended ? "INSERT OR IGNORE INTO batch_ended(batch) VALUES(?1)" : "DELETE FROM batch_ended WHERE batch = ?1",
        batch));
}

Result<std::optional<std::int64_t>> Batches::number_of(std::string_view device, const rules::Batch& batch) {
    return ours(database_->one(
        "SELECT id FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence = ?3 AND manifest_sha256 = ?4",
        [](const Row& row) { return row.integer(0); }, device, batch.epoch, batch.sequence, batch.manifest));
}

Result<std::optional<BatchOrigin>> Batches::origin(std::int64_t batch) {
    return ours(
        database_->one("SELECT b.device, d.forked, d.revoked, d.revoked_by, b.epoch, b.sequence, "
                       "(SELECT count(*) FROM batch_ended e WHERE e.batch = b.id), b.certificate "
                       "FROM batch b JOIN device d ON d.device = b.device WHERE b.id = ?1",
                       origin_in, batch));
}

Result<std::optional<rules::Batch>> Batches::named(std::string_view device, const crypto::Digest& manifest) {
    return ours(database_->one(
        "SELECT epoch, sequence FROM batch WHERE device = ?1 AND manifest_sha256 = ?2",
        [&](const Row& row) {
            return rules::Batch{row.number(0), row.number(1), manifest, {}};
        },
        device, manifest));
}

Result<std::vector<rules::Batch>> Batches::beside(std::string_view device, const rules::Batch& batch) {
    return ours(database_->rows(
        "SELECT sequence, manifest_sha256, previous FROM batch WHERE device = ?1 AND epoch = ?2 "
        "AND sequence BETWEEN ?3 AND ?4",
        [&](const Row& row) {
            return rules::Batch{batch.epoch, row.number(0), digest_of(row.bytes(1)), digest_of(row.bytes(2))};
        },
        device, batch.epoch, batch.sequence - 1, batch.sequence + 1));
}

Result<std::vector<rules::Batch>> Batches::places(std::string_view device) {
    return ours(database_->rows(
        "SELECT epoch, sequence, previous FROM batch WHERE device = ?1 GROUP BY epoch, sequence "
        "ORDER BY epoch, sequence",
        [](const Row& row) {
            return rules::Batch{row.number(0), row.number(1), {}, digest_of(row.bytes(2))};
        },
        device));
}

Result<std::optional<BatchOrigin>> Batches::last(std::string_view device) {
    return ours(
        database_->one("SELECT b.device, d.forked, d.revoked, d.revoked_by, b.epoch, b.sequence, "
                       "(SELECT count(*) FROM batch_ended e WHERE e.batch = b.id), b.certificate "
                       "FROM batch b JOIN device d ON d.device = b.device WHERE b.device = ?1 "
                       "ORDER BY b.epoch DESC, b.sequence DESC LIMIT 1",
                       origin_in, device));
}

Result<std::uint64_t> Batches::last_sequence(std::string_view device, std::uint64_t epoch) {
    return count_of(
        database_->number("SELECT max(sequence) FROM batch WHERE device = ?1 AND epoch = ?2", device, epoch));
}

Result<std::uint64_t> Batches::count_up_to(std::string_view device, std::uint64_t epoch, std::uint64_t sequence) {
    return count_of(database_->number(
        "SELECT count(DISTINCT sequence) FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence <= ?3", device, epoch,
        sequence));
}

Result<std::uint64_t> Batches::epoch_before(std::string_view device, std::uint64_t epoch) {
    return count_of(database_->number("SELECT max(epoch) FROM batch WHERE device = ?1 AND epoch < ?2", device, epoch));
}

Result<std::vector<crypto::Digest>> Batches::named_by_next_epoch(std::string_view device, std::uint64_t epoch) {
    return ours(database_->rows(
        "SELECT previous FROM batch WHERE device = ?1 AND sequence = 1 AND epoch = "
        "(SELECT min(epoch) FROM batch WHERE device = ?1 AND epoch > ?2)",
        [](const Row& row) { return digest_of(row.bytes(0)); }, device, epoch));
}

Result<std::vector<std::uint64_t>> Batches::begun_epochs(std::string_view device) {
    return ours(database_->rows(
        "SELECT DISTINCT epoch FROM batch WHERE device = ?1 AND sequence = 1 ORDER BY epoch",
        [](const Row& row) { return row.number(0); }, device));
}

Result<bool> Batches::has_begun(std::string_view device, std::uint64_t epoch) {
    AMPARO_TRY(const found,
               ours(database_->number("SELECT count(*) FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence = 1",
                                      device, epoch)));
    return found > 0;
}

Result<bool> Batches::names_nothing_before(std::string_view device, std::uint64_t epoch) {
    AMPARO_TRY(const nothing,
               ours(database_->one(
                   "SELECT (SELECT count(*) FROM batch WHERE device = ?1 AND epoch < ?2), "
                   "(SELECT previous FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence = 1)",
                   [](const Row& row) { return row.integer(0) == 0 && digest_of(row.bytes(1)) == crypto::Digest{}; },
                   device, epoch)));
    return nothing.value_or(false);
}

Result<void> Batches::each_certificate(std::string_view device, std::uint64_t epoch, const SeeCertificate& see) {
    return ours(database_->each(
        "SELECT certificate FROM batch WHERE device = ?1 AND epoch = ?2", [&](const Row& row) { see(row.bytes(0)); },
        device, epoch));
}

// An epoch that names nothing before it may have left the last anywhere; and older casebooks kept no audit.
Result<bool> Batches::audit_unknown(std::string_view device) {
    return any_of(database_->number(
        "SELECT count(*) FROM batch WHERE device = ?1 AND ((sequence = 1 AND previous = zeroblob(32) AND "
        "epoch > (SELECT min(epoch) FROM batch WHERE device = ?1)) OR id <= coalesce((SELECT "
        "CAST(CAST(bytes AS TEXT) AS INTEGER) FROM value WHERE name = 'audit_since'), 0))",
        device));
}

}  // namespace app::casebook::sqlcipher
