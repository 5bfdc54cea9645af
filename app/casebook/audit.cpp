// What devices noted about themselves: kept as it came, and checked against what they signed in their batches, by the
// rules of rules/audit_chain.hpp.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::as_column;
using detail::digest_of;
using detail::next_row;
using detail::number_in;
using detail::passed_on;
using exchange::Digest;
using Chain = rules::AuditChain;

namespace {

Result<std::optional<Chain>> chain_of(app::database::Database& database, std::string_view device, std::uint64_t epoch) {
    auto row = database.prepare(
        "SELECT start, start_head, number, head, broken FROM audit_whole WHERE device = ?1 AND epoch = ?2");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, device).bind(2, as_column(epoch)));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::nullopt;
    return Chain{epoch,
                 static_cast<std::uint64_t>(row->integer(0)),
                 digest_of(row->bytes(1)),
                 static_cast<std::uint64_t>(row->integer(2)),
                 digest_of(row->bytes(3)),
                 row->integer(4) == 1};
}

Result<void> write_chain(app::database::Database& database, std::string_view device, const Chain& chain) {
    auto row = database.prepare(
        "INSERT INTO audit_whole(device, epoch, start, start_head, number, head, broken) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(device, epoch) DO UPDATE SET number = excluded.number, "
        "head = excluded.head, broken = excluded.broken");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(chain.epoch)).bind(3, as_column(chain.start));
    row->bind(4, crypto::ByteView(chain.start_head)).bind(5, as_column(chain.number));
    row->bind(6, crypto::ByteView(chain.head)).bind(7, std::int64_t{chain.broken ? 1 : 0});
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return {};
}

/// Epochs of which there are entries, ascending.
Result<std::vector<std::uint64_t>> epochs_of(app::database::Database& database, std::string_view device) {
    auto row = database.prepare("SELECT DISTINCT epoch FROM audit WHERE device = ?1 ORDER BY epoch");
    if (!row) return passed_on(row.error());
    row->bind(1, device);
    std::vector<std::uint64_t> epochs;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return epochs;
        epochs.push_back(static_cast<std::uint64_t>(row->integer(0)));
    }
}

/// Whether every signed claim of this epoch about this place of the chain names this head.
Result<bool> as_claimed(app::database::Database& database, std::string_view device, const Chain& chain) {
    auto row = database.prepare("SELECT head FROM audit_claim WHERE device = ?1 AND epoch = ?2 AND number = ?3");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(chain.epoch)).bind(3, as_column(chain.number));
    for (;;) {
        auto more = next_row(*row);
        if (!more) return more;
        if (!*more) return true;
        if (digest_of(row->bytes(0)) != chain.head) return false;
    }
}

/// Goes on from where the chain is whole, as far as entries are here, at most to `last`.
Result<void> go_on(crypto::SodiumReady ready, app::database::Database& database, std::string_view device, Chain& chain,
                   std::uint64_t last) {
    auto row = database.prepare(
        "SELECT number, name, bytes FROM audit WHERE device = ?1 AND epoch = ?2 AND number > ?3 ORDER BY number, id");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(chain.epoch)).bind(3, as_column(chain.number));
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        const auto name = exchange::parse_audit_name(row->text(1));
        if (!name) return tl::unexpected(Error::Damaged);
        const auto step = rules::add_entry(ready, chain, *name, row->bytes(2), last);
        if (step == rules::ChainStep::Ends) return {};
        if (step == rules::ChainStep::Twin) continue;
        auto claimed = as_claimed(database, device, chain);
        if (!claimed) return tl::unexpected(claimed.error());
        if (!*claimed) chain.broken = true;
    }
}

/// The head after entry `number` in the epochs before; nothing when the entries up to it are not here.
Result<std::optional<Digest>> head_before(crypto::SodiumReady ready, app::database::Database& database,
                                          std::string_view device, const std::vector<std::uint64_t>& epochs,
                                          std::size_t before, std::uint64_t number) {
    if (number == 0) return Digest{};
    for (std::size_t i = before; i-- > 0;) {
        auto chain = chain_of(database, device, epochs[i]);
        if (!chain) return tl::unexpected(chain.error());
        if (!*chain || number > (*chain)->number) return std::nullopt;
        if (number < (*chain)->start) continue;
        auto part = (*chain)->from_start();
        if (auto done = go_on(ready, database, device, part, number); !done) return tl::unexpected(done.error());
        return part.number == number ? std::optional(part.head) : std::nullopt;
    }
    return std::nullopt;
}

/// Where the chain of an epoch begins; nothing while that cannot be known.
Result<std::optional<Chain>> begin(crypto::SodiumReady ready, app::database::Database& database, Batches& batches,
                                   std::string_view device, const std::vector<std::uint64_t>& epochs, std::size_t at) {
    auto row = database.prepare("SELECT min(number) FROM audit WHERE device = ?1 AND epoch = ?2");
    if (!row) return passed_on(row.error());
    AMPARO_TRY(const first, number_in(row->bind(1, device).bind(2, as_column(epochs[at]))));
    if (first > 1) {
        AMPARO_TRY(const begun, batches.has_begun(device, epochs[at]));
        if (!begun) return std::nullopt;  // an earlier batch of the epoch may bring earlier ones
    }
    const auto head = head_before(ready, database, device, epochs, at, first - 1);
    if (!head) return tl::unexpected(head.error());
    if (!*head) return std::nullopt;
    return Chain{epochs[at], first - 1, **head, first - 1, **head, false};
}

/// Entries of the epoch before that this epoch says nothing of any more: lost on the device, or undone.
Result<std::uint64_t> left_behind(app::database::Database& database, std::string_view device, std::uint64_t before,
                                  const Chain& chain) {
    auto row = database.prepare(
        "SELECT count(*) FROM audit a WHERE a.device = ?1 AND a.epoch = ?2 AND a.number > ?3 AND NOT EXISTS "
        "(SELECT 1 FROM audit b WHERE b.device = ?1 AND b.epoch = ?4 AND b.number = a.number AND b.name = a.name AND "
        "b.sha256 = a.sha256)");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, as_column(before)).bind(3, as_column(chain.start)).bind(4, as_column(chain.epoch));
    return number_in(*row);
}

Result<std::uint64_t> last_entry(app::database::Database& database, std::string_view device, std::uint64_t epoch) {
    auto row = database.prepare("SELECT max(number) FROM audit WHERE device = ?1 AND epoch = ?2");
    if (!row) return passed_on(row.error());
    return number_in(row->bind(1, device).bind(2, as_column(epoch)));
}

/// What a batch says about a place that its epoch's chain passed long ago.
Result<bool> was_so(crypto::SodiumReady ready, app::database::Database& database, std::string_view device,
                    const Chain& chain, std::uint64_t number, const Digest& head) {
    if (number < chain.start || number > chain.number) return true;  // compared when the chain comes there, or unknown
    auto part = chain.from_start();
    if (number == chain.number) return chain.head == head;
    if (auto done = go_on(ready, database, device, part, number); !done) return tl::unexpected(done.error());
    return part.head == head;
}

}  // namespace

std::string_view to_word(AuditStanding standing) noexcept {
    switch (standing) {
        case AuditStanding::Whole:
            return "whole";
        case AuditStanding::Repaired:
            return "repaired";
        case AuditStanding::Missing:
            return "missing";
        case AuditStanding::Broken:
            return "broken";
    }
    return "broken";
}

/// Whether every batch that the device ever wrote up to its last one is here, with the audit that it carried.
Result<bool> Casebook::Parts::all_batches_here(std::string_view device) {
    const auto gaps = missing(device);
    if (!gaps) return tl::unexpected(gaps.error());
    if (!gaps->empty()) return false;
    AMPARO_TRY(const unknown, batches.audit_unknown(device));
    return !unknown;
}

/// Inside the transaction of the import. The entry is kept beside whatever else has its number. False when that
/// contradicts what this epoch said before.
Result<bool> Casebook::Parts::keep_entry(const exchange::BatchHeader& from, const exchange::BatchRecord& entry,
                                         crypto::ByteView sealed) {
    const auto name = exchange::parse_audit_name(entry.name);
    if (!name) return tl::unexpected(Error::Internal);
    const auto number = name->number;
    const auto chain = chain_of(database, from.device, from.epoch);
    if (!chain) return tl::unexpected(chain.error());
    // The index is named: left to itself, SQLite takes the one that holds all these columns and reads every entry of
    // the device for each that comes.
    auto find = database.prepare(
        "SELECT epoch, sha256 = ?3 AND name = ?4 FROM audit INDEXED BY audit_number WHERE device = ?1 AND number = ?2");
    if (!find) return passed_on(find.error());
    find->bind(1, from.device).bind(2, as_column(number));
    find->bind(3, crypto::ByteView(entry.sha256)).bind(4, entry.name);
    rules::NewEntry beside(from.epoch);
    for (;;) {
        AMPARO_TRY(const more, next_row(*find));
        if (!more) break;
        beside.look_at({static_cast<std::uint64_t>(find->integer(0)), find->integer(1) == 1});
        if (beside.here()) return true;
    }
    auto insert = database.prepare(
        "INSERT INTO audit(device, epoch, number, name, sha256, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert) return passed_on(insert.error());
    insert->bind(1, from.device).bind(2, as_column(from.epoch)).bind(3, as_column(number)).bind(4, entry.name);
    insert->bind(5, crypto::ByteView(entry.sha256)).bind(6, sealed);
    if (auto done = insert->finish(); !done) return passed_on(done.error());
    return !beside.contradicts(number, *chain ? (*chain)->start : 0);
}

/// Inside the transaction of the import, after its entries: what the batch says of the chain, and how far each is whole
/// now.
Result<void> Casebook::Parts::take_audit(const exchange::VerifiedBatch& batch) {
    const auto& header = batch.header;
    std::uint64_t last = 0;
    for (const auto& entry : batch.audit) {
        const auto name = exchange::parse_audit_name(entry.name);
        if (!name) return tl::unexpected(Error::Internal);
        last = std::max(last, name->number);
    }
    if (last > 0) {
        auto claim =
            database.prepare("INSERT OR IGNORE INTO audit_claim(device, epoch, number, head) VALUES(?1, ?2, ?3, ?4)");
        if (!claim) return passed_on(claim.error());
        claim->bind(1, header.device).bind(2, as_column(header.epoch)).bind(3, as_column(last));
        if (auto done = claim->bind(4, crypto::ByteView(header.audit)).finish(); !done) return passed_on(done.error());
    }
    const auto epochs = epochs_of(database, header.device);
    if (!epochs) return tl::unexpected(epochs.error());
    for (std::size_t i = 0; i < epochs->size(); ++i) {
        auto one = chain_of(database, header.device, (*epochs)[i]);
        if (one && !*one) one = begin(ready, database, batches, header.device, *epochs, i);
        if (!one) return tl::unexpected(one.error());
        if (!*one) continue;
        auto& at = **one;
        if (at.epoch == header.epoch && last > 0) {
            const auto so = was_so(ready, database, header.device, at, last, header.audit);
            if (!so) return tl::unexpected(so.error());
            at.broken = at.broken || audit_contradicted || !*so;
        }
        if (auto done = go_on(ready, database, header.device, at, exchange::audit_most_number); !done) return done;
        if (auto done = write_chain(database, header.device, at); !done) return done;
    }
    return {};
}

Result<rules::EpochAudit> Casebook::Parts::epoch_audit(std::string_view device,
                                                       const std::vector<std::uint64_t>& epochs, std::size_t at) {
    const auto epoch = epochs[at];
    AMPARO_TRY(const chain, chain_of(database, device, epoch));
    rules::EpochAudit found;
    found.begun = chain.has_value();
    if (!chain) return found;
    found.broken = chain->broken;
    AMPARO_TRY(const last, last_entry(database, device, epoch));
    found.beyond = last > chain->number;
    if (at == 0 || found.broken) return found;
    AMPARO_TRY(const behind, left_behind(database, device, epochs[at - 1], *chain));
    found.left_behind = behind > 0;
    if (!found.left_behind) return found;
    AMPARO_TRY(const noted, bridged(device, epoch));
    AMPARO_TRY(const made, certified(device, epoch));
    found.vouched = noted || made;
    return found;
}

Result<AuditStanding> Casebook::Parts::standing_of_audit(std::string_view device) {
    const auto epochs = epochs_of(database, device);
    if (!epochs) return tl::unexpected(epochs.error());
    rules::AuditVerdict verdict;
    for (std::size_t i = 0; i < epochs->size(); ++i) {
        AMPARO_TRY(const epoch, epoch_audit(device, *epochs, i));
        if (!verdict.add(epoch)) break;
    }
    if (!verdict.anything_absent()) return verdict.standing(false);
    AMPARO_TRY(const complete, all_batches_here(device));
    return verdict.standing(complete);
}

Result<AuditStanding> Casebook::audit_standing(std::string_view device) {
    return parts_->standing_of_audit(device);
}

Result<std::vector<AuditEntry>> Casebook::audit(std::string_view device) {
    auto row = parts_->database.prepare(
        "SELECT device, min(epoch), name, bytes FROM audit WHERE ?1 = '' OR device = ?1 "
        "GROUP BY device, number, name, sha256 ORDER BY device, min(epoch), number, min(id)");
    if (!row) return passed_on(row.error());
    row->bind(1, device);
    std::vector<AuditEntry> entries;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return entries;
        const auto bytes = row->bytes(3);
        entries.push_back({std::string(row->text(0)),
                           static_cast<std::uint64_t>(row->integer(1)),
                           std::string(row->text(2)),
                           {bytes.begin(), bytes.end()}});
    }
}

}  // namespace app::casebook
