#include "app/casebook/sqlcipher/handling.hpp"

#include "app/casebook/sqlcipher/calls.hpp"

namespace app::casebook::sqlcipher {

Result<void> Handling::add(const Step& step) {
    return ours(
        database_->run("INSERT INTO step(device, record, day, kind, said, step_by) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                       step.device, step.record, step.day, step.kind, step.text, step.by));
}

Result<std::vector<Step>> Handling::steps(std::string_view device, std::string_view record) {
    return ours(database_->rows(
        "SELECT device, record, day, kind, said, step_by FROM step WHERE device = ?1 AND record = ?2 ORDER BY id",
        [](const Row& row) {
            return Step{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                        row.number<StepKind>(3),  std::string(row.text(4)), std::string(row.text(5))};
        },
        device, record));
}

}  // namespace app::casebook::sqlcipher
