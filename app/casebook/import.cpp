// A verified batch into the casebook: its records still sealed, its audit, and what is said about it.
#include <algorithm>
#include <set>

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

namespace {

ArrivedBatch arrival_of(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    return {header.device,
            {header.epoch, header.sequence, batch.manifest_sha256, header.previous},
            batch.manifest,
            batch.manifest_signature,
            batch.certificate_bytes.text,
            batch.certificate_bytes.signature,
            batch.file_sha256};
}

}  // namespace

/// What another device sent of the same bytes decides nothing: whose a record is, is part of what it is.
Result<void> Casebook::Parts::insert_sealed(std::int64_t batch, std::string_view device,
                                            const exchange::BatchRecord& record, crypto::ByteView sealed) {
    AMPARO_TRY(const there, ledger.kept_as(device, record.sha256));
    known.push_back(there.has_value());
    if (there && there->batch != batch) from_elsewhere.push_back(there->sealed);
    if (there && there->emptied) emptied_known = true;
    if (!there) AMPARO_DO(ledger.keep({batch, record.name, device, record.sha256, sealed}));
    return {};
}

/// Records and audit entries go from the file into the transaction one by one; what goes wrong with either is told
/// apart.
Result<void> Casebook::Parts::store_members(std::int64_t batch, const exchange::VerifiedBatch& from,
                                            const ImportProgress& progress) {
    Result<void> stored;
    const auto take = [&](const exchange::BatchRecord& member, crypto::ByteView sealed) {
        if (!exchange::is_audit_name(member.name)) {
            stored = insert_sealed(batch, from.header.device, member, sealed);
            return stored.has_value();
        }
        const auto kept = keep_entry(from.header, member, sealed);
        if (!kept) stored = tl::unexpected(kept.error());
        audit_contradicted = audit_contradicted || !kept.value_or(true);
        return kept.has_value();
    };
    const auto go_on = [&](std::uint64_t done, std::uint64_t total) {
        return !progress || progress(Stage::Storing, done, total);
    };
    const auto read = exchange::read_members(ready, from, take, go_on);
    if (!stored) return stored;
    if (read) return {};
    return tl::unexpected(read.error().reason == exchange::BatchReason::Stopped ? Error::Stopped : Error::BatchFile);
}

/// Everything up to the commit: after it the records are safe here, whatever can be read of them.
Result<Casebook::Parts::Place> Casebook::Parts::take_in(const exchange::VerifiedBatch& batch,
                                                        const ImportProgress& progress) {
    AMPARO_TRY(const change, custody->begin());
    known.clear();
    from_elsewhere.clear();
    contested.clear();
    emptied_known = false;
    audit_contradicted = false;
    held_again.clear();
    sources.clear();
    const auto& device = batch.header.device;
    AMPARO_TRY(const before, batches.device(device));
    if (before && before->revoked) return Place{0, Standing::Revoked, false};
    AMPARO_TRY(const standing, judge(batch));
    AMPARO_DO(batches.note(device, standing == Standing::Forked));
    AMPARO_TRY(const now, batches.device(device));
    const bool again = standing == Standing::Again;
    const auto arrival = arrival_of(batch);
    AMPARO_TRY(const known_as, batches.number_of(device, arrival.is));
    if (again && !known_as) return tl::unexpected(Error::Internal);
    AMPARO_TRY(const row, again ? Result<std::int64_t>(*known_as) : batches.keep(arrival));
    // A batch that once came in time is not doubted because it comes again later.
    if (!again || !batch.certificate_ended) AMPARO_DO(batches.mark_ended(row, batch.certificate_ended));
    if (auto done = store_members(row, batch, progress); !done) return tl::unexpected(done.error());
    if (auto done = take_audit(batch); !done) return tl::unexpected(done.error());
    const Place place{row, standing, now && now->forked};
    if (auto done = look_again(batch, place); !done) return tl::unexpected(done.error());
    AMPARO_TRY(const forgotten, refusals.forget(crypto::to_hex(batch.file_sha256)));
    AMPARO_DO(change->commit());
    if (forgotten) remove_copy(batch.file_sha256);
    return place;
}

Result<RecordOutcome> Casebook::Parts::outcome_of(std::int64_t sealed) {
    AMPARO_TRY(told, ledger.told(sealed));
    if (!told) return tl::unexpected(Error::Internal);
    return RecordOutcome{std::move(told->name), told->fate.outcome, std::move(told->fate.why),
                         std::move(told->case_code), told->interrupted};
}

Result<void> Casebook::Parts::report_records(const exchange::VerifiedBatch& batch, ImportReport& report) {
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        const auto& record = batch.records[i];
        const auto sealed = ledger.kept_as(report.device, record.sha256);
        if (!sealed) return tl::unexpected(sealed.error());
        if (!*sealed) return tl::unexpected(Error::Internal);
        auto outcome = outcome_of((*sealed)->sealed);
        if (!outcome) return tl::unexpected(outcome.error());
        outcome->name = record.name;
        // What could not be listed, what waits for a person, and what was erased, is said again every time.
        const bool quiet = !is_refusal(outcome->outcome) && !is_held(outcome->outcome);
        if (known[i] && quiet && outcome->outcome != Outcome::Erased) outcome->outcome = Outcome::Known;
        report.records.push_back(std::move(*outcome));
    }
    return {};
}

namespace {

/// What the file alone says.
ImportReport begin_report(const exchange::VerifiedBatch& batch) {
    ImportReport report;
    report.device = batch.header.device;
    report.epoch = batch.header.epoch;
    report.sequence = batch.header.sequence;
    report.certificate_end = batch.certificate.not_after;
    report.certificate_ended = batch.certificate_ended;
    report.repair_noted = std::any_of(batch.audit.begin(), batch.audit.end(), [](const auto& entry) {
        const auto name = exchange::parse_audit_name(entry.name);
        return name && name->type == detail::repair_word();
    });
    return report;
}

}  // namespace

Result<ImportReport> Casebook::import_batch(const exchange::VerifiedBatch& batch,
                                            std::span<const crypto::open::Identity> identities,
                                            const ImportProgress& progress) {
    Parts& parts = *parts_;
    if (auto ours = exchange::verify_certificate(parts.ready, batch.certificate_bytes, parts.deployment); !ours)
        return tl::unexpected(Error::Deployment);
    auto report = begin_report(batch);
    const Working working(*parts.custody, batch.records.size());
    const auto place = parts.take_in(batch, progress);
    if (!place) return tl::unexpected(place.error());
    report.standing = place->standing;
    report.forked = place->forked;
    if (place->standing == Standing::Revoked) return report;
    auto missing = parts.missing(report.device);
    if (!missing) return tl::unexpected(missing.error());
    report.missing = std::move(*missing);
    const auto audit = parts.standing_of_audit(report.device);
    if (!audit) return tl::unexpected(audit.error());
    report.audit = *audit;
    std::vector<std::int64_t> others;
    if (auto done = parts.open_waiting(place->batch, identities, &others, progress); !done)
        return tl::unexpected(done.error());
    if (place->standing == Standing::Again) report.opened_late = parts.opened_now;
    if (auto done = parts.settle(report.device, others); !done) return tl::unexpected(done.error());
    others.insert(others.end(), parts.held_again.begin(), parts.held_again.end());
    std::set<std::int64_t> told;
    for (const auto sealed : others) {
        if (!told.insert(sealed).second) continue;
        auto outcome = parts.outcome_of(sealed);
        if (!outcome) return tl::unexpected(outcome.error());
        report.settled.push_back(std::move(*outcome));
    }
    if (auto done = parts.report_records(batch, report); !done) return tl::unexpected(done.error());
    return report;
}

}  // namespace app::casebook
