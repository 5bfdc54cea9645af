#pragma once
// A database that cannot be read, or was put back to an older state: everything in it that is still whole goes into a
// new one, and the damaged file stays on the device. Nothing is ever deleted.

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "app/model/kept.hpp"
#include "app/store/device_keys.hpp"

namespace app::store {

/// What the head of the audit chain is after this entry; belongs to app/exchange.
using AuditStep = std::function<Digest(const Digest& previous, const AuditRow& row, ByteView sealed)>;
/// Rows looked at so far, and altogether.
using RepairProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

using model::Repaired;

/// The name of the setting that says so until the coordinators have been told: "<lost> <damaged file> <what else was
/// lost>…", the last of the words "audit", "bundle", "enrolment", "people", "settings".
inline constexpr std::string_view repair_setting = "repair.note";

/// Puts a new database in the place of the present one, under the same key. Sealed rows are kept when their bytes match
/// their digest, whatever page is damaged around them: also when it is the first one, or one that leads to them. All of
/// them that no receipt covers wait to be sent again, for a batch of before may lack something now. Of what decides who
/// may do what nothing is taken from rows that nothing vouches for: workers stay when the summary over all security
/// state holds and pages were unreadable (else pages are of different ages, and an older one might bring removed people
/// back); without it settings begin anew, the audit is sent again, and a bundle stays only when it is the highest that
/// was ever known. Of the audit the part is kept that makes a whole chain. The epoch becomes higher than any that can
/// be read: sequence numbers are never used twice. The result is opened and checked like at any start before the old
/// database is moved: a repair that is interrupted either has not happened, or is finished by the next open. Needs
/// twice the room of the database. The folder's database must be closed. `keys`: what keys_of() or the recovery file
/// gives; the one that reads the first page is the database's, else the one that reads any other. `salts`: what the
/// recovery file says beside what stands in the folder. Errors: Input (no key), Unreadable (there is not a row to be
/// saved: nothing takes the place of the database), ReadOnly, NoSpace, Io, Memory, Library, Damaged (the result does
/// not open), Refused (`accepted` said no to the repaired database). After an error nothing was changed.
[[nodiscard]] Result<Repaired> repair(crypto::SodiumReady ready, const StateFolder& folder,
                                      std::span<const crypto::SecretBytes> keys, const AuditStep& audit_step,
                                      const RepairProgress& progress = {}, const Accepted& accepted = {},
                                      std::span<const crypto::DatabaseSalt> salts = {});

/// Whether this key reads a page with rows of the database whose first page it does not read: then that page is
/// damaged, and the key is right. On a copy. Errors: Missing, NoSpace, Io, Memory.
[[nodiscard]] Result<bool> reads_a_page(crypto::SodiumReady ready, const StateFolder& folder,
                                        const crypto::SecretBytes& key, std::span<const crypto::DatabaseSalt> salts);

/// Finishes a repair that was interrupted: a file that calls itself a repaired database is taken only when one of the
/// keys opens it and it says, under that key, that it was made from the very database that is here. Anything else of
/// that name is put aside. Without such a file it does nothing. The database must be closed. `accepted` looks at what
/// is going to be the database before a name changes. Errors: ReadOnly, Io, Refused (`accepted` said no), and where it
/// was to look and nothing opens, why: nothing was changed.
[[nodiscard]] Result<void> finish_repair(crypto::SodiumReady ready, const StateFolder& folder,
                                         std::span<const crypto::SecretBytes> keys, const Accepted& accepted = {});

/// A journal beside the database is played into it by whoever opens it, before any page is looked at. So it is tried on
/// a copy first: one that leads to no whole database, where there is one without it, is put aside. The database must be
/// closed. `accepted` looks at the copy. Errors: WrongKey, Damaged (repair() is what is left), Refused, Io.
[[nodiscard]] Result<void> settle_journal(crypto::SodiumReady ready, const StateFolder& folder,
                                          const crypto::SecretBytes& key, const Accepted& accepted = {});

}  // namespace app::store
