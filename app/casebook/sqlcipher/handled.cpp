#include "app/casebook/sqlcipher/handled.hpp"

#include "app/casebook/handling.hpp"
#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

static_assert(static_cast<int>(StepKind::Assigned) == 1 && static_cast<int>(StepKind::Status) == 2 &&
                  static_cast<int>(StepKind::Referred) == 3 && static_cast<int>(StepKind::Declined) == 6,
              "statements name them by their numbers");
static_assert(static_cast<int>(CaseStatus::Working) == 1 && static_cast<int>(CaseStatus::Waiting) == 2 &&
                  static_cast<int>(CaseStatus::Closed) == 3 && static_cast<int>(ReferralState::Referred) == 1 &&
                  static_cast<int>(ReferralState::Declined) == 4,
              "the same");

/// Of a visit: device ?1, code ?2. The latest step of each matter counts.
Result<void> note_visit(app::database::Database& database, std::string_view device, std::string_view code) {
    AMPARO_DO(ours(database.run(
        "UPDATE record SET "
        "status = coalesce((SELECT CASE s.said WHEN 'working' THEN 1 WHEN 'waiting' THEN 2 WHEN 'closed' THEN 3 ELSE 0 "
        "END FROM record v JOIN step s ON s.device = v.device AND s.record = v.record WHERE v.device = ?1 AND "
        "v.case_code = ?2 AND s.kind = 2 ORDER BY s.id DESC LIMIT 1), 0), "
        "assigned = coalesce((SELECT s.said FROM record v JOIN step s ON s.device = v.device AND s.record = v.record "
        "WHERE v.device = ?1 AND v.case_code = ?2 AND s.kind = 1 ORDER BY s.id DESC LIMIT 1), ''), "
        "referred = coalesce((SELECT s.kind - 2 FROM record v JOIN step s ON s.device = v.device AND s.record = "
        "v.record WHERE v.device = ?1 AND v.case_code = ?2 AND s.kind BETWEEN 3 AND 6 ORDER BY s.id DESC LIMIT 1), 0) "
        "WHERE device = ?1 AND case_code = ?2",
        device, code)));
    return ours(database.run(
        "UPDATE held SET (status, assigned, referred) = (SELECT status, assigned, referred FROM record r WHERE "
        "r.device = held.device AND r.record = held.record) WHERE device = ?1 AND record IN (SELECT record FROM "
        "record WHERE device = ?1 AND case_code = ?2)",
        device, code));
}

/// Any other form of the visit says what all of them do: one row is read, however many there are. Where nobody did
/// anything yet, which is what the row says already, it is not written again.
Result<void> take_from_visit(app::database::Database& database, std::string_view device, std::string_view record,
                             std::string_view code) {
    return ours(database.run(
        "UPDATE record SET (status, assigned, referred) = (SELECT status, assigned, referred FROM record v WHERE "
        "v.device = ?1 AND v.case_code = ?3 AND v.record <> ?2 LIMIT 1) WHERE device = ?1 AND record = ?2 AND EXISTS "
        "(SELECT 1 FROM (SELECT status, assigned, referred FROM record v WHERE v.device = ?1 AND v.case_code = ?3 AND "
        "v.record <> ?2 LIMIT 1) WHERE status <> 0 OR assigned <> '' OR referred <> 0)",
        device, record, code));
}

Result<bool> has_steps(app::database::Database& database, std::string_view device, std::string_view record) {
    return any_of(database.number("SELECT 1 FROM step WHERE device = ?1 AND record = ?2 LIMIT 1", device, record));
}

}  // namespace

Result<std::string> listed_code(app::database::Database& database, std::string_view device, std::string_view record) {
    AMPARO_TRY(const code, ours(database.one(
                               "SELECT case_code FROM record WHERE device = ?1 AND record = ?2",
                               [](const Row& row) { return std::string(row.text(0)); }, device, record)));
    return code.value_or(std::string());
}

Result<void> note_handled(app::database::Database& database, std::string_view device, std::string_view record) {
    AMPARO_TRY(const code, listed_code(database, device, record));
    return note_visit(database, device, code);
}

Result<void> take_handled(app::database::Database& database, std::string_view device, std::string_view record,
                          std::string_view before) {
    AMPARO_TRY(const code, listed_code(database, device, record));
    if (before == code) return {};
    if (before.empty()) return take_from_visit(database, device, record, code);
    AMPARO_TRY(const handled, has_steps(database, device, record));
    if (handled) {
        AMPARO_DO(note_visit(database, device, before));
        return note_visit(database, device, code);
    }
    AMPARO_DO(
        ours(database.run("UPDATE record SET status = 0, assigned = '', referred = 0 WHERE device = ?1 AND "
                          "record = ?2",
                          device, record)));
    return take_from_visit(database, device, record, code);
}

Result<void> take_handled_held(app::database::Database& database, std::int64_t sealed) {
    return ours(database.run(
        "UPDATE held SET (status, assigned, referred) = (SELECT status, assigned, referred FROM record r WHERE "
        "r.device = held.device AND r.record = held.record) WHERE sealed = ?1 AND EXISTS (SELECT 1 FROM record r WHERE "
        "r.device = held.device AND r.record = held.record)",
        sealed));
}

Result<void> forget_handled(app::database::Database& database, std::string_view device, std::string_view record) {
    AMPARO_TRY(const handled, has_steps(database, device, record));
    AMPARO_TRY(const code, listed_code(database, device, record));
    AMPARO_DO(
        ours(database.run("DELETE FROM step WHERE (device = ?1 AND record = ?2) OR (other_device = ?1 AND "
                          "other_record = ?2 AND other_record <> '')",
                          device, record)));
    AMPARO_DO(
        ours(database.run("DELETE FROM link WHERE (device = ?1 AND record = ?2) OR (other_device = ?1 AND "
                          "other_record = ?2)",
                          device, record)));
    return handled ? note_visit(database, device, code) : Result<void>();
}

}  // namespace app::casebook::sqlcipher
