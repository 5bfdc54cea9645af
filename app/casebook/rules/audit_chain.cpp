#include "app/casebook/rules/audit_chain.hpp"

namespace app::casebook::rules {

ChainStep add_entry(crypto::SodiumReady ready, AuditChain& chain, const exchange::AuditName& name,
                    crypto::ByteView sealed, std::uint64_t last) {
    if (name.number == chain.number) {
        chain.broken = true;
        return ChainStep::Twin;
    }
    if (name.number != chain.number + 1 || name.number > last) return ChainStep::Ends;
    chain.head = exchange::audit_head(ready, chain.head, name, sealed);
    ++chain.number;
    return ChainStep::Taken;
}

bool AuditVerdict::add(const EpochAudit& epoch) noexcept {
    if (standing_ == AuditStanding::Broken) return false;
    if (!epoch.begun) {
        absent_ = true;
        return true;
    }
    if (epoch.broken || (epoch.left_behind && !epoch.vouched)) {
        standing_ = AuditStanding::Broken;
        return false;
    }
    absent_ = absent_ || epoch.beyond;
    if (epoch.left_behind) standing_ = AuditStanding::Repaired;
    return true;
}

AuditStanding AuditVerdict::standing(bool all_batches_here) const noexcept {
    if (!anything_absent()) return standing_;
    return all_batches_here ? AuditStanding::Broken : AuditStanding::Missing;
}

void NewEntry::look_at(const EntryBeside& other) noexcept {
    const bool own = other.epoch == epoch_;
    // Epoch 0 holds what came before epochs were told apart.
    here_ = here_ || (other.same && (own || other.epoch == 0));
    other_here_ = other_here_ || own;
    same_anywhere_ = same_anywhere_ || other.same;
}

bool NewEntry::contradicts(std::uint64_t number, std::uint64_t chain_start) const noexcept {
    const bool before_start = number <= chain_start && !same_anywhere_;
    return other_here_ || before_start;
}

}  // namespace app::casebook::rules
