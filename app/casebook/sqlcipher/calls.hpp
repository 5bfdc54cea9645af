#pragma once
// What the parts of a casebook in SQLCipher share: their errors, and what is read of a row.

#include "app/casebook/parts.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

using app::database::Row;
using detail::digest_of;
using detail::ours;

/// Shows rows until `visit`, which gives a Result<bool> of ours, says false or fails.
template <class Visit, class... Values>
[[nodiscard]] Result<void> each_until(app::database::Database& database, std::string_view sql, const Visit& visit,
                                      const Values&... values) {
    Result<void> seen;
    const auto see = [&](Row row) -> app::database::Result<bool> {
        const Result<bool> more = visit(row);
        if (!more) seen = tl::unexpected(more.error());
        return more.value_or(false);
    };
    AMPARO_DO(ours(database.each(sql, see, values...)));
    return seen;
}

}  // namespace app::casebook::sqlcipher
