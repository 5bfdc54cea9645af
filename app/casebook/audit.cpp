// What devices noted about themselves: kept as it came, and checked against what they signed in their batches, by the
// rules of rules/audit_chain.hpp.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using exchange::Digest;
using Chain = rules::AuditChain;

namespace {

/// Whether every signed claim of this epoch about this place of the chain names this head.
Result<bool> as_claimed(AuditBook& book, std::string_view device, const Chain& chain) {
    AMPARO_TRY(const claims, book.claims(device, chain.epoch, chain.number));
    return std::all_of(claims.begin(), claims.end(), [&](const Digest& head) { return head == chain.head; });
}

/// Goes on from where the chain is whole, as far as entries are here, at most to `last`.
Result<void> go_on(crypto::SodiumReady ready, AuditBook& book, std::string_view device, Chain& chain,
                   std::uint64_t last) {
    const auto add = [&](std::string_view written, crypto::ByteView sealed) -> Result<bool> {
        const auto name = exchange::parse_audit_name(written);
        if (!name) return tl::unexpected(Error::Damaged);
        const auto step = rules::add_entry(ready, chain, *name, sealed, last);
        if (step == rules::ChainStep::Ends) return false;
        if (step == rules::ChainStep::Twin) return true;
        AMPARO_TRY(const claimed, as_claimed(book, device, chain));
        if (!claimed) chain.broken = true;
        return true;
    };
    return book.each_after(device, chain.epoch, chain.number, add);
}

/// The head after entry `number` in the epochs before; nothing when the entries up to it are not here.
Result<std::optional<Digest>> head_before(crypto::SodiumReady ready, AuditBook& book, std::string_view device,
                                          const std::vector<std::uint64_t>& epochs, std::size_t before,
                                          std::uint64_t number) {
    if (number == 0) return Digest{};
    for (std::size_t i = before; i-- > 0;) {
        AMPARO_TRY(const chain, book.chain(device, epochs[i]));
        if (!chain || number > chain->number) return std::nullopt;
        if (number < chain->start) continue;
        auto part = chain->from_start();
        AMPARO_DO(go_on(ready, book, device, part, number));
        return part.number == number ? std::optional(part.head) : std::nullopt;
    }
    return std::nullopt;
}

/// Where the chain of an epoch begins; nothing while that cannot be known.
Result<std::optional<Chain>> begin(crypto::SodiumReady ready, AuditBook& book, Batches& batches,
                                   std::string_view device, const std::vector<std::uint64_t>& epochs, std::size_t at) {
    AMPARO_TRY(const first, book.first_number(device, epochs[at]));
    if (first > 1) {
        AMPARO_TRY(const begun, batches.has_begun(device, epochs[at]));
        if (!begun) return std::nullopt;  // an earlier batch of the epoch may bring earlier ones
    }
    AMPARO_TRY(const head, head_before(ready, book, device, epochs, at, first - 1));
    if (!head) return std::nullopt;
    return Chain{epochs[at], first - 1, *head, first - 1, *head, false};
}

/// What a batch says about a place that its epoch's chain passed long ago.
Result<bool> was_so(crypto::SodiumReady ready, AuditBook& book, std::string_view device, const Chain& chain,
                    std::uint64_t number, const Digest& head) {
    if (number < chain.start || number > chain.number) return true;  // compared when the chain comes there, or unknown
    auto part = chain.from_start();
    if (number == chain.number) return chain.head == head;
    AMPARO_DO(go_on(ready, book, device, part, number));
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
    AMPARO_TRY(const gaps, missing(device));
    if (!gaps.empty()) return false;
    AMPARO_TRY(const unknown, batches.audit_unknown(device));
    return !unknown;
}

/// Inside the transaction of the import. The entry is kept beside whatever else has its number. False when that
/// contradicts what this epoch said before.
Result<bool> Casebook::Parts::keep_entry(const exchange::BatchHeader& from, const exchange::BatchRecord& entry,
                                         crypto::ByteView sealed) {
    const auto name = exchange::parse_audit_name(entry.name);
    if (!name) return tl::unexpected(Error::Internal);
    AMPARO_TRY(const chain, audits.chain(from.device, from.epoch));
    const ArrivedEntry arrived{from.device, from.epoch, name->number, entry.name, entry.sha256, sealed};
    AMPARO_TRY(const others, audits.beside(arrived));
    rules::NewEntry beside(from.epoch);
    for (const auto& other : others) beside.look_at(other);
    if (beside.here()) return true;
    AMPARO_DO(audits.keep(arrived));
    return !beside.contradicts(name->number, chain ? chain->start : 0);
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
    if (last > 0) AMPARO_DO(audits.claim(header.device, header.epoch, last, header.audit));
    AMPARO_TRY(const epochs, audits.epochs(header.device));
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        AMPARO_TRY(at, audits.chain(header.device, epochs[i]));
        if (!at) {
            AMPARO_TRY(const begun, begin(ready, audits, batches, header.device, epochs, i));
            at = begun;
        }
        if (!at) continue;
        if (at->epoch == header.epoch && last > 0) {
            AMPARO_TRY(const so, was_so(ready, audits, header.device, *at, last, header.audit));
            at->broken = at->broken || audit_contradicted || !so;
        }
        AMPARO_DO(go_on(ready, audits, header.device, *at, exchange::audit_most_number));
        AMPARO_DO(audits.set_chain(header.device, *at));
    }
    return {};
}

Result<rules::EpochAudit> Casebook::Parts::epoch_audit(std::string_view device,
                                                       const std::vector<std::uint64_t>& epochs, std::size_t at) {
    const auto epoch = epochs[at];
    AMPARO_TRY(const chain, audits.chain(device, epoch));
    rules::EpochAudit found;
    found.begun = chain.has_value();
    if (!chain) return found;
    found.broken = chain->broken;
    AMPARO_TRY(const last, audits.last_number(device, epoch));
    found.beyond = last > chain->number;
    if (at == 0 || found.broken) return found;
    AMPARO_TRY(const behind, audits.left_behind(device, epochs[at - 1], chain->start, epoch));
    found.left_behind = behind;
    if (!found.left_behind) return found;
    AMPARO_TRY(const noted, bridged(device, epoch));
    AMPARO_TRY(const made, certified(device, epoch));
    found.vouched = noted || made;
    return found;
}

Result<AuditStanding> Casebook::Parts::standing_of_audit(std::string_view device) {
    AMPARO_TRY(const epochs, audits.epochs(device));
    rules::AuditVerdict verdict;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        AMPARO_TRY(const epoch, epoch_audit(device, epochs, i));
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
    return parts_->audits.entries(device);
}

}  // namespace app::casebook
