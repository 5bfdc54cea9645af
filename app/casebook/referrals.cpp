// Where cases are referred to, and what was answered.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "app/casebook/rules/referring.hpp"
#include "app/record/read.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

Result<rules::MayRefer> Casebook::may_refer(const Case& of, ReferralScope scope) {
    AMPARO_TRY(const json, parts_->ledger.json(of.device, of.record, of.version));
    const auto record = record::read(json);
    return rules::may_refer(record ? std::optional(record->consent) : std::nullopt, scope);
}

Result<bool> Casebook::refer(const Case& of, const Referral& referral, exchange::Day day) {
    AMPARO_TRY(const may, may_refer(of, referral.scope));
    if (may == rules::MayRefer::No || (may == rules::MayRefer::IfAgreed && !referral.agreed)) return false;
    AMPARO_DO(take_step(of, StepKind::Referred, std::string(to_word(referral.scope)), day, referral.place));
    return true;
}

Result<bool> Casebook::answer_referral(const Case& of, StepKind answer, const std::string& place, exchange::Day day) {
    AMPARO_TRY(const taken, steps(of));
    const auto to_it = [&](const Step& one) { return one.kind == StepKind::Referred && one.place == place; };
    if (std::none_of(taken.begin(), taken.end(), to_it)) return false;
    AMPARO_DO(take_step(of, answer, {}, day, place));
    return true;
}

}  // namespace app::casebook
