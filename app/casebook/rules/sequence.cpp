#include "app/casebook/rules/sequence.hpp"

namespace app::casebook::rules {

void Neighbours::look_at(const Batch& other) noexcept {
    if (other.sequence == batch_.sequence) (other.manifest == batch_.manifest ? again_ : twin_) = true;
    if (other.sequence + 1 == batch_.sequence) {
        before_ = true;
        before_fits_ = before_fits_ || other.manifest == batch_.previous;
    }
    if (other.sequence == batch_.sequence + 1) {
        after_ = true;
        after_fits_ = after_fits_ || other.previous == batch_.manifest;
    }
}

bool Neighbours::contradiction() const noexcept {
    return twin_ || (before_ && !before_fits_) || (after_ && !after_fits_);
}

Standing standing_of_start(const EpochStart& facts) noexcept {
    // Zeros after another epoch are how devices began one before they named the batch before: a repair has to be noted.
    // Where nothing is here of the epochs that led to one above the certificate's, they are missing.
    if (!facts.names_one)
        return facts.epoch_before == 0 && facts.epoch > facts.certificate_epoch ? Standing::Gap : Standing::InOrder;
    if (!facts.named) return facts.epoch == 1 ? Standing::Forked : Standing::Gap;
    const bool follows_the_last =
        facts.named->epoch == facts.epoch_before && facts.named->sequence == facts.last_of_named;
    return follows_the_last ? Standing::InOrder : Standing::Forked;
}

bool leaves_out(const Batch& named, const Batch& batch, std::uint64_t last) noexcept {
    if (named.manifest == batch.manifest) return last > batch.sequence;
    return named.epoch < batch.epoch || (named.epoch == batch.epoch && named.sequence < batch.sequence);
}

Standing standing_of(const BatchFacts& facts) noexcept {
    const auto standing = facts.epoch_start.value_or(facts.before ? Standing::InOrder : Standing::Gap);
    if (standing == Standing::Forked) return standing;
    if (facts.forked_before) return Standing::ForkedBefore;
    const bool says_how_it_began = standing == Standing::InOrder || facts.epoch_start.has_value();
    const bool vouched = facts.epoch <= facts.certificate_epoch || facts.repair_noted;
    return !says_how_it_began || vouched ? standing : Standing::EpochDoubt;
}

bool Missing::asks_before(std::uint64_t epoch, std::uint64_t sequence) const noexcept {
    return epoch != at_.epoch && (sequence == 1 || at_.epoch == 0);
}

Gap Missing::unknown_before(std::uint64_t epoch) const noexcept {
    return at_.epoch > 0 ? Gap{at_.epoch, at_.last + 1, 0} : Gap{epoch - 1, 1, 0};
}

void Missing::add(std::uint64_t epoch, std::uint64_t sequence, const std::optional<Gap>& before) {
    if (before) gaps_.push_back(*before);
    if (epoch != at_.epoch) at_ = {epoch, 0, 0};
    if (sequence > at_.last + 1) gaps_.push_back({epoch, at_.last + 1, sequence - 1});
    at_.last = sequence;
}

}  // namespace app::casebook::rules
