// What is here of a device's batches; rules/sequence.hpp says what follows from it.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "app/casebook/rules/sequence.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using exchange::Digest;

namespace {

bool carries_repair(const exchange::VerifiedBatch& batch) {
    return std::any_of(batch.audit.begin(), batch.audit.end(), [](const exchange::BatchRecord& entry) {
        const auto name = exchange::parse_audit_name(entry.name);
        return name && name->type == detail::repair_word();
    });
}

rules::Batch batch_of(const exchange::BatchHeader& header, const Digest& manifest) {
    return {header.epoch, header.sequence, manifest, header.previous};
}

/// The highest epoch that a certificate in the batches of an epoch names; 0 for none.
Result<std::uint64_t> certified_epoch(Batches& batches, std::string_view device, std::uint64_t epoch,
                                      std::uint64_t most) {
    std::uint64_t highest = 0;
    AMPARO_DO(batches.each_certificate(device, epoch, [&](crypto::ByteView text) {
        const auto certificate = exchange::parse_certificate(text);
        if (certificate && certificate->epoch <= most) highest = std::max(highest, certificate->epoch);
    }));
    return highest;
}

}  // namespace

/// Whether the deployment itself made this epoch: it enrolled the device again.
Result<bool> Casebook::Parts::certified(std::string_view device, std::uint64_t epoch) {
    AMPARO_TRY(const highest, certified_epoch(batches, device, epoch, epoch));
    return highest == epoch;
}

/// Whether a certificate in the epoch names it or a later one.
Result<bool> Casebook::Parts::certified_up_to(std::string_view device, std::uint64_t epoch) {
    AMPARO_TRY(const highest, certified_epoch(batches, device, epoch, exchange::most_epoch));
    return highest >= epoch;
}

/// Whether the device noted a repair in this epoch: that is what begins an epoch that no certificate names.
Result<bool> Casebook::Parts::bridged(std::string_view device, std::uint64_t epoch) {
    return audits.notes(device, epoch, detail::repair_word());
}

/// How the first batch of an epoch stands to what is here of the epochs before.
Result<Standing> Casebook::Parts::judge_epoch_start(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    AMPARO_TRY(const before, batches.epoch_before(header.device, header.epoch));
    rules::EpochStart start{header.epoch, before, batch.certificate.epoch, header.previous != Digest{}, {}, 0};
    if (start.names_one) {
        AMPARO_TRY(const named, batches.named(header.device, header.previous));
        start.named = named;
    }
    if (start.named) {
        AMPARO_TRY(const last, batches.last_sequence(header.device, start.named->epoch));
        start.last_of_named = last;
    }
    return rules::standing_of_start(start);
}

/// Whether a batch of an earlier epoch was left out by the first batch of a later one.
Result<bool> Casebook::Parts::contradicts_later(const exchange::BatchHeader& header, const Digest& manifest) {
    const auto batch = batch_of(header, manifest);
    AMPARO_TRY(const last, batches.last_sequence(header.device, header.epoch));
    AMPARO_TRY(const later, batches.named_by_next_epoch(header.device, header.epoch));
    for (const auto& named : later) {
        if (named == Digest{}) continue;
        std::optional<rules::Batch> place = batch;
        if (named != manifest) {
            AMPARO_TRY(const there, batches.named(header.device, named));
            place = there;
        }
        if (place && rules::leaves_out(*place, batch, last)) return true;
    }
    return false;
}

/// Compares with the other batches of the same device. Nothing of the casebook is changed.
Result<Standing> Casebook::Parts::judge(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    const auto is = batch_of(header, batch.manifest_sha256);
    AMPARO_TRY(const others, batches.beside(header.device, is));
    rules::Neighbours beside(is);
    for (const auto& other : others) beside.look_at(other);
    if (beside.again()) return Standing::Again;
    forked_since = {};
    if (beside.contradiction()) {
        // With the one before in common, it is here that they part; else it may be anywhere before.
        if (beside.follows_the_one_before() || header.sequence == 1) forked_since = {header.epoch, header.sequence};
        return Standing::Forked;
    }
    AMPARO_TRY(const left_out, contradicts_later(header, batch.manifest_sha256));
    if (left_out) return Standing::Forked;
    rules::BatchFacts facts{beside.before(), {}, false, header.epoch, batch.certificate.epoch, carries_repair(batch)};
    if (header.sequence == 1) {
        AMPARO_TRY(const start, judge_epoch_start(batch));
        facts.epoch_start = start;
    }
    AMPARO_TRY(const sender, batches.device(header.device));
    facts.forked_before = sender && sender->forked;
    AMPARO_TRY(const noted, bridged(header.device, header.epoch));
    facts.repair_noted = facts.repair_noted || noted;
    return rules::standing_of(facts);
}

/// Whether everything is here that came before an epoch, going by what its first batch here names.
Result<bool> Casebook::Parts::nothing_before(std::string_view device, std::uint64_t epoch, bool anything_before,
                                             const Digest& previous) {
    if (previous != Digest{}) {
        AMPARO_TRY(const named, batches.named(device, previous));
        return named || epoch == 1;
    }
    // Of a device's first epoch here, the certified epoch at least came before, unless it is this one.
    return anything_before ? bridged(device, epoch) : certified_up_to(device, epoch);
}

/// Epochs whose first batch is here and tells of no repair, though no certificate names them.
Result<std::vector<std::uint64_t>> Casebook::Parts::doubtful_epochs(std::string_view device) {
    AMPARO_TRY(const begun, batches.begun_epochs(device));
    std::vector<std::uint64_t> doubtful;
    for (const auto epoch : begun) {
        AMPARO_TRY(const named, certified_up_to(device, epoch));
        AMPARO_TRY(const noted, bridged(device, epoch));
        if (!named && !noted) doubtful.push_back(epoch);
    }
    return doubtful;
}

/// Of all epochs: an epoch that ended does not make what it lost arrive.
Result<std::vector<Gap>> Casebook::Parts::missing(std::string_view device) {
    AMPARO_TRY(const places, batches.places(device));
    rules::Missing missing;
    for (const auto& [epoch, sequence, manifest, named] : places) {
        if (missing.full()) break;
        std::optional<Gap> before;
        if (missing.asks_before(epoch, sequence)) {
            const auto previous = sequence == 1 ? named : Digest{};
            AMPARO_TRY(const nothing, nothing_before(device, epoch, missing.anything_before(), previous));
            if (!nothing) before = missing.unknown_before(epoch);
        }
        missing.add(epoch, sequence, before);
    }
    return std::move(missing).gaps();
}

}  // namespace app::casebook
