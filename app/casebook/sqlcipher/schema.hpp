#pragma once
// A casebook's tables.

#include <array>
#include <string_view>

#include "app/database/database.hpp"

namespace app::casebook::sqlcipher::schema {

// What a sealed row says before anybody opened it, or where nobody can: as long as what most records say, so that
// SQLite writes over one page of the row, and not its 16 KiB anew, once it is known whose it is. Blanks, or nothing at
// all in what earlier versions wrote: trim(record) = ''.
inline constexpr std::string_view nobodys_record = "                                ";
inline constexpr int nobodys_revision = 2;

// A record stays as it was sealed (`sealed.bytes`) until the person takes it back; what was opened is in `record`, one
// row for the revision that is listed, and in `held` what an order in doubt would put in its place or erase.
inline constexpr std::string_view batch_table =
    "CREATE TABLE batch(id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "sequence INTEGER NOT NULL, previous BLOB NOT NULL, manifest_sha256 BLOB NOT NULL, manifest BLOB NOT NULL, "
    "signature BLOB NOT NULL, certificate BLOB NOT NULL, certificate_signature BLOB NOT NULL, "
    "file_sha256 BLOB NOT NULL, UNIQUE(device, epoch, sequence, manifest_sha256))";
inline constexpr std::string_view device_table_1 =
    "CREATE TABLE device(id INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, forked INTEGER NOT NULL, "
    "revoked INTEGER NOT NULL)";
// `revoked`: by this casebook; `revoked_by`: the number of the programme's bundle that does, 0 for none.
inline constexpr std::string_view device_table =
    "CREATE TABLE device(id INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, forked INTEGER NOT NULL, "
    "revoked INTEGER NOT NULL, revoked_by INTEGER NOT NULL)";
inline constexpr std::string_view record_table_1 =
    "CREATE TABLE record(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "sealed INTEGER NOT NULL REFERENCES sealed(id), revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, json BLOB NOT NULL, UNIQUE(device, record))";
inline constexpr std::string_view sealed_outcome_index = "CREATE INDEX sealed_outcome ON sealed(outcome)";
inline constexpr std::string_view sealed_record_index_1 = "CREATE INDEX sealed_record ON sealed(device, record)";
inline constexpr std::string_view value_table =
    "CREATE TABLE value(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL)";

// Version 1 as it was.
inline constexpr std::string_view quarantine_table_1 =
    "CREATE TABLE quarantine(id INTEGER PRIMARY KEY, file_sha256 TEXT NOT NULL UNIQUE, reason TEXT NOT NULL, "
    "detail TEXT NOT NULL)";
inline constexpr std::string_view sealed_table_1 =
    "CREATE TABLE sealed(id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch(id), name TEXT NOT NULL, "
    "sha256 BLOB NOT NULL UNIQUE, outcome INTEGER, detail TEXT NOT NULL, device TEXT NOT NULL, record TEXT NOT NULL, "
    "revision INTEGER NOT NULL, bytes BLOB NOT NULL)";
inline constexpr std::string_view sealed_name_index_1 = "CREATE INDEX sealed_name ON sealed(name)";

// Version 2: what devices noted about their own use, still sealed; up to where the chain of each is whole; and what
// their signed batches say its head was.
inline constexpr std::string_view audit_table_2 =
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, device TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, "
    "sha256 BLOB NOT NULL, bytes BLOB NOT NULL, UNIQUE(device, number))";
inline constexpr std::string_view audit_claim_table_2 =
    "CREATE TABLE audit_claim(id INTEGER PRIMARY KEY, device TEXT NOT NULL, number INTEGER NOT NULL, "
    "head BLOB NOT NULL, UNIQUE(device, number, head))";
inline constexpr std::string_view audit_whole_table_2 =
    "CREATE TABLE audit_whole(id INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, number INTEGER NOT NULL, "
    "head BLOB NOT NULL, broken INTEGER NOT NULL)";

// Version 3: a device is part of what identifies a sealed record and an audit entry; orders that wait for a person;
// batches whose certificate had ended; what is known of refused files that are not kept. The audit of each epoch is a
// chain of its own from where it leaves the one before. Epoch 0 holds what came before epochs were told apart.
inline constexpr std::string_view audit_table =
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "number INTEGER NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL, bytes BLOB NOT NULL, "
    "UNIQUE(device, epoch, number, name, sha256))";
inline constexpr std::string_view audit_number_index = "CREATE INDEX audit_number ON audit(device, number)";
inline constexpr std::string_view audit_claim_table =
    "CREATE TABLE audit_claim(id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "number INTEGER NOT NULL, head BLOB NOT NULL, UNIQUE(device, epoch, number, head))";
inline constexpr std::string_view audit_whole_table =
    "CREATE TABLE audit_whole(id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch INTEGER NOT NULL, "
    "start INTEGER NOT NULL, start_head BLOB NOT NULL, number INTEGER NOT NULL, head BLOB NOT NULL, "
    "broken INTEGER NOT NULL, UNIQUE(device, epoch))";
inline constexpr std::string_view batch_ended_table =
    "CREATE TABLE batch_ended(id INTEGER PRIMARY KEY, batch INTEGER NOT NULL UNIQUE REFERENCES batch(id))";
inline constexpr std::string_view held_table_3 =
    "CREATE TABLE held(id INTEGER PRIMARY KEY, sealed INTEGER NOT NULL UNIQUE REFERENCES sealed(id), "
    "device TEXT NOT NULL, record TEXT NOT NULL, revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, json BLOB NOT NULL)";
inline constexpr std::string_view held_record_index_3 = "CREATE INDEX held_record ON held(device, record)";
inline constexpr std::string_view quarantine_table =
    "CREATE TABLE quarantine(id INTEGER PRIMARY KEY, file_sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, "
    "kept INTEGER NOT NULL, file TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, "
    "UNIQUE(file_sha256, bytes))";
inline constexpr std::string_view record_sealed_index = "CREATE INDEX record_sealed ON record(sealed)";
inline constexpr std::string_view sealed_table =
    "CREATE TABLE sealed(id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch(id), name TEXT NOT NULL, "
    "sha256 BLOB NOT NULL, outcome INTEGER, detail TEXT NOT NULL, device TEXT NOT NULL, record TEXT NOT NULL, "
    "revision INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE(device, sha256))";
inline constexpr std::string_view sealed_name_index = "CREATE INDEX sealed_name ON sealed(device, name)";

// Version 4: what coordinators erased, and who did. `whole_visit`: what still comes of the device with the case code is
// erased as well.
inline constexpr std::string_view erased_table =
    "CREATE TABLE erased(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "case_code TEXT NOT NULL, day TEXT NOT NULL, cause INTEGER NOT NULL, reason TEXT NOT NULL, "
    "erased_by TEXT NOT NULL, whole_visit INTEGER NOT NULL, UNIQUE(device, record))";
inline constexpr std::string_view erased_code_index = "CREATE INDEX erased_code ON erased(device, case_code)";

// Version 5: whoever sends thousands of versions of one record makes nobody wait. What is kept of a record, which
// batches brought it, and whether a version is held, is found without looking at the other versions.
inline constexpr std::string_view sealed_batch_index_5 = "CREATE INDEX sealed_batch ON sealed(device, record, batch)";
inline constexpr std::string_view sealed_kept_index_5 =
    "CREATE INDEX sealed_kept ON sealed(device, record) WHERE length(bytes) > 0";
inline constexpr std::string_view held_version_index = "CREATE INDEX held_version ON held(device, record, json_sha256)";

// Version 6: what a list shows, filters by and sorts by are columns, before the JSON that no list reads. `urgency` is
// rules::urgency(), `worst` the highest of the three readings, `raised` 0 or one more than the reading that a worker
// raised. They are empty after the migration and filled from the JSON when the casebook is opened.
inline constexpr std::string_view record_table_6 =
    "CREATE TABLE record(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "sealed INTEGER NOT NULL REFERENCES sealed(id), revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, "
    "urgency INTEGER NOT NULL, unreadable INTEGER NOT NULL, training INTEGER NOT NULL, day TEXT NOT NULL, "
    "form TEXT NOT NULL, form_version TEXT NOT NULL, mode INTEGER NOT NULL, role INTEGER NOT NULL, "
    "follows TEXT NOT NULL, danger INTEGER NOT NULL, harm INTEGER NOT NULL, risk INTEGER NOT NULL, "
    "worst INTEGER NOT NULL, raised INTEGER NOT NULL, danger_rule TEXT NOT NULL, harm_rule TEXT NOT NULL, "
    "risk_rule TEXT NOT NULL, json BLOB NOT NULL, UNIQUE(device, record))";
inline constexpr std::string_view held_table_6 =
    "CREATE TABLE held(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "sealed INTEGER NOT NULL UNIQUE REFERENCES sealed(id), revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, "
    "urgency INTEGER NOT NULL, unreadable INTEGER NOT NULL, training INTEGER NOT NULL, day TEXT NOT NULL, "
    "form TEXT NOT NULL, form_version TEXT NOT NULL, mode INTEGER NOT NULL, role INTEGER NOT NULL, "
    "follows TEXT NOT NULL, danger INTEGER NOT NULL, harm INTEGER NOT NULL, risk INTEGER NOT NULL, "
    "worst INTEGER NOT NULL, raised INTEGER NOT NULL, danger_rule TEXT NOT NULL, harm_rule TEXT NOT NULL, "
    "risk_rule TEXT NOT NULL, json BLOB NOT NULL)";
inline constexpr std::string_view record_list_index_6 =
    "CREATE INDEX record_list ON record(urgency, case_code, device, record, sealed, kind, unreadable, training, day, "
    "form, mode, danger, worst)";
inline constexpr std::string_view held_list_index_6 =
    "CREATE INDEX held_list ON held(urgency, case_code, device, record, sealed, kind, unreadable, training, day, "
    "form, mode, danger, worst) WHERE kind <> 2";  // no withdrawals
inline constexpr std::string_view record_day_index_6 = "CREATE INDEX record_day ON record(day, sealed)";
inline constexpr std::string_view record_code_index_6 =
    "CREATE INDEX record_code ON record(case_code, device, record, sealed)";
inline constexpr std::string_view record_id_index_6 = "CREATE INDEX record_id ON record(record)";

// Version 8: what coordinators do about a case, and who opened which; that stays when the case is erased.
inline constexpr std::string_view access_table_8 =
    "CREATE TABLE access(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, day TEXT NOT NULL, "
    "access_by TEXT NOT NULL)";
// `exported`: the format; empty where it was shown or counted.
inline constexpr std::string_view access_table =
    "CREATE TABLE access(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, day TEXT NOT NULL, "
    "access_by TEXT NOT NULL, exported TEXT NOT NULL)";
inline constexpr std::string_view step_table_8 =
    "CREATE TABLE step(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, day TEXT NOT NULL, "
    "kind INTEGER NOT NULL, said TEXT NOT NULL, step_by TEXT NOT NULL)";
inline constexpr std::string_view step_record_index = "CREATE INDEX step_record ON step(device, record)";

// Version 9: what coordinators did of a visit is in columns of what is listed and held of it, for lists: `status` is a
// CaseStatus, `assigned` empty for nobody, `referred` a ReferralState. Steps say of which place and of which other
// record; `link` has two records that belong together, the lesser (by device and record) first.
inline constexpr std::string_view record_table =
    "CREATE TABLE record(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "sealed INTEGER NOT NULL REFERENCES sealed(id), revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, "
    "urgency INTEGER NOT NULL, unreadable INTEGER NOT NULL, training INTEGER NOT NULL, day TEXT NOT NULL, "
    "form TEXT NOT NULL, form_version TEXT NOT NULL, mode INTEGER NOT NULL, role INTEGER NOT NULL, "
    "follows TEXT NOT NULL, danger INTEGER NOT NULL, harm INTEGER NOT NULL, risk INTEGER NOT NULL, "
    "worst INTEGER NOT NULL, raised INTEGER NOT NULL, danger_rule TEXT NOT NULL, harm_rule TEXT NOT NULL, "
    "risk_rule TEXT NOT NULL, status INTEGER NOT NULL DEFAULT 0, assigned TEXT NOT NULL DEFAULT '', "
    "referred INTEGER NOT NULL DEFAULT 0, json BLOB NOT NULL, UNIQUE(device, record))";
inline constexpr std::string_view held_table =
    "CREATE TABLE held(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "sealed INTEGER NOT NULL UNIQUE REFERENCES sealed(id), revision INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "case_code TEXT NOT NULL, json_sha256 BLOB NOT NULL, "
    "urgency INTEGER NOT NULL, unreadable INTEGER NOT NULL, training INTEGER NOT NULL, day TEXT NOT NULL, "
    "form TEXT NOT NULL, form_version TEXT NOT NULL, mode INTEGER NOT NULL, role INTEGER NOT NULL, "
    "follows TEXT NOT NULL, danger INTEGER NOT NULL, harm INTEGER NOT NULL, risk INTEGER NOT NULL, "
    "worst INTEGER NOT NULL, raised INTEGER NOT NULL, danger_rule TEXT NOT NULL, harm_rule TEXT NOT NULL, "
    "risk_rule TEXT NOT NULL, status INTEGER NOT NULL DEFAULT 0, assigned TEXT NOT NULL DEFAULT '', "
    "referred INTEGER NOT NULL DEFAULT 0, json BLOB NOT NULL)";
inline constexpr std::string_view record_list_index =
    "CREATE INDEX record_list ON record(urgency, case_code, device, record, sealed, kind, unreadable, training, day, "
    "form, mode, danger, worst, status, assigned, referred)";
inline constexpr std::string_view held_list_index =
    "CREATE INDEX held_list ON held(urgency, case_code, device, record, sealed, kind, unreadable, training, day, "
    "form, mode, danger, worst, status, assigned, referred) WHERE kind <> 2";  // no withdrawals
inline constexpr std::string_view step_table =
    "CREATE TABLE step(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, day TEXT NOT NULL, "
    "kind INTEGER NOT NULL, said TEXT NOT NULL, place TEXT NOT NULL, other_device TEXT NOT NULL, "
    "other_record TEXT NOT NULL, step_by TEXT NOT NULL)";
inline constexpr std::string_view step_other_index =
    "CREATE INDEX step_other ON step(other_device, other_record) WHERE other_record <> ''";
inline constexpr std::string_view link_table =
    "CREATE TABLE link(id INTEGER PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, "
    "other_device TEXT NOT NULL, other_record TEXT NOT NULL, UNIQUE(device, record, other_device, other_record))";
inline constexpr std::string_view link_other_index = "CREATE INDEX link_other ON link(other_device, other_record)";

// Version 11: an import touches fewer indexes in places that lie anywhere, and a list has a small one for each filter,
// where the rows of an import follow each other (filters.cpp). Days and codes say what is practice, so that what a page
// by its number leaves out is not read.
inline constexpr std::string_view sealed_record_index =
    "CREATE INDEX sealed_record ON sealed(device, record, length(bytes) > 0, batch)";
inline constexpr std::string_view record_day_index = "CREATE INDEX record_day ON record(day, sealed, training)";
inline constexpr std::string_view record_code_index =
    "CREATE INDEX record_code ON record(case_code, device, record, sealed, training)";
inline constexpr std::string_view record_assigned_index = "CREATE INDEX record_assigned ON record(assigned)";
inline constexpr std::string_view record_danger_index = "CREATE INDEX record_danger ON record(danger)";
inline constexpr std::string_view record_form_index = "CREATE INDEX record_form ON record(form)";
inline constexpr std::string_view record_kind_index = "CREATE INDEX record_kind ON record(kind)";
inline constexpr std::string_view record_mode_index = "CREATE INDEX record_mode ON record(mode)";
inline constexpr std::string_view record_referred_index = "CREATE INDEX record_referred ON record(referred)";
inline constexpr std::string_view record_status_index = "CREATE INDEX record_status ON record(status)";
inline constexpr std::string_view record_unreadable_index =
    "CREATE INDEX record_unreadable ON record(unreadable) WHERE unreadable = 1";
inline constexpr std::string_view record_urgency_index = "CREATE INDEX record_urgency ON record(urgency)";
inline constexpr std::string_view record_worst_index = "CREATE INDEX record_worst ON record(worst)";

/// Every CREATE statement of the newest version, by name of what it creates.
inline constexpr std::array expected{access_table,
                                     audit_table,
                                     audit_claim_table,
                                     audit_number_index,
                                     audit_whole_table,
                                     batch_table,
                                     batch_ended_table,
                                     device_table,
                                     erased_table,
                                     erased_code_index,
                                     held_table,
                                     held_list_index,
                                     held_version_index,
                                     link_table,
                                     link_other_index,
                                     quarantine_table,
                                     record_table,
                                     record_assigned_index,
                                     record_code_index,
                                     record_danger_index,
                                     record_day_index,
                                     record_form_index,
                                     record_kind_index,
                                     record_list_index,
                                     record_mode_index,
                                     record_referred_index,
                                     record_sealed_index,
                                     record_status_index,
                                     record_unreadable_index,
                                     record_urgency_index,
                                     record_worst_index,
                                     sealed_table,
                                     sealed_name_index,
                                     sealed_outcome_index,
                                     sealed_record_index,
                                     step_table,
                                     step_other_index,
                                     step_record_index,
                                     value_table};

inline constexpr std::array version_1{batch_table,          device_table_1,        quarantine_table_1,
                                      record_table_1,       sealed_table_1,        sealed_name_index_1,
                                      sealed_outcome_index, sealed_record_index_1, value_table};
inline constexpr std::array version_2{audit_table_2, audit_claim_table_2, audit_whole_table_2};
// Tables whose constraints change are made anew under their name, filled, and the old ones dropped, children first.
inline constexpr std::array<std::string_view, 33> version_3{
    "ALTER TABLE sealed RENAME TO sealed_2", "ALTER TABLE record RENAME TO record_2",
    "ALTER TABLE quarantine RENAME TO quarantine_2", "ALTER TABLE audit RENAME TO audit_2",
    "ALTER TABLE audit_claim RENAME TO audit_claim_2", "ALTER TABLE audit_whole RENAME TO audit_whole_2", sealed_table,
    "INSERT INTO sealed(id, batch, name, sha256, outcome, detail, device, record, revision, bytes) "
    "SELECT id, batch, name, sha256, outcome, detail, device, record, revision, bytes FROM sealed_2 ORDER BY id",
    record_table_1,
    "INSERT INTO record(id, device, record, sealed, revision, kind, case_code, json_sha256, json) "
    "SELECT id, device, record, sealed, revision, kind, case_code, json_sha256, json FROM record_2 ORDER BY id",
    quarantine_table,
    "INSERT INTO quarantine(id, file_sha256, bytes, kept, file, reason, detail) "
    "SELECT id, file_sha256, 0, 1, '', reason, detail FROM quarantine_2 ORDER BY id",
    audit_table,
    "INSERT INTO audit(id, device, epoch, number, name, sha256, bytes) "
    "SELECT id, device, 0, number, name, sha256, bytes FROM audit_2 ORDER BY id",
    audit_claim_table,
    "INSERT INTO audit_claim(id, device, epoch, number, head) "
    "SELECT id, device, 0, number, head FROM audit_claim_2 ORDER BY id",
    audit_whole_table,
    "INSERT INTO audit_whole(id, device, epoch, start, start_head, number, head, broken) "
    "SELECT id, device, 0, 0, zeroblob(32), number, head, broken FROM audit_whole_2 ORDER BY id",
    "DROP TABLE record_2", "DROP TABLE sealed_2", "DROP TABLE quarantine_2", "DROP TABLE audit_2",
    "DROP TABLE audit_claim_2", "DROP TABLE audit_whole_2", batch_ended_table, held_table_3, audit_number_index,
    held_record_index_3, record_sealed_index, sealed_name_index, sealed_outcome_index, sealed_record_index_1,
    // Up to here batches may have been taken in without their audit.
    "INSERT INTO value(name, bytes) SELECT 'audit_since', CAST(CAST(last AS TEXT) AS BLOB) FROM "
    "(SELECT max(id) AS last FROM batch) WHERE last > 0"};
inline constexpr std::array version_4{erased_table, erased_code_index};
inline constexpr std::array<std::string_view, 5> version_5{"DROP INDEX sealed_record", "DROP INDEX held_record",
                                                           sealed_batch_index_5, sealed_kept_index_5,
                                                           held_version_index};
inline constexpr std::array<std::string_view, 15> version_6{
    "ALTER TABLE record RENAME TO record_5",
    "ALTER TABLE held RENAME TO held_5",
    record_table_6,
    "INSERT INTO record(id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, "
    "raised, danger_rule, harm_rule, risk_rule, json) "
    "SELECT id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "0, 0, 0, '', '', '', 0, 0, '', 0, 0, 0, 0, 0, '', '', '', json FROM record_5 ORDER BY id",
    held_table_6,
    "INSERT INTO held(id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, "
    "raised, danger_rule, harm_rule, risk_rule, json) "
    "SELECT id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "0, 0, 0, '', '', '', 0, 0, '', 0, 0, 0, 0, 0, '', '', '', json FROM held_5 ORDER BY id",
    "DROP TABLE record_5",
    "DROP TABLE held_5",
    record_sealed_index,
    held_version_index,
    record_list_index_6,
    record_day_index_6,
    record_code_index_6,
    record_id_index_6,
    held_list_index_6};
inline constexpr std::array<std::string_view, 4> version_7{
    "ALTER TABLE device RENAME TO device_6", device_table,
    "INSERT INTO device(id, device, forked, revoked, revoked_by) "
    "SELECT id, device, forked, revoked, 0 FROM device_6 ORDER BY id",
    "DROP TABLE device_6"};

inline constexpr std::array version_8{access_table_8, step_table_8, step_record_index};

// What was noted of any form of a visit counts for all of it. Then the numbers of CaseStatus and the kinds of Step.
inline constexpr std::array<std::string_view, 25> version_9{
    "ALTER TABLE record RENAME TO record_8",
    "ALTER TABLE held RENAME TO held_8",
    "ALTER TABLE step RENAME TO step_8",
    record_table,
    "INSERT INTO record(id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, "
    "raised, danger_rule, harm_rule, risk_rule, json) "
    "SELECT id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, "
    "raised, danger_rule, harm_rule, risk_rule, json FROM record_8 ORDER BY id",
    held_table,
    "INSERT INTO held(id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, "
    "raised, danger_rule, harm_rule, risk_rule, json) "
    "SELECT id, device, record, sealed, revision, kind, case_code, json_sha256, "
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, "
    "raised, danger_rule, harm_rule, risk_rule, json FROM held_8 ORDER BY id",
    step_table,
    "INSERT INTO step(id, device, record, day, kind, said, place, other_device, other_record, step_by) "
    "SELECT id, device, record, day, kind, said, '', '', '', step_by FROM step_8 ORDER BY id",
    "DROP TABLE record_8",
    "DROP TABLE held_8",
    "DROP TABLE step_8",
    link_table,
    link_other_index,
    record_sealed_index,
    held_version_index,
    record_day_index_6,
    record_code_index_6,
    record_id_index_6,
    step_record_index,
    step_other_index,
    "UPDATE record SET status = coalesce((SELECT CASE s.said WHEN 'working' THEN 1 WHEN 'waiting' THEN 2 WHEN 'closed' "
    "THEN 3 ELSE 0 END FROM record v JOIN step s ON s.device = v.device AND s.record = v.record WHERE v.device = "
    "record.device AND v.case_code = record.case_code AND s.kind = 2 ORDER BY s.id DESC LIMIT 1), 0), "
    "assigned = coalesce((SELECT s.said FROM record v JOIN step s ON s.device = v.device AND s.record = v.record WHERE "
    "v.device = record.device AND v.case_code = record.case_code AND s.kind = 1 ORDER BY s.id DESC LIMIT 1), '') "
    "WHERE (device, case_code) IN (SELECT v.device, v.case_code FROM step s JOIN record v ON v.device = s.device AND "
    "v.record = s.record)",
    "UPDATE held SET (status, assigned) = (SELECT status, assigned FROM record r WHERE r.device = held.device AND "
    "r.record = held.record) WHERE EXISTS (SELECT 1 FROM record r WHERE r.device = held.device AND r.record = "
    "held.record)",
    record_list_index,
    held_list_index};

inline constexpr std::array<std::string_view, 4> version_10{
    "ALTER TABLE access RENAME TO access_9", access_table,
    "INSERT INTO access(id, device, record, day, access_by, exported) "
    "SELECT id, device, record, day, access_by, '' FROM access_9 ORDER BY id",
    "DROP TABLE access_9"};

inline constexpr std::array<std::string_view, 18> version_11{
    "DROP INDEX sealed_batch", "DROP INDEX sealed_kept", "DROP INDEX record_day", "DROP INDEX record_code",
    "DROP INDEX record_id",    sealed_record_index,      record_day_index,        record_code_index,
    record_assigned_index,     record_danger_index,      record_form_index,       record_kind_index,
    record_mode_index,         record_referred_index,    record_status_index,     record_unreadable_index,
    record_urgency_index,      record_worst_index};

/// `migrations[i]` leads from version i to i + 1. What a released one says never changes.
inline constexpr std::array<app::database::Migration, 11> migrations{
    app::database::Migration(version_1),  app::database::Migration(version_2), app::database::Migration(version_3),
    app::database::Migration(version_4),  app::database::Migration(version_5), app::database::Migration(version_6),
    app::database::Migration(version_7),  app::database::Migration(version_8), app::database::Migration(version_9),
    app::database::Migration(version_10), app::database::Migration(version_11)};

}  // namespace app::casebook::sqlcipher::schema
