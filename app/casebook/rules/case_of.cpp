#include "app/casebook/rules/case_of.hpp"

namespace app::casebook::rules {

namespace {

/// A worker may raise a level, never lower one.
std::array<Reading, 3> standing_readings(const Record& record) {
    std::array<Reading, 3> readings;
    for (std::size_t i = 0; i < readings.size(); ++i)
        readings[i] = {record.readings[i].level, std::string(record.readings[i].rule), false};
    if (!record.raised) return readings;
    auto& raised = readings.at(static_cast<std::size_t>(record.raised->reading));
    if (record.raised->level <= raised.level) return readings;
    raised.level = record.raised->level;
    raised.raised = true;
    return readings;
}

}  // namespace

Case case_of(const Record& record) {
    Case one;
    one.record = record.record;
    one.follows = record.follows;
    one.case_code = record.case_code;
    one.day = record.day;
    one.device = record.device;
    one.mode = record.mode;
    one.role = record.role;
    one.form = record.form;
    one.form_version = record.form_version;
    one.revision = record.revision;
    one.readings = standing_readings(record);
    one.interrupted = record.kind == Kind::Partial;
    one.withdrawn = record.kind == Kind::Withdrawn;
    one.training = record.training;
    return one;
}

}  // namespace app::casebook::rules
