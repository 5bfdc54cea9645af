#include "app/casebook/sqlcipher/handling.hpp"

#include <tuple>
#include <utility>

#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/handled.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

/// The lesser first, so that a link is one row whichever way round it is made.
std::pair<const RecordName&, const RecordName&> in_order(const RecordName& one, const RecordName& other) {
    return std::tie(one.device, one.record) < std::tie(other.device, other.record)
               ? std::pair<const RecordName&, const RecordName&>(one, other)
               : std::pair<const RecordName&, const RecordName&>(other, one);
}

}  // namespace

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

Result<void> Handling::link(const RecordName& one, const RecordName& other) {
    const auto& [first, second] = in_order(one, other);
    return ours(
        database_->run("INSERT OR IGNORE INTO link(device, record, other_device, other_record) VALUES(?1, ?2, ?3, ?4)",
                       first.device, first.record, second.device, second.record));
}

Result<void> Handling::unlink(const RecordName& one, const RecordName& other) {
    const auto& [first, second] = in_order(one, other);
    return ours(
        database_->run("DELETE FROM link WHERE device = ?1 AND record = ?2 AND other_device = ?3 AND other_record = ?4",
                       first.device, first.record, second.device, second.record));
}

Result<std::vector<RecordName>> Handling::linked(const RecordName& with) {
    return ours(database_->rows(
        "SELECT other_device AS d, other_record AS r FROM link WHERE device = ?1 AND record = ?2 UNION ALL "
        "SELECT device, record FROM link WHERE other_device = ?1 AND other_record = ?2 ORDER BY d, r",
        [](const Row& row) {
            return RecordName{std::string(row.text(0)), std::string(row.text(1))};
        },
        with.device, with.record));
}

}  // namespace app::casebook::sqlcipher
