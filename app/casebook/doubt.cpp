// What is known of a batch as a source of orders; rules/doubt.hpp says what follows from it.
#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using rules::Source;

Result<Source> Casebook::Parts::source(std::int64_t batch) {
    if (const auto found = sources.find(batch); found != sources.end()) return found->second;
    AMPARO_TRY(const origin, batches.origin(batch));
    if (!origin) return tl::unexpected(Error::Damaged);
    Source found{origin->device.device, origin->epoch, Doubt::None, false};
    const auto certificate = exchange::parse_certificate(origin->certificate);
    rules::SourceFacts facts;
    facts.forked = origin->device.forked;
    facts.revoked = static_cast<bool>(origin->device.revoked);
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
    AMPARO_TRY(const found, source(batch));
    return found.doubt;
}

/// What stands against an order of the batch `from` to erase something that the batch `to` brought.
Result<Doubt> Casebook::Parts::reach_to_erase(std::int64_t from, std::int64_t to) {
    AMPARO_TRY(const order, source(from));
    AMPARO_TRY(const target, source(to));
    return rules::reach_to_erase(order, target, from == to);
}

/// What stands against erasing everything of a record that is here, or that may still come.
Result<Doubt> Casebook::Parts::may_withdraw(const detail::Unsealed& order) {
    AMPARO_TRY(const from, source(order.batch));
    if (from.doubt != Doubt::None) return from.doubt;
    const auto& record = order.record;
    AMPARO_TRY(const anything, ledger.has_other(record.device, record.record, order.sealed));
    // From batch to batch, however many versions each brought. The order's own says nothing against it.
    for (std::int64_t at = 0;;) {
        AMPARO_TRY(const batch, ledger.next_batch(record.device, record.record, at));
        if (!batch) break;
        at = *batch;
        AMPARO_TRY(const stands, reach_to_erase(order.batch, at));
        if (stands != Doubt::None) return stands;
    }
    // Of a record that is not here, a batch of an earlier epoch that has not arrived may be the one that brings it.
    return anything || from.first_epoch ? Doubt::None : Doubt::EarlierEpoch;
}

}  // namespace app::casebook
