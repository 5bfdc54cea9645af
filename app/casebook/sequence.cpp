// What is here of a device's batches; rules/sequence.hpp says what follows from it.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "app/casebook/rules/sequence.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::as_column;
using detail::digest_of;
using detail::next_row;
using detail::number_in;
using detail::passed_on;
using exchange::Digest;

namespace {

/// A batch that is here, by its manifest; nothing for one that is not.
Result<std::optional<rules::Batch>> place_of(app::database::Database& database, std::string_view device,
                                             const Digest& manifest) {
    auto row = database.prepare("SELECT epoch, sequence FROM batch WHERE device = ?1 AND manifest_sha256 = ?2");
    if (!row) return passed_on(row.error());
    AMPARO_TRY(const there, next_row(row->bind(1, device).bind(2, crypto::ByteView(manifest))));
    if (!there) return std::nullopt;
    return rules::Batch{
        static_cast<std::uint64_t>(row->integer(0)), static_cast<std::uint64_t>(row->integer(1)), manifest, {}};
}

Result<std::uint64_t> last_sequence(app::database::Database& database, std::string_view device, std::uint64_t epoch) {
    auto row = database.prepare("SELECT max(sequence) FROM batch WHERE device = ?1 AND epoch = ?2");
    if (!row) return passed_on(row.error());
    return number_in(row->bind(1, device).bind(2, as_column(epoch)));
}

/// The highest epoch below that is known; 0 for none.
Result<std::uint64_t> epoch_before(app::database::Database& database, std::string_view device, std::uint64_t epoch) {
    auto row = database.prepare("SELECT max(epoch) FROM batch WHERE device = ?1 AND epoch < ?2");
    if (!row) return passed_on(row.error());
    return number_in(row->bind(1, device).bind(2, as_column(epoch)));
}

bool carries_repair(const exchange::VerifiedBatch& batch) {
    return std::any_of(batch.audit.begin(), batch.audit.end(), [](const exchange::BatchRecord& entry) {
        const auto name = exchange::parse_audit_name(entry.name);
        return name && name->type == detail::repair_word();
    });
}

rules::Batch batch_of(const exchange::BatchHeader& header, const Digest& manifest) {
    return {header.epoch, header.sequence, manifest, header.previous};
}

Result<rules::Neighbours> neighbours_of(app::database::Database& database, std::string_view device,
                                        const rules::Batch& batch) {
    auto row = database.prepare(
        "SELECT sequence, manifest_sha256, previous FROM batch WHERE device = ?1 AND epoch = ?2 "
        "AND sequence BETWEEN ?3 AND ?4");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(batch.epoch));
    row->bind(3, as_column(batch.sequence) - 1).bind(4, as_column(batch.sequence) + 1);
    rules::Neighbours found(batch);
    for (;;) {
        AMPARO_TRY(const more, next_row(*row));
        if (!more) return found;
        found.look_at({batch.epoch, static_cast<std::uint64_t>(row->integer(0)), digest_of(row->bytes(1)),
                       digest_of(row->bytes(2))});
    }
}

/// The highest epoch that a certificate in the batches of an epoch names; 0 for none.
Result<std::uint64_t> certified_epoch(app::database::Database& database, std::string_view device, std::uint64_t epoch,
                                      std::uint64_t most) {
    auto row = database.prepare("SELECT certificate FROM batch WHERE device = ?1 AND epoch = ?2");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(epoch));
    std::uint64_t highest = 0;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return highest;
        const auto certificate = exchange::parse_certificate(row->bytes(0));
        if (certificate && certificate->epoch <= most) highest = std::max(highest, certificate->epoch);
    }
}

}  // namespace

/// Whether the deployment itself made this epoch: it enrolled the device again.
Result<bool> Casebook::Parts::certified(std::string_view device, std::uint64_t epoch) {
    const auto highest = certified_epoch(database, device, epoch, epoch);
    if (!highest) return tl::unexpected(highest.error());
    return *highest == epoch;
}

/// Whether a certificate in the epoch names it or a later one.
Result<bool> Casebook::Parts::certified_up_to(std::string_view device, std::uint64_t epoch) {
    const auto highest = certified_epoch(database, device, epoch, exchange::most_epoch);
    if (!highest) return tl::unexpected(highest.error());
    return *highest >= epoch;
}

/// Whether the device noted a repair in this epoch: that is what begins an epoch that no certificate names.
Result<bool> Casebook::Parts::bridged(std::string_view device, std::uint64_t epoch) {
    auto row =
        database.prepare("SELECT count(*) FROM audit WHERE device = ?1 AND epoch IN (0, ?2) AND substr(name, 23) = ?3");
    if (!row) return passed_on(row.error());
    auto entries = number_in(row->bind(1, device).bind(2, as_column(epoch)).bind(3, detail::repair_word()));
    if (!entries) return tl::unexpected(entries.error());
    return *entries > 0;
}

/// How the first batch of an epoch stands to what is here of the epochs before.
Result<Standing> Casebook::Parts::judge_epoch_start(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    AMPARO_TRY(const before, epoch_before(database, header.device, header.epoch));
    rules::EpochStart start{header.epoch, before, batch.certificate.epoch, header.previous != Digest{}, {}, 0};
    if (start.names_one) {
        AMPARO_TRY(const named, place_of(database, header.device, header.previous));
        start.named = named;
    }
    if (start.named) {
        AMPARO_TRY(const last, last_sequence(database, header.device, start.named->epoch));
        start.last_of_named = last;
    }
    return rules::standing_of_start(start);
}

/// Whether a batch of an earlier epoch was left out by the first batch of a later one.
Result<bool> Casebook::Parts::contradicts_later(const exchange::BatchHeader& header, const Digest& manifest) {
    const auto batch = batch_of(header, manifest);
    AMPARO_TRY(const last, last_sequence(database, header.device, header.epoch));
    auto row = database.prepare(
        "SELECT previous FROM batch WHERE device = ?1 AND sequence = 1 AND epoch = "
        "(SELECT min(epoch) FROM batch WHERE device = ?1 AND epoch > ?2)");
    if (!row) return passed_on(row.error());
    row->bind(1, header.device).bind(2, as_column(header.epoch));
    for (;;) {
        auto more = next_row(*row);
        if (!more || !*more) return more;
        const auto named = digest_of(row->bytes(0));
        if (named == Digest{}) continue;
        std::optional<rules::Batch> place = batch;
        if (named != manifest) {
            AMPARO_TRY(const there, place_of(database, header.device, named));
            place = there;
        }
        if (place && rules::leaves_out(*place, batch, last)) return true;
    }
}

/// Compares with the other batches of the same device. Nothing of the casebook is changed.
Result<Standing> Casebook::Parts::judge(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    AMPARO_TRY(const beside, neighbours_of(database, header.device, batch_of(header, batch.manifest_sha256)));
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
    auto forked = database.prepare("SELECT forked FROM device WHERE device = ?1");
    if (!forked) return passed_on(forked.error());
    AMPARO_TRY(const before, number_in(forked->bind(1, header.device)));
    facts.forked_before = before == 1;
    AMPARO_TRY(const noted, bridged(header.device, header.epoch));
    facts.repair_noted = facts.repair_noted || noted;
    return rules::standing_of(facts);
}

/// Whether everything is here that came before an epoch, going by what its first batch here names.
Result<bool> Casebook::Parts::nothing_before(std::string_view device, std::uint64_t epoch, bool anything_before,
                                             const Digest& previous) {
    if (previous != Digest{}) {
        AMPARO_TRY(const named, place_of(database, device, previous));
        return named || epoch == 1;
    }
    // Of a device's first epoch here, the certified epoch at least came before, unless it is this one.
    return anything_before ? bridged(device, epoch) : certified_up_to(device, epoch);
}

/// Epochs whose first batch is here and tells of no repair, though no certificate names them.
Result<std::vector<std::uint64_t>> Casebook::Parts::doubtful_epochs(std::string_view device) {
    auto row = database.prepare("SELECT DISTINCT epoch FROM batch WHERE device = ?1 AND sequence = 1 ORDER BY epoch");
    if (!row) return passed_on(row.error());
    row->bind(1, device);
    std::vector<std::uint64_t> doubtful;
    for (;;) {
        const auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return doubtful;
        const auto epoch = static_cast<std::uint64_t>(row->integer(0));
        const auto named = certified_up_to(device, epoch);
        if (!named) return tl::unexpected(named.error());
        const auto noted = bridged(device, epoch);
        if (!noted) return tl::unexpected(noted.error());
        if (!*named && !*noted) doubtful.push_back(epoch);
    }
}

/// Of all epochs: an epoch that ended does not make what it lost arrive.
Result<std::vector<Gap>> Casebook::Parts::missing(std::string_view device) {
    auto row = database.prepare(
        "SELECT epoch, sequence, previous FROM batch WHERE device = ?1 GROUP BY epoch, sequence "
        "ORDER BY epoch, sequence");
    if (!row) return passed_on(row.error());
    row->bind(1, device);
    rules::Missing missing;
    for (;;) {
        AMPARO_TRY(const more, next_row(*row));
        if (!more || missing.full()) return std::move(missing).gaps();
        const auto epoch = static_cast<std::uint64_t>(row->integer(0));
        const auto sequence = static_cast<std::uint64_t>(row->integer(1));
        std::optional<Gap> before;
        if (missing.asks_before(epoch, sequence)) {
            const auto previous = sequence == 1 ? digest_of(row->bytes(2)) : Digest{};
            AMPARO_TRY(const nothing, nothing_before(device, epoch, missing.anything_before(), previous));
            if (!nothing) before = missing.unknown_before(epoch);
        }
        missing.add(epoch, sequence, before);
    }
}

}  // namespace app::casebook
