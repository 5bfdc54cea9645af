#pragma once
// The kiosk's tables: how each version is reached and what the last one must look like. Inside app/store only.

#include <array>
#include <string_view>

#include "app/database/database.hpp"

namespace app::store::schema {

// Sealed rows have an integer key and a unique random name (big values in a table without row numbers cost 2 to 5
// times as much) and no time. `digest` stands before `bytes` so that checking a table never reads the large values.
inline constexpr std::string_view batch_table =
    "CREATE TABLE batch(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, "
    "previous BLOB NOT NULL, manifest_sha256 BLOB NOT NULL, manifest BLOB NOT NULL, signature BLOB NOT NULL, "
    "certificate BLOB NOT NULL, certificate_signature BLOB NOT NULL, UNIQUE(epoch, sequence))";
inline constexpr std::string_view sealed_table =
    "CREATE TABLE sealed(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, record TEXT NOT NULL, "
    "revision INTEGER NOT NULL CHECK(revision > 0), state INTEGER NOT NULL CHECK(state BETWEEN 0 AND 4), "
    "epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, digest BLOB NOT NULL, size INTEGER NOT NULL, "
    "bytes BLOB NOT NULL, UNIQUE(record, revision))";
inline constexpr std::string_view sealed_batch_index = "CREATE INDEX sealed_batch ON sealed(epoch, sequence, name)";
inline constexpr std::string_view summary_table =
    "CREATE TABLE summary(id INTEGER PRIMARY KEY CHECK(id = 1), mac BLOB NOT NULL, tables BLOB NOT NULL, "
    "rows BLOB NOT NULL, count INTEGER NOT NULL)";
inline constexpr std::string_view value_table =
    "CREATE TABLE value(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, bytes BLOB NOT NULL)";
inline constexpr std::string_view worker_table =
    "CREATE TABLE worker(number INTEGER PRIMARY KEY, role INTEGER NOT NULL CHECK(role BETWEEN 0 AND 2), "
    "verifier BLOB NOT NULL, wrong INTEGER NOT NULL, wrong_at INTEGER NOT NULL)";
inline constexpr std::string_view wrong_pin_table =
    "CREATE TABLE wrong_pin(id INTEGER PRIMARY KEY, at INTEGER NOT NULL)";

// Version 2: what the audit chain keeps, and the one interview that may go on after a crash. An entry says what kind of
// thing happened and on which day; who and which is sealed to the coordinators.
inline constexpr std::string_view audit_table =
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, type INTEGER NOT NULL, day INTEGER NOT NULL, sealed BLOB NOT NULL, "
    "head BLOB NOT NULL)";
inline constexpr std::string_view draft_table =
    "CREATE TABLE draft(id INTEGER PRIMARY KEY CHECK(id = 1), record TEXT NOT NULL, revision INTEGER NOT NULL, "
    "bytes BLOB NOT NULL)";

// Version 3: what a device cannot be itself without stands twice, on pages of its own, so that a damaged one of `value`
// does not make a stranger of it. Written together with `value`; read only when repairing.
inline constexpr std::string_view value_copy_table =
    "CREATE TABLE value_copy(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, "
    "bytes BLOB NOT NULL)";
inline constexpr std::string_view copy_values =
    "INSERT INTO value_copy(name, digest, bytes) SELECT name, digest, bytes FROM value WHERE name GLOB 'device.*' "
    "OR name IN ('bundle.sequence', 'bundle.excerpt', 'setting.key_slots')";
/// Whether a value is one of those.
[[nodiscard]] constexpr bool stands_twice(std::string_view name) noexcept {
    return name.starts_with("device.") || name == "bundle.sequence" || name == "bundle.excerpt" ||
           name == "setting.key_slots" || name == "setting.known_slots";
}

// Version 4: what coordinators said has arrived, and since when what may go is held. `refused`: digests of rows that
// the signer does not have; `since`: of the clock that counts holds.
inline constexpr std::string_view receipt_table =
    "CREATE TABLE receipt(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, "
    "signer BLOB NOT NULL, refused BLOB NOT NULL, UNIQUE(epoch, sequence, signer))";
inline constexpr std::string_view held_table =
    "CREATE TABLE held(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, "
    "since INTEGER NOT NULL, UNIQUE(epoch, sequence))";

// Version 5: RETURN of a batch, under which the coordinators' answer to it is sealed; it goes when all of the batch
// has.
inline constexpr std::string_view way_back_table =
    "CREATE TABLE way_back(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, "
    "secret BLOB NOT NULL, UNIQUE(epoch, sequence))";

/// Every CREATE statement of the newest version, by name of what it creates.
inline constexpr std::array expected{audit_table,    batch_table,        draft_table,    held_table,  receipt_table,
                                     sealed_table,   sealed_batch_index, summary_table,  value_table, value_copy_table,
                                     way_back_table, worker_table,       wrong_pin_table};

inline constexpr std::array version_1{batch_table, sealed_table, sealed_batch_index, summary_table,
                                      value_table, worker_table, wrong_pin_table};
inline constexpr std::array version_2{audit_table, draft_table};
inline constexpr std::array version_3{value_copy_table, copy_values};
inline constexpr std::array version_4{receipt_table, held_table};
inline constexpr std::array version_5{way_back_table};

/// `migrations[i]` leads from version i to i + 1. What a released one says never changes.
inline constexpr std::array<database::Migration, 5> migrations{
    database::Migration(version_1), database::Migration(version_2), database::Migration(version_3),
    database::Migration(version_4), database::Migration(version_5)};

}  // namespace app::store::schema
