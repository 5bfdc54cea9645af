#include "app/casebook/sqlcipher/ledger.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/handled.hpp"
#include "app/casebook/sqlcipher/listing.hpp"
#include "app/casebook/sqlcipher/schema.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

Kept kept_in(const Row& row) {
    return {row.integer(0), row.integer(1), row.integer(2) == 1};
}

}  // namespace

Result<std::int64_t> Ledger::keep(const Arrival& arrival) {
    AMPARO_DO(
        ours(database_->run("INSERT INTO sealed(batch, name, sha256, outcome, detail, device, record, revision, bytes) "
                            "VALUES(?1, ?2, ?3, NULL, '', ?4, ?5, ?6, ?7)",
                            arrival.batch, arrival.name, arrival.sha256, arrival.device, schema::nobodys_record,
                            schema::nobodys_revision, arrival.sealed)));
    return database_->last_row_id();
}

Result<std::optional<Kept>> Ledger::kept_as(std::string_view device, const crypto::Digest& sha256) {
    return ours(database_->one("SELECT id, batch, length(bytes) = 0 FROM sealed WHERE device = ?1 AND sha256 = ?2",
                               kept_in, device, sha256));
}

Result<crypto::Bytes> Ledger::original(std::string_view device, std::string_view name) {
    AMPARO_TRY(bytes, ours(database_->one(
                          "SELECT bytes FROM sealed WHERE device = ?1 AND name = ?2 AND length(bytes) > 0",
                          [](const Row& row) { return row.copy_of(0); }, device, name)));
    if (!bytes) return tl::unexpected(Error::NotFound);
    return std::move(*bytes);
}

Result<void> Ledger::own(std::int64_t sealed, const Record& record) {
    return ours(database_->run("UPDATE sealed SET record = ?1, revision = ?2 WHERE id = ?3", record.record,
                               record.revision, sealed));
}

Result<void> Ledger::mark(std::int64_t sealed, const Fate& fate) {
    return ours(
        database_->run("UPDATE sealed SET outcome = ?1, detail = ?2 WHERE id = ?3", fate.outcome, fate.why, sealed));
}

Result<std::optional<Fate>> Ledger::fate(std::int64_t sealed) {
    return ours(database_->one(
        "SELECT outcome, detail FROM sealed WHERE id = ?1 AND outcome IS NOT NULL",
        [](const Row& row) {
            return Fate{row.number<Outcome>(0), std::string(row.text(1))};
        },
        sealed));
}

Result<std::optional<Sealed>> Ledger::sealed(std::int64_t sealed) {
    return ours(database_->one(
        "SELECT device, bytes, batch FROM sealed WHERE id = ?1",
        [](const Row& row) {
            return Sealed{std::string(row.text(0)), row.integer(2), row.copy_of(1)};
        },
        sealed));
}

Result<std::vector<Kept>> Ledger::waiting(std::int64_t batch) {
    return ours(
        database_->rows("SELECT id, batch, length(bytes) = 0 FROM sealed WHERE outcome IS NULL OR (outcome = ?1 AND "
                        "batch = ?2) ORDER BY id",
                        kept_in, Outcome::NotForUs, batch));
}

Result<bool> Ledger::waits(std::int64_t sealed) {
    return any_of(database_->number("SELECT count(*) FROM sealed WHERE id = ?1 AND (outcome IS NULL OR outcome = ?2)",
                                    sealed, Outcome::NotForUs));
}

Result<std::optional<Told>> Ledger::told(std::int64_t sealed) {
    return ours(database_->one(
        "SELECT s.name, s.outcome, s.detail, coalesce(r.case_code, "
        "CASE WHEN h.kind = ?2 THEN l.case_code END, h.case_code, e.case_code, ''), coalesce(r.kind, h.kind, 1) = 0 "
        "FROM sealed s LEFT JOIN record r ON r.sealed = s.id LEFT JOIN held h ON h.sealed = s.id "
        "LEFT JOIN record l ON l.device = h.device AND l.record = h.record "
        "LEFT JOIN erased e ON e.device = s.device AND e.record = s.record "
        "WHERE s.id = ?1 AND s.outcome IS NOT NULL",
        [](const Row& row) {
            return Told{std::string(row.text(0)),
                        {row.number<Outcome>(1), std::string(row.text(2))},
                        std::string(row.text(3)),
                        row.integer(4) == 1};
        },
        sealed, Kind::Withdrawn));
}

Result<std::vector<Unlisted>> Ledger::unlisted() {
    return ours(database_->rows(
        "SELECT name, device, outcome, detail FROM sealed WHERE outcome BETWEEN ?1 AND ?2 ORDER BY id",
        [](const Row& row) {
            return Unlisted{std::string(row.text(0)), std::string(row.text(1)), row.number<Outcome>(2),
                            std::string(row.text(3))};
        },
        Outcome::NotForUs, Outcome::Conflict));
}

Result<bool> Ledger::has_other(std::string_view device, std::string_view record, std::int64_t sealed) {
    return any_of(database_->number("SELECT 1 FROM sealed WHERE device = ?1 AND record = ?2 AND id <> ?3 LIMIT 1",
                                    device, record, sealed));
}

Result<std::optional<std::int64_t>> Ledger::next_batch(std::string_view device, std::string_view record,
                                                       std::int64_t batch) {
    // Of those that still have bytes and of those that do not: in the index each is in the order of batches.
    AMPARO_TRY(const next,
               ours(database_->number(
                   "SELECT min(batch) FROM (SELECT min(batch) AS batch FROM sealed INDEXED BY sealed_record WHERE "
                   "device = ?1 AND record = ?2 AND (length(bytes) > 0) = 0 AND batch > ?3 UNION ALL "
                   "SELECT min(batch) FROM sealed INDEXED BY sealed_record WHERE device = ?1 AND record = ?2 AND "
                   "(length(bytes) > 0) = 1 AND batch > ?3)",
                   device, record, batch)));
    return next > 0 ? std::optional(next) : std::nullopt;
}

Result<void> Ledger::empty(std::int64_t sealed) {
    return ours(database_->run("UPDATE sealed SET bytes = x'', outcome = ?1, detail = 'erased' WHERE id = ?2",
                               Outcome::Erased, sealed));
}

// Only rows that still have bytes are looked at: many orders about one record cost no more.
Result<void> Ledger::empty_record(std::string_view device, std::string_view record, std::int64_t but) {
    AMPARO_DO(ours(database_->run(
        "UPDATE sealed INDEXED BY sealed_record SET bytes = x'', outcome = ?1, detail = 'erased' WHERE device = ?2 AND "
        "record = ?3 AND (length(bytes) > 0) = 1 AND id <> ?4",
        Outcome::WasWithdrawn, device, record, but)));
    AMPARO_DO(forget_handled(*database_, device, record));
    return ours(database_->run("DELETE FROM held WHERE device = ?1 AND record = ?2", device, record));
}

Result<void> Ledger::list(const Entry& entry) {
    return put_listed(*database_, entry, crypto::sha256(ready_, crypto::as_bytes(entry.json)));
}

Result<std::optional<Listed>> Ledger::listed(std::string_view device, std::string_view record) {
    // What an earlier version listed and this one cannot read says no day and no practice.
    return ours(database_->one(
        "SELECT r.sealed, s.batch, r.revision, r.kind, r.json_sha256, r.case_code, r.day, r.training FROM record r "
        "JOIN sealed s ON s.id = r.sealed WHERE r.device = ?1 AND r.record = ?2",
        [](const Row& row) {
            return Listed{row.integer(0),
                          row.integer(1),
                          row.number<std::uint32_t>(2),
                          row.number<Kind>(3) == Kind::Withdrawn,
                          digest_of(row.bytes(4)),
                          std::string(row.text(5)),
                          std::string(row.text(6)),
                          row.integer(7) == 1};
        },
        device, record));
}

Result<CasePage> Ledger::cases(const CaseQuery& query) {
    return page(*database_, query);
}

Result<std::string> Ledger::json(std::string_view device, std::string_view record, std::string_view version) {
    const auto digest = crypto::from_hex(version);
    if (!digest) return tl::unexpected(Error::NotFound);
    AMPARO_TRY(
        json, ours(database_->one(
                  "SELECT json FROM record WHERE device = ?1 AND record = ?2 AND json_sha256 = ?3 UNION ALL "
                  "SELECT json FROM held WHERE device = ?1 AND record = ?2 AND json_sha256 = ?3 LIMIT 1",
                  [](const Row& row) { return std::string(crypto::as_text(row.bytes(0))); }, device, record, *digest)));
    if (!json) return tl::unexpected(Error::NotFound);
    return std::move(*json);
}

Result<void> Ledger::hold(const Entry& entry) {
    return put_held(*database_, entry, crypto::sha256(ready_, crypto::as_bytes(entry.json)));
}

Result<void> Ledger::hold_listed(std::int64_t sealed) {
    return copy_to_held(*database_, sealed);
}

Result<bool> Ledger::is_held(std::string_view device, std::string_view record, const crypto::Digest& json_sha256) {
    return any_of(database_->number("SELECT count(*) FROM held WHERE device = ?1 AND record = ?2 AND json_sha256 = ?3",
                                    device, record, json_sha256));
}

Result<std::vector<Held>> Ledger::held() {
    return ours(database_->rows(
        "SELECT h.device, h.record, CASE WHEN h.kind = ?1 THEN coalesce(r.case_code, h.case_code) ELSE h.case_code "
        "END, h.revision, h.kind, s.detail, h.json_sha256 FROM held h JOIN sealed s ON s.id = h.sealed "
        "LEFT JOIN record r ON r.device = h.device AND r.record = h.record ORDER BY h.device, h.record, h.id",
        [](const Row& row) {
            return Held{std::string(row.text(0)),
                        std::string(row.text(1)),
                        std::string(row.text(2)),
                        row.number<std::uint32_t>(3),
                        row.number<Kind>(4) == Kind::Withdrawn,
                        std::string(row.text(5)),
                        crypto::to_hex(row.bytes(6))};
        },
        Kind::Withdrawn));
}

Result<std::vector<Kept>> Ledger::held_of(std::string_view device) {
    return ours(
        database_->rows("SELECT h.sealed, s.batch, length(s.bytes) = 0 FROM held h JOIN sealed s ON s.id = h.sealed "
                        "WHERE h.device = ?1 "
                        "ORDER BY h.revision DESC, h.id",
                        kept_in, device));
}

Result<std::vector<Kept>> Ledger::held_as(const Held& held) {
    const auto digest = crypto::from_hex(held.version);
    if (!digest) return std::vector<Kept>{};
    return ours(
        database_->rows("SELECT h.sealed, s.batch, length(s.bytes) = 0 FROM held h JOIN sealed s ON s.id = h.sealed "
                        "WHERE h.device = ?1 AND h.record = ?2 "
                        "AND h.json_sha256 = ?3 AND (h.kind = ?4) = ?5 ORDER BY h.revision DESC, h.id",
                        kept_in, held.device, held.record, *digest, Kind::Withdrawn, held.withdrawal));
}

Result<std::optional<std::string>> Ledger::held_json(std::int64_t sealed) {
    return ours(database_->one(
        "SELECT json FROM held WHERE sealed = ?1",
        [](const Row& row) { return std::string(crypto::as_text(row.bytes(0))); }, sealed));
}

Result<void> Ledger::release(std::int64_t sealed) {
    return ours(database_->run("DELETE FROM held WHERE sealed = ?1", sealed));
}

}  // namespace app::casebook::sqlcipher
