#include "app/casebook/rules/orders.hpp"

namespace app::casebook::rules {
namespace {

/// What stands against the later of the two.
Doubt stands_against(const Revision& now, const Revision& listed, bool own) noexcept {
    const bool later = now.number >= listed.number;
    auto stands = Doubt::None;
    if (now.number == listed.number)
        stands = now.from.doubt != Doubt::None ? now.from.doubt : listed.from.doubt;
    else if (!own)
        stands = later ? reach(now.from, listed.from) : reach(listed.from, now.from);
    if (stands != Doubt::None) return stands;
    const auto& first = later ? listed : now;
    const auto& second = later ? now : listed;
    const bool other = becomes_other_case(first.case_code, first.training, second.case_code, second.training);
    return other ? Doubt::OtherCase : Doubt::None;
}

}  // namespace

FiledRevision file_revision(const Revision& now, const Revision& listed, bool own) noexcept {
    const bool trusted = now.from.doubt == Doubt::None;
    if (now.number == listed.number && trusted && listed.from.doubt == Doubt::None) return {Filing::Conflict, {}};
    const auto stands = stands_against(now, listed, own);
    if (stands == Doubt::None) return {now.number < listed.number ? Filing::Older : Filing::Listed, {}};
    // What came first of a source that nothing speaks against is what a list shows.
    const bool makes_room = now.number <= listed.number && trusted;
    return {makes_room ? Filing::MakesRoom : Filing::Held, stands};
}

FiledLate file_after_withdrawal(const AfterWithdrawal& facts) noexcept {
    if (facts.rejected && facts.withdrawal) return {LateComing::AsAnyOther, {}};
    auto stands = facts.confirmed ? Doubt::None : facts.reach;
    if (stands == Doubt::None && !facts.confirmed && facts.other_case) stands = Doubt::OtherCase;
    if (stands == Doubt::None && !facts.rejected) return {LateComing::ErasedAll, {}};
    if (facts.withdrawal) return {LateComing::ErasedAlone, {}};
    if (facts.rejected) return {LateComing::Listed, {}};
    return {LateComing::ListedInDoubt, stands};
}

}  // namespace app::casebook::rules
