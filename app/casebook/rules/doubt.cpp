#include "app/casebook/rules/doubt.hpp"

namespace app::casebook::rules {

bool is_first_epoch(const SourceFacts& facts) noexcept {
    return facts.epoch_certified && facts.names_nothing_before;
}

Doubt doubt_of(const SourceFacts& facts) noexcept {
    if (facts.forked) return Doubt::Forked;
    if (facts.revoked) return Doubt::Revoked;
    if (facts.audit_broken) return Doubt::AuditBroken;
    if (facts.certificate_ended) return Doubt::CertificateEnded;
    if (!facts.whole) return Doubt::Gap;
    if (!facts.epoch_noted && !facts.epoch_certified) return Doubt::EpochDoubt;
    if (facts.begins_epoch && !is_first_epoch(facts)) return Doubt::EpochStart;
    return Doubt::None;
}

Doubt reach(const Source& order, const Source& target) noexcept {
    if (order.doubt != Doubt::None) return order.doubt;
    // What came in doubt itself is no reason to doubt an order of its own epoch, nor to trust one of another.
    return order.epoch == target.epoch ? Doubt::None : Doubt::EarlierEpoch;
}

Doubt reach_to_erase(const Source& order, const Source& target, bool same_batch) noexcept {
    const auto stands = reach(order, target);
    if (stands != Doubt::None || same_batch) return stands;
    return target.doubt == Doubt::None || target.doubt == Doubt::EpochStart ? Doubt::None : Doubt::CameLater;
}

bool becomes_other_case(std::string_view code, bool training, std::string_view later_code,
                        bool later_training) noexcept {
    return code != later_code || (later_training && !training);
}

}  // namespace app::casebook::rules
