#pragma once
// What is listed of a record, as columns: so that a list is a question to the database and parses no JSON.

#include <string>
#include <string_view>

#include "app/casebook/ledger.hpp"
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

/// The statements that answer a query: constant texts put together, values are bound.
[[nodiscard]] std::string page_statement(const CaseQuery& query);
[[nodiscard]] std::string count_statement(const CaseQuery& query);
[[nodiscard]] Result<CasePage> page(app::database::Database& database, const CaseQuery& query);

}  // namespace app::casebook::sqlcipher
