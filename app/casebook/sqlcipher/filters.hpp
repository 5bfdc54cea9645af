#pragma once
// What a question about cases lets pass, as SQL. Knows neither orders nor pages.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/ledger.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Parameters ?1 to ?12 belong to filters; others are free.
inline constexpr std::size_t filter_parameters = 12;

/// The query's conditions, each with " AND " before it; empty where everything passes.
[[nodiscard]] std::string conditions(const CaseQuery& query);
/// Of the parameters that conditions() names, up to the last of them. Refers to the query.
[[nodiscard]] std::vector<app::database::Value> filters(const CaseQuery& query);

/// What a row of the index `record_urgency` has to be where the query asks for nothing but practice, or none, or for
/// nothing at all; nothing where there are other filters.
[[nodiscard]] std::optional<std::string> only_practice(const CaseQuery& query);

/// What one filter alone lets pass of `record`, as its own small index has it: a SELECT of ids.
using Rows = std::string;
/// Those of the filter that lets the fewest pass, where they are so few that reading and sorting all of them takes less
/// than looking for them in the order of a list. Empty where no filter does, and where a case is asked for by its name,
/// which has indexes of its own.
[[nodiscard]] Result<Rows> few_rows(app::database::Database& database, const CaseQuery& query);

}  // namespace app::casebook::sqlcipher
