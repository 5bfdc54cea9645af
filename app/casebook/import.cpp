// A batch's place in its device's sequence, and its records into the casebook, still sealed.
#include <algorithm>

#include "app/casebook/parts.hpp"

namespace app::casebook {

using detail::passed_on;
using exchange::Digest;

namespace {

constexpr std::size_t most_missing = 1000;

std::int64_t as_column(std::uint64_t value) noexcept {
    return static_cast<std::int64_t>(value);
}

bool same(crypto::ByteView column, const Digest& digest) noexcept {
    return std::equal(column.begin(), column.end(), digest.begin(), digest.end());
}

Result<bool> has_row(store::Statement& statement) {
    auto there = statement.step();
    if (!there) return passed_on(there.error());
    return *there;
}

}  // namespace

Result<bool> Casebook::Parts::is_revoked(std::string_view device) {
    auto row = database.prepare("SELECT revoked FROM device WHERE device = ?1");
    if (!row) return passed_on(row.error());
    auto there = has_row(row->bind(1, device));
    if (!there) return there;
    return *there && row->integer(0) == 1;
}

/// Compares with the batches of the same device and epoch. Nothing is changed.
Result<Standing> Casebook::Parts::judge(const exchange::BatchHeader& header, const Digest& manifest) {
    auto row = database.prepare(
        "SELECT sequence, manifest_sha256, previous FROM batch WHERE device = ?1 AND epoch = ?2 "
        "AND sequence BETWEEN ?3 AND ?4");
    if (!row) return passed_on(row.error());
    row->bind(1, header.device).bind(2, as_column(header.epoch));
    row->bind(3, as_column(header.sequence) - 1).bind(4, as_column(header.sequence) + 1);
    bool again = false;
    bool other_content = false;
    bool before = false;
    bool before_fits = false;
    bool after = false;
    bool after_fits = false;
    for (;;) {
        auto more = has_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        const auto sequence = static_cast<std::uint64_t>(row->integer(0));
        if (sequence == header.sequence) (same(row->bytes(1), manifest) ? again : other_content) = true;
        if (sequence + 1 == header.sequence) before = true;
        if (sequence + 1 == header.sequence && same(row->bytes(1), header.previous)) before_fits = true;
        if (sequence == header.sequence + 1) after = true;
        if (sequence == header.sequence + 1 && same(row->bytes(2), manifest)) after_fits = true;
    }
    if (again) return Standing::Again;
    const bool first = header.sequence == 1;
    const bool wrong_start = first && header.previous != Digest{};
    if (other_content || wrong_start || (before && !before_fits) || (after && !after_fits)) return Standing::Forked;
    return first || before ? Standing::InOrder : Standing::Gap;
}

Result<std::int64_t> Casebook::Parts::insert_batch(const exchange::VerifiedBatch& batch) {
    auto row = database.prepare(
        "INSERT INTO batch(device, epoch, sequence, previous, manifest_sha256, manifest, signature, certificate, "
        "certificate_signature, file_sha256) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!row) return passed_on(row.error());
    row->bind(1, batch.header.device).bind(2, as_column(batch.header.epoch)).bind(3, as_column(batch.header.sequence));
    row->bind(4, crypto::ByteView(batch.header.previous)).bind(5, crypto::ByteView(batch.manifest_sha256));
    row->bind(6, crypto::ByteView(batch.manifest)).bind(7, crypto::ByteView(batch.manifest_signature));
    row->bind(8, crypto::ByteView(batch.certificate_bytes.text));
    row->bind(9, crypto::ByteView(batch.certificate_bytes.signature));
    row->bind(10, crypto::ByteView(batch.file_sha256));
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return database.last_row_id();
}

Result<void> Casebook::Parts::insert_sealed(std::int64_t batch, const exchange::VerifiedBatch& from,
                                            std::vector<bool>& was_known) {
    auto find = database.prepare("SELECT 1 FROM sealed WHERE sha256 = ?1");
    auto insert = database.prepare(
        "INSERT INTO sealed(batch, name, sha256, outcome, detail, device, record, revision, bytes) "
        "VALUES(?1, ?2, ?3, NULL, '', ?4, '', 0, ?5)");
    if (!find) return passed_on(find.error());
    if (!insert) return passed_on(insert.error());
    for (const auto& record : from.records) {
        auto there = has_row(find->bind(1, crypto::ByteView(record.sha256)));
        if (!there) return tl::unexpected(there.error());
        find->reset();
        was_known.push_back(*there);
        if (*there) continue;
        insert->bind(1, batch).bind(2, record.name).bind(3, crypto::ByteView(record.sha256));
        insert->bind(4, from.header.device).bind(5, crypto::ByteView(record.sealed));
        if (auto done = insert->finish(); !done) return passed_on(done.error());
    }
    return {};
}

/// Everything up to the commit: after it the records are safe here, whatever can be read of them.
Result<Casebook::Parts::Place> Casebook::Parts::take_in(const exchange::VerifiedBatch& batch) {
    auto transaction = store::Transaction::begin(database);
    if (!transaction) return passed_on(transaction.error());
    known.clear();
    auto revoked = is_revoked(batch.header.device);
    if (!revoked) return tl::unexpected(revoked.error());
    if (*revoked) return Place{0, Standing::Revoked};
    auto standing = judge(batch.header, batch.manifest_sha256);
    if (!standing) return tl::unexpected(standing.error());
    auto device = database.prepare(
        "INSERT INTO device(device, forked, revoked) VALUES(?1, ?2, 0) "
        "ON CONFLICT(device) DO UPDATE SET forked = max(forked, excluded.forked)");
    if (!device) return passed_on(device.error());
    device->bind(1, batch.header.device).bind(2, std::int64_t{*standing == Standing::Forked ? 1 : 0});
    if (auto done = device->finish(); !done) return passed_on(done.error());
    Place place{0, *standing};
    if (*standing == Standing::Again) {
        auto row = database.prepare(
            "SELECT id FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence = ?3 AND manifest_sha256 = ?4");
        if (!row) return passed_on(row.error());
        row->bind(1, batch.header.device).bind(2, as_column(batch.header.epoch));
        row->bind(3, as_column(batch.header.sequence)).bind(4, crypto::ByteView(batch.manifest_sha256));
        auto there = has_row(*row);
        if (!there) return tl::unexpected(there.error());
        place.batch = row->integer(0);
    } else {
        auto inserted = insert_batch(batch);
        if (!inserted) return tl::unexpected(inserted.error());
        place.batch = *inserted;
    }
    if (auto done = insert_sealed(place.batch, batch, known); !done) return tl::unexpected(done.error());
    if (auto done = take_audit(batch); !done) return tl::unexpected(done.error());
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return place;
}

Result<std::vector<std::uint64_t>> Casebook::Parts::missing(std::string_view device, std::uint64_t epoch) {
    auto row =
        database.prepare("SELECT DISTINCT sequence FROM batch WHERE device = ?1 AND epoch = ?2 ORDER BY sequence");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(epoch));
    std::vector<std::uint64_t> gaps;
    std::uint64_t next = 1;
    for (;;) {
        auto more = has_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return gaps;
        const auto sequence = static_cast<std::uint64_t>(row->integer(0));
        for (; next < sequence && gaps.size() < most_missing; ++next) gaps.push_back(next);
        next = sequence + 1;
    }
}

Result<ImportReport> Casebook::import_batch(const exchange::VerifiedBatch& batch,
                                            std::span<const crypto::open::Identity> identities) {
    Parts& parts = *parts_;
    if (auto ours = exchange::verify_certificate(parts.ready, batch.certificate_bytes, parts.deployment); !ours)
        return tl::unexpected(Error::Deployment);
    ImportReport report;
    report.device = batch.header.device;
    report.epoch = batch.header.epoch;
    report.sequence = batch.header.sequence;
    auto place = parts.take_in(batch);
    if (!place) return tl::unexpected(place.error());
    report.standing = place->standing;
    if (place->standing == Standing::Revoked) return report;
    auto missing = parts.missing(report.device, report.epoch);
    if (!missing) return tl::unexpected(missing.error());
    report.missing = std::move(*missing);
    const auto audit = parts.standing_of_audit(report.device);
    if (!audit) return tl::unexpected(audit.error());
    report.audit = *audit;
    if (auto done = parts.open_waiting(place->batch, identities); !done) return tl::unexpected(done.error());
    auto row = parts.database.prepare(
        "SELECT s.outcome, s.detail, coalesce(r.case_code, ''), coalesce(r.kind = 0, 0) FROM sealed s "
        "LEFT JOIN record r ON r.sealed = s.id WHERE s.sha256 = ?1");
    if (!row) return passed_on(row.error());
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        const auto& record = batch.records[i];
        auto there = has_row(row->bind(1, crypto::ByteView(record.sha256)));
        if (!there) return tl::unexpected(there.error());
        if (!*there || row->is_null(0)) return tl::unexpected(Error::Internal);
        const auto outcome = static_cast<Outcome>(row->integer(0));
        // What could not be listed is said again every time; everything else that was here is only "known".
        const bool just_known = parts.known[i] && !is_refusal(outcome);
        report.records.push_back({record.name, just_known ? Outcome::Known : outcome, std::string(row->text(1)),
                                  std::string(row->text(2)), row->integer(3) == 1});
        row->reset();
    }
    return report;
}

}  // namespace app::casebook
