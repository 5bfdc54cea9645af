// A batch's place in its device's life: epochs, sequences, and what is missing.
#include <algorithm>

#include "app/casebook/parts.hpp"

namespace app::casebook {

using detail::as_column;
using detail::digest_of;
using detail::next_row;
using detail::number_in;
using detail::passed_on;
using exchange::Digest;

namespace {

/// Place of a manifest that is known; nothing for one that is not.
struct Known {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
};

Result<std::optional<Known>> place_of(store::Database& database, std::string_view device, const Digest& manifest) {
    auto row = database.prepare("SELECT epoch, sequence FROM batch WHERE device = ?1 AND manifest_sha256 = ?2");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, device).bind(2, crypto::ByteView(manifest)));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::nullopt;
    return Known{static_cast<std::uint64_t>(row->integer(0)), static_cast<std::uint64_t>(row->integer(1))};
}

Result<std::uint64_t> last_sequence(store::Database& database, std::string_view device, std::uint64_t epoch) {
    auto row = database.prepare("SELECT max(sequence) FROM batch WHERE device = ?1 AND epoch = ?2");
    if (!row) return passed_on(row.error());
    return number_in(row->bind(1, device).bind(2, as_column(epoch)));
}

/// The highest epoch below that is known; 0 for none.
Result<std::uint64_t> epoch_before(store::Database& database, std::string_view device, std::uint64_t epoch) {
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

/// What the batches beside a batch, of the same epoch, say about it.
struct Neighbours {
    bool again = false;
    bool contradiction = false;
    bool before = false;
    bool before_fits = false;
};

Result<Neighbours> neighbours_of(store::Database& database, const exchange::BatchHeader& header,
                                 const Digest& manifest) {
    auto row = database.prepare(
        "SELECT sequence, manifest_sha256, previous FROM batch WHERE device = ?1 AND epoch = ?2 "
        "AND sequence BETWEEN ?3 AND ?4");
    if (!row) return passed_on(row.error());
    row->bind(1, header.device).bind(2, as_column(header.epoch));
    row->bind(3, as_column(header.sequence) - 1).bind(4, as_column(header.sequence) + 1);
    Neighbours found;
    bool after = false;
    bool after_fits = false;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        const auto sequence = static_cast<std::uint64_t>(row->integer(0));
        const auto its_manifest = digest_of(row->bytes(1));
        if (sequence == header.sequence) (its_manifest == manifest ? found.again : found.contradiction) = true;
        if (sequence + 1 == header.sequence) {
            found.before = true;
            found.before_fits = found.before_fits || its_manifest == header.previous;
        }
        if (sequence == header.sequence + 1) {
            after = true;
            after_fits = after_fits || digest_of(row->bytes(2)) == manifest;
        }
    }
    if ((found.before && !found.before_fits) || (after && !after_fits)) found.contradiction = true;
    return found;
}

}  // namespace

namespace {

/// The highest epoch that a certificate in the batches of an epoch names; 0 for none.
Result<std::uint64_t> certified_epoch(store::Database& database, std::string_view device, std::uint64_t epoch,
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

/// The first batch of an epoch names the last one of the epoch before, as far as the device knows.
Result<Standing> Casebook::Parts::judge_epoch_start(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    const auto before = epoch_before(database, header.device, header.epoch);
    if (!before) return tl::unexpected(before.error());
    // Zeros after another epoch are how devices began one before they named the batch before: a repair has to be noted.
    // Where nothing is here of the epochs that led to one above the certificate's, they are missing.
    if (header.previous == Digest{})
        return *before == 0 && header.epoch > batch.certificate.epoch ? Standing::Gap : Standing::InOrder;
    const auto named = place_of(database, header.device, header.previous);
    if (!named) return tl::unexpected(named.error());
    if (!*named) return header.epoch == 1 ? Standing::Forked : Standing::Gap;
    const auto last = last_sequence(database, header.device, (*named)->epoch);
    if (!last) return tl::unexpected(last.error());
    const bool follows_the_last = (*named)->epoch == *before && (*named)->sequence == *last;
    return follows_the_last ? Standing::InOrder : Standing::Forked;
}

/// Whether a batch of an earlier epoch was left out by the first batch of a later one, which names what it followed.
Result<bool> Casebook::Parts::contradicts_later(const exchange::BatchHeader& header, const Digest& manifest) {
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
        if (named == manifest) {
            const auto last = last_sequence(database, header.device, header.epoch);
            if (!last) return tl::unexpected(last.error());
            if (*last > header.sequence) return true;
            continue;
        }
        const auto place = place_of(database, header.device, named);
        if (!place) return tl::unexpected(place.error());
        if (!*place) continue;
        const bool earlier_epoch = (*place)->epoch < header.epoch;
        const bool earlier_batch = (*place)->epoch == header.epoch && (*place)->sequence < header.sequence;
        if (earlier_epoch || earlier_batch) return true;
    }
}

/// Compares with the other batches of the same device. Nothing of the casebook is changed.
Result<Standing> Casebook::Parts::judge(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    const auto beside = neighbours_of(database, header, batch.manifest_sha256);
    if (!beside) return tl::unexpected(beside.error());
    if (beside->again) return Standing::Again;
    forked_since = {};
    if (beside->contradiction) {
        // With the one before in common, it is here that they part; else it may be anywhere before.
        if (beside->before_fits || header.sequence == 1) forked_since = {header.epoch, header.sequence};
        return Standing::Forked;
    }
    const auto left_out = contradicts_later(header, batch.manifest_sha256);
    if (!left_out) return tl::unexpected(left_out.error());
    if (*left_out) return Standing::Forked;
    auto standing = beside->before ? Standing::InOrder : Standing::Gap;
    if (header.sequence == 1) {
        const auto start = judge_epoch_start(batch);
        if (!start) return start;
        standing = *start;
    }
    if (standing == Standing::Forked) return standing;
    auto forked = database.prepare("SELECT forked FROM device WHERE device = ?1");
    if (!forked) return passed_on(forked.error());
    const auto before = number_in(forked->bind(1, header.device));
    if (!before) return tl::unexpected(before.error());
    if (*before == 1) return Standing::ForkedBefore;
    const bool says_how_it_began = standing == Standing::InOrder || header.sequence == 1;
    if (!says_how_it_began || header.epoch <= batch.certificate.epoch || carries_repair(batch)) return standing;
    const auto noted = bridged(header.device, header.epoch);
    if (!noted) return tl::unexpected(noted.error());
    return *noted ? standing : Standing::EpochDoubt;
}

/// What is missing between the last batch that is known before an epoch and its first batch.
Result<std::optional<Gap>> Casebook::Parts::missing_before(std::string_view device, std::uint64_t epoch,
                                                           const Gap& last_before, const Digest& previous) {
    const auto unknown = last_before.epoch > 0 ? Gap{last_before.epoch, last_before.last + 1, 0} : Gap{epoch - 1, 1, 0};
    if (previous != Digest{}) {
        const auto named = place_of(database, device, previous);
        if (!named) return tl::unexpected(named.error());
        return *named || epoch == 1 ? std::nullopt : std::optional(unknown);
    }
    if (last_before.epoch == 0) {
        const auto first = certified_up_to(device, epoch);
        if (!first) return tl::unexpected(first.error());
        return *first ? std::nullopt : std::optional(unknown);  // the certified epoch at least came before
    }
    const auto noted = bridged(device, epoch);
    if (!noted) return tl::unexpected(noted.error());
    return *noted ? std::nullopt : std::optional(unknown);
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
    std::vector<Gap> gaps;
    Gap at{};  // epoch and last batch that were seen
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more || gaps.size() >= most_gaps) return gaps;
        const auto epoch = static_cast<std::uint64_t>(row->integer(0));
        const auto sequence = static_cast<std::uint64_t>(row->integer(1));
        if (epoch != at.epoch) {
            // What the first batch of an epoch names is known when it is here. Of a device's first epoch here that no
            // certificate names, something came before in any case.
            if (sequence == 1 || at.epoch == 0) {
                const auto previous = sequence == 1 ? digest_of(row->bytes(2)) : Digest{};
                auto before = missing_before(device, epoch, at, previous);
                if (!before) return tl::unexpected(before.error());
                if (*before) gaps.push_back(**before);
            }
            at = {epoch, 0, 0};
        }
        if (sequence > at.last + 1) gaps.push_back({epoch, at.last + 1, sequence - 1});
        at.last = sequence;
    }
}

}  // namespace app::casebook
