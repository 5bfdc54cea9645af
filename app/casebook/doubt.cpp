// What is known of a batch as a source of orders; rules/doubt.hpp says what follows from it.
#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::next_row;
using detail::passed_on;
using rules::Source;

Result<Source> Casebook::Parts::source(std::int64_t batch) {
    if (const auto found = sources.find(batch); found != sources.end()) return found->second;
    AMPARO_TRY(const origin, batches.origin(batch));
    if (!origin) return tl::unexpected(Error::Damaged);
    Source found{origin->device.device, origin->epoch, Doubt::None, false};
    const auto certificate = exchange::parse_certificate(origin->certificate);
    rules::SourceFacts facts;
    facts.forked = origin->device.forked;
    facts.revoked = origin->device.revoked;
    facts.certificate_ended = origin->certificate_ended;
    facts.epoch_certified = certificate && found.epoch <= certificate->epoch;
    facts.begins_epoch = origin->sequence == 1;
    AMPARO_TRY(const audit, standing_of_audit(found.device));
    facts.audit_broken = audit == AuditStanding::Broken;
    AMPARO_TRY(const here, batches.count_up_to(found.device, found.epoch, origin->sequence));
    facts.whole = here == origin->sequence;
    AMPARO_TRY(const noted, bridged(found.device, found.epoch));
    facts.epoch_noted = noted;
    AMPARO_TRY(const first, batches.names_nothing_before(found.device, found.epoch));
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
