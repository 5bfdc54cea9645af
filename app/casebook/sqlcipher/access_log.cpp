#include "app/casebook/sqlcipher/access_log.hpp"

#include "app/casebook/sqlcipher/calls.hpp"

namespace app::casebook::sqlcipher {

Result<void> AccessLog::add(const Access& access) {
    return ours(
        database_->run("INSERT INTO access(device, record, day, access_by, exported) "
                       "VALUES(?1, ?2, ?3, ?4, ?5)",
                       access.device, access.record, access.day, access.by, access.exported));
}

Result<std::vector<Access>> AccessLog::latest(std::string_view name, std::size_t most) {
    const auto rows = most == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(most);  // -1: SQLite's word for all
    return ours(database_->rows(
        "SELECT device, record, day, access_by, exported, code FROM "
        "(SELECT a.id, a.device, a.record, a.day, a.access_by, a.exported, "
        "coalesce(r.case_code, (SELECT h.case_code FROM held h WHERE h.device = a.device AND h.record = a.record "
        "ORDER BY h.id LIMIT 1), e.case_code, '') AS code FROM access a "
        "LEFT JOIN record r ON r.device = a.device AND r.record = a.record "
        "LEFT JOIN erased e ON e.device = a.device AND e.record = a.record) "
        "WHERE ?1 = '' OR record = ?1 OR code = ?1 ORDER BY id DESC LIMIT ?2",
        [](const Row& row) {
            return Access{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                          std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5))};
        },
        name, rows));
}

}  // namespace app::casebook::sqlcipher
