// The audit as it is kept in a device's store: one more entry, and what of it travels with a batch. It must not know
// who asks: the kiosk does, and the coordinator who opens a device by recovery.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/exchange/audit.hpp"
#include "app/exchange/batch.hpp"
#include "app/store/repair.hpp"

namespace app::device {

/// What an entry says.
struct AuditNote {
    exchange::AuditType type;
    std::chrono::sys_days day;
    exchange::AuditDetail detail;
};

/// The day as people here see it at this moment.
[[nodiscard]] std::chrono::sys_days local_day(std::chrono::system_clock::time_point now);

/// One more entry at the end of the chain, sealed to `recipients`. Errors: Input (no recipients), and those of
/// store::Audit::append().
[[nodiscard]] store::Result<void> append_audit(crypto::SodiumReady ready, store::Store& store,
                                               std::span<const crypto::Recipient> recipients, const AuditNote& note);

/// What the entry about a repair says, when none of it is in the audit yet; nothing when there is nothing to tell.
[[nodiscard]] std::optional<exchange::AuditDetail> untold_repair(store::Store& store);
/// The repair is in the audit now.
void repair_told(store::Store& store);
/// Both: a repair that is not in the audit yet is noted there, sealed to `recipients`. To be called before anything
/// else is noted or a batch is planned: it explains to the coordinators why the chain and the epochs go on as they do.
/// Without such a repair it does nothing. `today`: as local_day(). Errors: as append_audit(); the repair is told the
/// next time.
[[nodiscard]] store::Result<void> tell_repair(crypto::SodiumReady ready, store::Store& store,
                                              std::span<const crypto::Recipient> recipients,
                                              std::chrono::sys_days today);

/// The name of an entry from its row.
[[nodiscard]] exchange::AuditName audit_name_of(const store::AuditRow& row);

/// How the store goes along the chain when it saves what is whole of it.
[[nodiscard]] store::AuditStep audit_step(crypto::SodiumReady ready);

/// Entries that no batch has carried yet, at most batch_most_audit of them and as many as take half of a batch of this
/// size, as members of the next one; and where the chain stands after the last of them. What is left goes with the one
/// after it.
struct AuditToSend {
    std::vector<exchange::BatchRecord> entries;
    store::AuditHead head;
};
[[nodiscard]] store::Result<AuditToSend> audit_to_send(crypto::SodiumReady ready, store::Store& store,
                                                       std::uint64_t batch_size);

/// The bytes of the entry that travels under this audit_name(). Errors: NotFound.
[[nodiscard]] store::Result<crypto::Bytes> audit_bytes(store::Store& store, std::string_view name);

}  // namespace app::device
