#include "app/store/keeping_rules.hpp"

#include <algorithm>

namespace app::store::rules {
namespace {

Result<void> allowed_if(bool holds) noexcept {
    if (!holds) return tl::unexpected(Error::Refused);
    return {};
}

}  // namespace

Result<void> may_add(WorkerNumber number, std::span<const WorkerNumber> removed) noexcept {
    return allowed_if(std::find(removed.begin(), removed.end(), number) == removed.end());
}

Result<void> may_remove(WorkerNumber number, std::span<const Worker> all) noexcept {
    const auto found = std::find_if(all.begin(), all.end(), [&](Worker one) { return one.number == number; });
    if (found == all.end()) return tl::unexpected(Error::NotFound);
    const auto leads = std::count_if(all.begin(), all.end(), [](Worker one) { return one.role == Role::ShiftLead; });
    return allowed_if(found->role != Role::ShiftLead || leads > 1);
}

Result<void> may_enrol(const Enrolment& next, const std::optional<Enrolment>& before) noexcept {
    return allowed_if(!before || (before->device == next.device && before->deployment_key == next.deployment_key &&
                                  before->epoch < next.epoch));
}

Result<void> may_renew(const Enrolment& next, const std::optional<Enrolment>& before) noexcept {
    return allowed_if(before && before->device == next.device && before->deployment_key == next.deployment_key &&
                      before->epoch <= next.epoch);
}

Result<bool> writes_bundle(std::uint64_t sequence, ByteView bytes, std::optional<std::uint64_t> installed,
                           std::optional<ByteView> present) noexcept {
    if (!installed || sequence > *installed) return true;
    if (sequence < *installed) return tl::unexpected(Error::Refused);
    if (!present) return true;
    if (!std::equal(bytes.begin(), bytes.end(), present->begin(), present->end()))
        return tl::unexpected(Error::Refused);
    return false;
}

Result<void> may_insert(std::uint32_t revision, std::uint32_t last) noexcept {
    return allowed_if(revision > last);
}

Result<void> may_erase(std::span<const RowState> rows) noexcept {
    return allowed_if(std::all_of(rows.begin(), rows.end(), [](RowState state) { return state == RowState::Sealed; }));
}

BatchPlan next_batch(std::uint64_t epoch, const std::optional<LastBatch>& last) {
    BatchPlan plan;
    plan.epoch = epoch;
    plan.sequence = last && last->epoch == epoch ? last->sequence + 1 : 1;
    if (last) plan.previous = last->manifest_sha256;
    return plan;
}

Result<void> may_freeze(const BatchPlan& plan, const BatchPlan& now) noexcept {
    return allowed_if(plan.epoch == now.epoch && plan.sequence == now.sequence && plan.previous == now.previous);
}

Result<void> may_append(std::uint64_t number, const AuditHead& last) noexcept {
    return allowed_if(number == last.number + 1);
}

}  // namespace app::store::rules
