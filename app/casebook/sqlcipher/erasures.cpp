#include "app/casebook/sqlcipher/erasures.hpp"

#include "app/casebook/cases.hpp"
#include "app/casebook/outcome.hpp"
#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/handled.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

// Of what is listed, else of one that is held. What this version cannot read says no form and no day, and is erased by
// its code or id only.
Result<std::vector<Erasable>> Erasures::kept() {
    return ours(database_->rows(
        "SELECT s.device, s.record, sum(length(s.bytes) > 0), count(h.id), r.kind, e.case_code IS NOT NULL, "
        "coalesce(r.case_code, CASE WHEN k.unreadable = 0 THEN k.case_code END, e.case_code, ''), "
        "coalesce(r.form, k.form, ''), coalesce(r.day, k.day, '') FROM sealed s LEFT JOIN held h ON h.sealed = s.id "
        "LEFT JOIN record r ON r.device = s.device AND r.record = s.record "
        "LEFT JOIN held k ON k.id = (SELECT min(id) FROM held WHERE device = s.device AND record = s.record) "
        "LEFT JOIN erased e ON e.device = s.device AND e.record = s.record "
        "WHERE trim(s.record) <> '' GROUP BY s.device, s.record ORDER BY s.device, s.record",
        [](const Row& row) {
            Erasable one;
            one.device = row.text(0);
            one.record = row.text(1);
            one.sealed = row.number<std::size_t>(2);
            one.held = row.number<std::size_t>(3);
            one.withdrawn = !row.is_null(4) && row.number<Kind>(4) == Kind::Withdrawn;
            one.erased = row.integer(5) == 1;
            one.case_code = row.text(6);
            one.form = row.text(7);
            one.day = row.text(8);
            return one;
        }));
}

Result<std::vector<HeldName>> Erasures::held(std::string_view device, std::string_view record) {
    return ours(database_->rows(
        "SELECT case_code, day FROM held WHERE device = ?1 AND record = ?2",
        [](const Row& row) {
            return HeldName{std::string(row.text(0)), std::string(row.text(1))};
        },
        device, record));
}

Result<std::vector<crypto::Digest>> Erasures::digests(std::string_view device, std::string_view record) {
    return ours(database_->rows(
        "SELECT sha256 FROM sealed WHERE device = ?1 AND record = ?2",
        [](const Row& row) { return digest_of(row.bytes(0)); }, device, record));
}

Result<void> Erasures::each_stray(const SeeStray& see) {
    return each_until(
        *database_,
        "SELECT s.id, s.device, s.name, s.bytes FROM sealed s WHERE length(s.bytes) > 0 AND NOT EXISTS (SELECT 1 FROM "
        "record r WHERE r.device = s.device AND r.record = s.record) AND NOT EXISTS (SELECT 1 FROM held h WHERE "
        "h.device = s.device AND h.record = s.record) ORDER BY s.id",
        [&](const Row& row) -> Result<bool> {
            AMPARO_DO(see({row.integer(0), std::string(row.text(1)), std::string(row.text(2))}, row.bytes(3)));
            return true;
        });
}

Result<bool> Erasures::same_was_erased(std::int64_t sealed) {
    return any_of(
        database_->number("SELECT count(*) FROM sealed WHERE device IN (SELECT device FROM device) AND "
                          "sha256 = (SELECT sha256 FROM sealed WHERE id = ?1) AND outcome = ?2 AND trim(record) <> ''",
                          sealed, Outcome::Erased));
}

// Whoever else brought the same bytes: they say nothing else, and are no record of those who brought them.
Result<void> Erasures::erase(std::string_view device, std::string_view record) {
    AMPARO_DO(forget_handled(*database_, device, record));
    AMPARO_DO(ours(database_->run("DELETE FROM held WHERE device = ?1 AND record = ?2", device, record)));
    AMPARO_DO(ours(database_->run("DELETE FROM record WHERE device = ?1 AND record = ?2", device, record)));
    return ours(database_->run(
        "UPDATE sealed SET bytes = x'', outcome = ?3, detail = 'erased' WHERE device IN (SELECT device FROM device) "
        "AND (device = ?1 OR trim(record) = '') AND sha256 IN (SELECT sha256 FROM sealed WHERE device = ?1 AND record "
        "= ?2)",
        device, record, Outcome::Erased));
}

Result<void> Erasures::note(const Erased& erased, bool whole_visit) {
    return ours(
        database_->run("INSERT INTO erased(device, record, case_code, day, cause, reason, erased_by, whole_visit) "
                       "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
                       "ON CONFLICT(device, record) DO UPDATE SET whole_visit = max(whole_visit, excluded.whole_visit)",
                       erased.device, erased.record, erased.case_code, erased.day, erased.cause, erased.reason,
                       erased.by, whole_visit));
}

Result<void> Erasures::note_with_visit(std::string_view device, std::string_view record, std::string_view case_code) {
    return ours(
        database_->run("INSERT INTO erased(device, record, case_code, day, cause, reason, erased_by, whole_visit) "
                       "SELECT device, ?2, case_code, day, cause, reason, erased_by, 1 FROM erased "
                       "WHERE device = ?1 AND case_code = ?3 AND whole_visit = 1 ORDER BY id LIMIT 1 "
                       "ON CONFLICT(device, record) DO NOTHING",
                       device, record, case_code));
}

Result<bool> Erasures::was_erased(std::string_view device, std::string_view record) {
    return any_of(database_->number("SELECT count(*) FROM erased WHERE device = ?1 AND record = ?2", device, record));
}

Result<bool> Erasures::visit_was_erased(std::string_view device, std::string_view case_code) {
    return any_of(database_->number(
        "SELECT count(*) FROM erased WHERE device = ?1 AND case_code = ?2 AND whole_visit = 1", device, case_code));
}

Result<std::vector<Erased>> Erasures::erased() {
    return ours(database_->rows(
        "SELECT device, record, case_code, day, cause, reason, erased_by, whole_visit FROM erased ORDER BY day DESC, "
        "id DESC",
        [](const Row& row) {
            return Erased{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                          std::string(row.text(3)), row.number<ErasedFor>(4), std::string(row.text(5)),
                          std::string(row.text(6)), row.integer(7) == 1};
        }));
}

}  // namespace app::casebook::sqlcipher
