// Every filter has an index of its own on `record`, of its column alone: most cases say the same in it and come in the
// order of their ids, so that it costs an import little, and it tells at once how many pass.
#include "app/casebook/sqlcipher/filters.hpp"

#include <algorithm>

#include "app/casebook/rules/urgency.hpp"
#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

using app::database::Value;

namespace {

static_assert(static_cast<int>(Kind::Withdrawn) == 2, "statements and an index name it by its number");

/// Reading so many by their ids takes about as long as finding a page among 100,000 of which as many pass.
constexpr std::int64_t most_few = 900;
/// Of more than one in so many a page is found soon in the order of a list.
constexpr std::int64_t one_in = 20;

/// One filter: what it asks of a row, and in which index such rows are.
struct Filter {
    std::string_view index;
    std::string condition;
    std::size_t parameters = 0;    ///< the last that it names
    bool unreadable_pass = false;  ///< nobody knows that they are not what is looked for
};

std::string_view condition_of_days(const CaseQuery& query) {
    if (query.last_day.empty()) return "day >= ?3";
    return query.first_day.empty() ? "day <= ?4" : "day BETWEEN ?3 AND ?4";
}

std::string condition_of_practice(Practice practice) {
    switch (practice) {
        case Practice::LeftOut:
            return "urgency < " + std::to_string(rules::least_of_practice);
        case Practice::Only:
            return "urgency >= " + std::to_string(rules::least_of_practice);
        case Practice::Included:
            return "1";
    }
    return "1";
}

std::vector<Filter> given(const CaseQuery& query) {
    std::vector<Filter> all;
    const auto add = [&](bool wanted, Filter filter) {
        if (wanted) all.push_back(std::move(filter));
    };
    const bool days = !query.first_day.empty() || !query.last_day.empty();
    add(query.danger.has_value(), {"record_danger", "danger >= ?1", 1});
    add(query.worst.has_value(), {"record_worst", "worst >= ?2", 2});
    add(days, {"record_day", std::string(condition_of_days(query)), query.last_day.empty() ? 3U : 4U,
               !query.first_day.empty()});
    add(!query.form.empty(), {"record_form", "form = ?5", 5, true});
    add(!query.device.empty(), {"sqlite_autoindex_record_1", "device = ?6", 6});
    add(query.mode.has_value(), {"record_mode", "mode = ?7", 7, true});
    add(query.state.has_value(), {"record_kind", "kind = ?8", 8});
    add(query.status.has_value(), {"record_status", "status = ?10", 10});
    add(query.assigned.has_value(), {"record_assigned", "assigned = ?11", 11});
    add(query.referred.has_value(), {"record_referred", "referred = ?12", 12});
    add(query.practice != Practice::Included, {"record_urgency", condition_of_practice(query.practice)});
    return all;
}

Rows rows_of(const Filter& filter) {
    Rows rows = "SELECT id FROM record INDEXED BY ";
    rows.append(filter.index).append(" WHERE ").append(filter.condition);
    if (filter.unreadable_pass)
        rows.append(" UNION ALL SELECT id FROM record INDEXED BY record_unreadable WHERE unreadable = 1");
    return rows;
}

}  // namespace

std::string conditions(const CaseQuery& query) {
    std::string text;
    const auto add = [&](bool wanted, std::string_view condition) {
        if (wanted) text.append(" AND ").append(condition);
    };
    add(query.danger.has_value(), "danger >= ?1");
    add(query.worst.has_value(), "worst >= ?2");
    add(!query.first_day.empty(), "(day >= ?3 OR unreadable = 1)");
    add(!query.last_day.empty(), "day <= ?4");
    add(!query.form.empty(), "(form = ?5 OR unreadable = 1)");
    add(!query.device.empty(), "device = ?6");
    add(query.mode.has_value(), "(mode = ?7 OR unreadable = 1)");
    add(query.state.has_value(), "kind = ?8");
    // An id is found under each device, in the index that keeps records apart.
    add(!query.name.empty(), "(case_code = ?9 OR (device IN (SELECT device FROM device) AND record = ?9))");
    add(query.status.has_value(), "(status = ?10 AND kind <> 2)");
    add(query.assigned.has_value(), "(assigned = ?11 AND kind <> 2)");
    add(query.referred.has_value(), "(referred = ?12 AND kind <> 2)");
    add(query.practice == Practice::LeftOut, "training = 0");
    add(query.practice == Practice::Only, "training = 1");
    return text;
}

std::vector<Value> filters(const CaseQuery& query) {
    const auto given = [](const std::string& text) { return text.empty() ? Value(nullptr) : Value(text); };
    std::vector<Value> values{query.danger,
                              query.worst,
                              given(query.first_day),
                              given(query.last_day),
                              given(query.form),
                              given(query.device),
                              query.mode,
                              query.state,
                              given(query.name),
                              query.status,
                              query.assigned ? Value(*query.assigned) : Value(nullptr),
                              query.referred};
    while (!values.empty() && std::holds_alternative<std::monostate>(values.back().held())) values.pop_back();
    return values;
}

std::optional<std::string> only_practice(const CaseQuery& query) {
    auto practice = query;
    practice.practice = Practice::Included;
    if (!conditions(practice).empty()) return std::nullopt;
    return condition_of_practice(query.practice);
}

Result<Rows> few_rows(app::database::Database& database, const CaseQuery& query) {
    if (!query.name.empty()) return Rows();
    AMPARO_TRY(const last, ours(database.number("SELECT max(id) FROM record")));
    auto fewest = std::min(most_few, last / one_in);
    Rows found;
    const auto values = filters(query);
    for (const auto& filter : given(query)) {
        auto rows = rows_of(filter);
        const auto asked = "SELECT count(*) FROM (" + rows + " LIMIT " + std::to_string(most_few) + ")";
        std::int64_t passed = most_few;
        AMPARO_DO(ours(database.each(
            asked, [&](Row row) { passed = row.integer(0); },
            std::span<const Value>(values).first(filter.parameters))));
        if (passed >= fewest) continue;
        fewest = passed;
        found = std::move(rows);
    }
    return found;
}

}  // namespace app::casebook::sqlcipher
