#pragma once
// The casebook's tables. Inside app/casebook only.

#include <array>
#include <string_view>

#include "app/store/database.hpp"

namespace app::casebook::schema {

// A record stays as it was sealed (`sealed.bytes`) until the person takes it back; what was opened is in `record`, one
// row for the latest revision.
inline constexpr std::string_view batch_table =
    "CREATE TABLE batch(id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "sequence INTEGER NOT NULL, previous BLOB NOT NULL, manifest_sha256 BLOB NOT NULL, manifest BLOB NOT NULL, "
    "signature BLOB NOT NULL, certificate BLOB NOT NULL, certificate_signature BLOB NOT NULL, "
    "file_sha256 BLOB NOT NULL, UNIQUE(device, epoch, sequence, manifest_sha256))";
inline constexpr std::string_view device_table =
    "CREATE TABLE device(id INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, forked INTEGER NOT NULL, "
    "revoked INTEGER NOT NULL)";
inline constexpr std::string_view quarantine_table =
    "CREATE TABLE quarantine(id INTEGER PRIMARY KEY, file_sha256 TEXT NOT NULL UNIQUE, reason TEXT NOT NULL, "
    "detail TEXT NOT NULL)";
inline constexpr std::string_view record_table =
    "CREATE TABLE record(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "sealed INTEGER NOT NULL REFERENCES sealed(id), revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, json BLOB NOT NULL, UNIQUE(device, record))";
inline constexpr std::string_view sealed_table =
    "CREATE TABLE sealed(id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch(id), name TEXT NOT NULL, "
    "sha256 BLOB NOT NULL UNIQUE, outcome INTEGER, detail TEXT NOT NULL, device TEXT NOT NULL, record TEXT NOT NULL, "
    "revision INTEGER NOT NULL, bytes BLOB NOT NULL)";
inline constexpr std::string_view sealed_name_index = "CREATE INDEX sealed_name ON sealed(name)";
inline constexpr std::string_view sealed_outcome_index = "CREATE INDEX sealed_outcome ON sealed(outcome)";
inline constexpr std::string_view sealed_record_index = "CREATE INDEX sealed_record ON sealed(device, record)";
inline constexpr std::string_view value_table =
    "CREATE TABLE value(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL)";

// Version 2: what devices noted about their own use, still sealed; up to where the chain of each is whole; and what
// their signed batches say its head was.
inline constexpr std::string_view audit_table =
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, device TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, "
    "sha256 BLOB NOT NULL, bytes BLOB NOT NULL, UNIQUE(device, number))";
inline constexpr std::string_view audit_claim_table =
    "CREATE TABLE audit_claim(id INTEGER PRIMARY KEY, device TEXT NOT NULL, number INTEGER NOT NULL, "
    "head BLOB NOT NULL, UNIQUE(device, number, head))";
inline constexpr std::string_view audit_whole_table =
    "CREATE TABLE audit_whole(id INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, number INTEGER NOT NULL, "
    "head BLOB NOT NULL, broken INTEGER NOT NULL)";

/// Every CREATE statement of the newest version, by name of what it creates.
inline constexpr std::array expected{audit_table,       audit_claim_table,    audit_whole_table,   batch_table,
                                     device_table,      quarantine_table,     record_table,        sealed_table,
                                     sealed_name_index, sealed_outcome_index, sealed_record_index, value_table};

inline constexpr std::array version_1{batch_table,          device_table,        quarantine_table,
                                      record_table,         sealed_table,        sealed_name_index,
                                      sealed_outcome_index, sealed_record_index, value_table};
inline constexpr std::array version_2{audit_table, audit_claim_table, audit_whole_table};

/// `migrations[i]` leads from version i to i + 1. What a released one says never changes.
inline constexpr std::array<store::Migration, 2> migrations{store::Migration(version_1), store::Migration(version_2)};

}  // namespace app::casebook::schema
