#include "app/casebook/sqlcipher/handling.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/handled.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

Result<void> Handling::add(const Step& step) {
    AMPARO_DO(
        ours(database_->run("INSERT INTO step(device, record, day, kind, said, place, other_device, other_record, "
                            "step_by) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                            step.device, step.record, step.day, step.kind, step.text, step.place, step.other_device,
                            step.other_record, step.by)));
    return note_handled(*database_, step.device, step.record);
}

Result<std::vector<Step>> Handling::steps(std::string_view device, std::string_view record) {
    return ours(database_->rows(
        "SELECT device, record, day, kind, said, step_by, place, other_device, other_record FROM step WHERE device = "
        "?1 AND record = ?2 ORDER BY id",
        [](const Row& row) {
            return Step{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                        row.number<StepKind>(3),  std::string(row.text(4)), std::string(row.text(5)),
                        std::string(row.text(6)), std::string(row.text(7)), std::string(row.text(8))};
        },
        device, record));
}

}  // namespace app::casebook::sqlcipher
