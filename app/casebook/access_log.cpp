// Showing what cases say, which is noted first.
#include "app/casebook/access_log.hpp"

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

Result<std::vector<std::string>> Casebook::records_json(std::span<const Case> listed, exchange::Day day,
                                                        std::string_view exported) {
    AMPARO_TRY(const change, parts_->custody->begin());
    std::vector<std::string> all;
    for (const auto& one : listed) {
        AMPARO_TRY(json, parts_->ledger.json(one.device, one.record, one.version));
        all.push_back(std::move(json));
        AMPARO_DO(parts_->access_log.add(
            {one.device, one.record, exchange::day_text(day), parts_->opened_by, std::string(exported)}));
    }
    AMPARO_DO(change->commit());
    return all;
}

Result<std::vector<Access>> Casebook::accesses(std::string_view name, std::size_t most) {
    return parts_->access_log.latest(name, most);
}

}  // namespace app::casebook
