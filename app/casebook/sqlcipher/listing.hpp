#pragma once
// What is listed of a record, as columns: so that a list is a question to the database and parses no JSON.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/ledger.hpp"
#include "app/casebook/sqlcipher/filters.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// `json_sha256`: of the entry's JSON.
[[nodiscard]] Result<void> put_listed(app::database::Database& database, const Entry& entry,
                                      const crypto::Digest& json_sha256);
[[nodiscard]] Result<void> put_held(app::database::Database& database, const Entry& entry,
                                    const crypto::Digest& json_sha256);
/// What is listed is held as well. It may be held already.
[[nodiscard]] Result<void> copy_to_held(app::database::Database& database, std::int64_t sealed);

/// Fills the columns from the JSON of every row where an earlier version of this program did it, or none. Opening a
/// casebook does this before anything else, in one transaction.
[[nodiscard]] Result<void> fill_columns(app::database::Database& database);
/// A new casebook has nothing to fill. Inside a transaction.
[[nodiscard]] Result<void> note_filled(app::database::Database& database);

/// Where a row stands in an order.
struct Place {
    std::int64_t urgency = 0;
    std::string text;  ///< its code, or its day
    std::string device;
    std::string record;
    std::int64_t key = 0;
};

/// A statement that answers a query: constant texts put together, and the values of its parameters, which refer to the
/// query and to the place after which it goes on.
struct Question {
    std::string sql;
    std::vector<app::database::Value> values;
    std::unique_ptr<const Place> after;
};
/// What is left out before the page is asked for by itself, and is no part of it. `few`: what few_rows() gave.
[[nodiscard]] Question page_question(const CaseQuery& query, const Rows& few);
/// For the last row of those that are left out: from the nearer end where the total is known. `skip` is 1 or more.
[[nodiscard]] Question skip_question(const CaseQuery& query, const Rows& few, std::size_t skip,
                                     std::optional<std::size_t> total);
[[nodiscard]] Question count_question(const CaseQuery& query, const Rows& few);
[[nodiscard]] Result<CasePage> page(app::database::Database& database, const CaseQuery& query);

}  // namespace app::casebook::sqlcipher
