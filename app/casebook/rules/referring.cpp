#include "app/casebook/rules/referring.hpp"

namespace app::casebook::rules {

MayRefer may_refer(std::optional<record::Consent> consent, ReferralScope scope) noexcept {
    if (scope == ReferralScope::Nothing) return MayRefer::Yes;
    return consent == record::Consent::Declined ? MayRefer::No : MayRefer::IfAgreed;
}

}  // namespace app::casebook::rules
