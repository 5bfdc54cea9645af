#pragma once
// A database that cannot be read, or was put back to an older state: everything in it that is still whole goes into a
// new one, and the damaged file stays on the device. Nothing is ever deleted.

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "app/store/device_keys.hpp"

namespace app::store {

/// What the head of the audit chain is after this entry; belongs to app/exchange.
using AuditStep = std::function<Digest(const Digest& previous, const AuditRow& row, ByteView sealed)>;
/// Rows looked at so far, and altogether.
using RepairProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

struct Repaired {
    std::uint64_t kept = 0;    ///< sealed rows that are whole
    std::uint64_t lost = 0;    ///< sealed rows that are known of and could not be read
    bool people_kept = false;  ///< else only shift leads: the list of workers may have been an older one
    std::string damaged_file;  ///< its name in the folder from now on
};

/// The name of the setting that says so until the coordinators have been told: "<lost> <damaged file>".
inline constexpr std::string_view repair_setting = "repair.note";

/// Puts a new database in the place of the present one, under the same key. Sealed rows are kept when their bytes match
/// their digest, whatever page is damaged around them. Workers and their waiting are kept when the summary over all
/// security state still holds; else only shift leads, because a list that was put back might bring removed workers
/// back. Of the audit the part is kept that makes a whole chain. The epoch rises by one: sequence numbers are never
/// used twice. The new database is whole on the medium before the old one is moved: a repair that is interrupted either
/// has not happened, or is finished by the next open. Needs twice the room of the database. The folder's database must
/// be closed. `keys`: what keys_of() or the recovery file gives; the one that reads the first page is the database's,
/// else the last. Errors: Input (no key), Missing, ReadOnly, NoSpace, Io, Memory, Library.
[[nodiscard]] Result<Repaired> repair(crypto::SodiumReady ready, const StateFolder& folder,
                                      std::span<const crypto::SecretBytes> keys, const AuditStep& audit_step,
                                      const RepairProgress& progress = {});

}  // namespace app::store
