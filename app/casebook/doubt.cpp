// What is known of a batch as a source of orders; rules/doubt.hpp says what follows from it.
#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::as_column;
using detail::digest_of;
using detail::next_row;
using detail::number_in;
using detail::passed_on;
using rules::Source;

namespace {

/// Whether every batch of the epoch up to this one is here.
Result<bool> whole_up_to(app::database::Database& database, const Source& source, std::uint64_t sequence) {
    auto row = database.prepare(
        "SELECT count(DISTINCT sequence) FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence <= ?3");
    if (!row) return passed_on(row.error());
    const auto here =
        number_in(row->bind(1, source.device).bind(2, as_column(source.epoch)).bind(3, as_column(sequence)));
    if (!here) return tl::unexpected(here.error());
    return *here == sequence;
}

/// Whether no batch of an earlier epoch is here, and the first of this one names none.
Result<bool> names_nothing_before(app::database::Database& database, const Source& source) {
    auto row = database.prepare(
        "SELECT (SELECT count(*) FROM batch WHERE device = ?1 AND epoch < ?2), "
        "(SELECT previous FROM batch WHERE device = ?1 AND epoch = ?2 AND sequence = 1)");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, source.device).bind(2, as_column(source.epoch)));
    if (!there) return there;
    return row->integer(0) == 0 && digest_of(row->bytes(1)) == exchange::Digest{};
}

}  // namespace

Result<Source> Casebook::Parts::source(std::int64_t batch) {
    if (const auto found = sources.find(batch); found != sources.end()) return found->second;
    auto row = database.prepare(
        "SELECT b.device, b.epoch, b.sequence, d.forked, d.revoked, "
        "(SELECT count(*) FROM batch_ended e WHERE e.batch = b.id), b.certificate "
        "FROM batch b JOIN device d ON d.device = b.device WHERE b.id = ?1");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, batch));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return tl::unexpected(Error::Damaged);
    Source found{std::string(row->text(0)), static_cast<std::uint64_t>(row->integer(1)), Doubt::None, false};
    const auto sequence = static_cast<std::uint64_t>(row->integer(2));
    const auto certificate = exchange::parse_certificate(row->bytes(6));
    rules::SourceFacts facts;
    facts.forked = row->integer(3) == 1;
    facts.revoked = row->integer(4) == 1;
    facts.certificate_ended = row->integer(5) > 0;
    facts.epoch_certified = certificate && found.epoch <= certificate->epoch;
    facts.begins_epoch = sequence == 1;
    AMPARO_TRY(const audit, standing_of_audit(found.device));
    facts.audit_broken = audit == AuditStanding::Broken;
    AMPARO_TRY(const whole, whole_up_to(database, found, sequence));
    facts.whole = whole;
    AMPARO_TRY(const noted, bridged(found.device, found.epoch));
    facts.epoch_noted = noted;
    AMPARO_TRY(const first, names_nothing_before(database, found));
    facts.names_nothing_before = first;
    found.first_epoch = rules::is_first_epoch(facts);
    found.doubt = rules::doubt_of(facts);
    sources.emplace(batch, found);
    return found;
}

Result<Doubt> Casebook::Parts::doubt_of(std::int64_t batch) {
    const auto found = source(batch);
    if (!found) return tl::unexpected(found.error());
    return found->doubt;
}

/// What stands against an order of the batch `from` to erase something that the batch `to` brought.
Result<Doubt> Casebook::Parts::reach_to_erase(std::int64_t from, std::int64_t to) {
    AMPARO_TRY(const order, source(from));
    AMPARO_TRY(const target, source(to));
    return rules::reach_to_erase(order, target, from == to);
}

/// What stands against erasing everything of a record that is here, or that may still come.
Result<Doubt> Casebook::Parts::may_withdraw(const detail::Unsealed& order) {
    const auto from = source(order.batch);
    if (!from) return tl::unexpected(from.error());
    if (from->doubt != Doubt::None) return from->doubt;
    auto others = database.prepare("SELECT 1 FROM sealed WHERE device = ?1 AND record = ?2 AND id <> ?3 LIMIT 1");
    if (!others) return passed_on(others.error());
    others->bind(1, order.record.device).bind(2, order.record.record).bind(3, order.sealed);
    const auto anything = next_row(*others);
    if (!anything) return tl::unexpected(anything.error());
    // From batch to batch, however many versions each brought. The order's own says nothing against it.
    auto row = database.prepare("SELECT min(batch) FROM sealed WHERE device = ?1 AND record = ?2 AND batch > ?3");
    if (!row) return passed_on(row.error());
    for (std::int64_t batch = 0;;) {
        row->bind(1, order.record.device).bind(2, order.record.record).bind(3, batch);
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more || row->is_null(0)) break;
        batch = row->integer(0);
        row->reset();
        const auto stands = reach_to_erase(order.batch, batch);
        if (!stands || *stands != Doubt::None) return stands;
    }
    // Of a record that is not here, a batch of an earlier epoch that has not arrived may be the one that brings it.
    return *anything || from->first_epoch ? Doubt::None : Doubt::EarlierEpoch;
}

}  // namespace app::casebook
