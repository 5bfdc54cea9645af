#pragma once
// What may be kept, changed, frozen and erased. Pure: the store asks before it writes, inside the same transaction.

#include <cstdint>
#include <optional>
#include <span>

#include "app/store/failure.hpp"
#include "app/store/values.hpp"

namespace app::store::rules {

// -- people
/// A number that was removed is not given again. Errors: Refused.
[[nodiscard]] Result<void> may_add(WorkerNumber number, std::span<const WorkerNumber> removed) noexcept;
/// Somebody has to be left who can add others. Errors: NotFound, Refused (the last shift lead).
[[nodiscard]] Result<void> may_remove(WorkerNumber number, std::span<const Worker> all) noexcept;

// -- device
/// Errors: Refused (another device or deployment than before, or an epoch that does not rise).
[[nodiscard]] Result<void> may_enrol(const Enrolment& next, const std::optional<Enrolment>& before) noexcept;
/// Of a newer certificate. Errors: Refused (nothing before, another device or deployment, or an epoch that falls).
[[nodiscard]] Result<void> may_renew(const Enrolment& next, const std::optional<Enrolment>& before) noexcept;
/// Whether a bundle is to be written: one of a higher sequence, or the present one where its bytes were lost. Errors:
/// Refused (a sequence that falls, or other bytes under the same one). `installed` is the highest sequence so far;
/// `present` what is kept of it, and only looked at when the sequence is the same.
[[nodiscard]] Result<bool> writes_bundle(std::uint64_t sequence, ByteView bytes, std::optional<std::uint64_t> installed,
                                         std::optional<ByteView> present) noexcept;

// -- sealed records
/// Revisions of a record only rise. Errors: Refused.
[[nodiscard]] Result<void> may_insert(std::uint32_t revision, std::uint32_t last) noexcept;
/// Taking back by erasing is for what is in no batch; what went out needs a `withdrawn` record. Errors: Refused.
[[nodiscard]] Result<void> may_erase(std::span<const RowState> rows) noexcept;

// -- batches
/// The batch that was made last in an epoch or before it.
struct LastBatch {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    Digest manifest_sha256{};
};
/// The next batch of the epoch, without its rows. The first one of an epoch names the last manifest of the one before,
/// so that nobody can begin a new epoch to make the batches before it forgotten.
[[nodiscard]] BatchPlan next_batch(std::uint64_t epoch, const std::optional<LastBatch>& last);
/// A plan is frozen while it is still the next one. Errors: Refused.
[[nodiscard]] Result<void> may_freeze(const BatchPlan& plan, const BatchPlan& now) noexcept;

// -- audit
/// Numbers have no gaps. Errors: Refused.
[[nodiscard]] Result<void> may_append(std::uint64_t number, const AuditHead& last) noexcept;

}  // namespace app::store::rules
