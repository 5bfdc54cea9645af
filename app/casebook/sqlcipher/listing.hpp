#pragma once
// What is listed of a record, as columns: so that a list is a question to the database and parses no JSON.

#include <string>
#include <string_view>

#include "app/casebook/parts.hpp"

namespace app::casebook::sqlcipher {

/// What a record says of its case. `kind` is that of the row.
[[nodiscard]] Case case_of(const Record& record);

/// The statement that lists a record, or with `held` sets it beside, and what it says. What is bound must outlive the
/// statement's step.
struct Entry {
    std::int64_t sealed = 0;
    const Record& record;
    std::string_view json;
    const exchange::Digest& json_sha256;
};
[[nodiscard]] Result<void> put_listed(store::Database& database, const Entry& entry);
[[nodiscard]] Result<void> put_held(store::Database& database, const Entry& entry);
/// What is listed is held as well. It may be held already.
[[nodiscard]] Result<void> copy_to_held(store::Database& database, std::int64_t sealed);

/// Fills the columns from the JSON of every row where an earlier version of this program did it, or none. Opening a
/// casebook does this before anything else, in one transaction.
[[nodiscard]] Result<void> fill_columns(store::Database& database);
/// A new casebook has nothing to fill. Inside a transaction.
[[nodiscard]] Result<void> note_filled(store::Database& database);

/// The statements that answer a query: constant texts put together, values are bound.
[[nodiscard]] std::string page_statement(const CaseQuery& query);
[[nodiscard]] std::string count_statement(const CaseQuery& query);
[[nodiscard]] Result<CasePage> page(store::Database& database, const CaseQuery& query);

}  // namespace app::casebook::sqlcipher
