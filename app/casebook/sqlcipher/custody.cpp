#include "app/casebook/sqlcipher/custody.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

Result<Unseen> Custody::unseen() {
    const auto counts_in = [](const Row& row) {
        const auto number = [&](int column) { return row.number<std::size_t>(column); };
        return Unseen{number(0), number(1), number(2), number(3), number(4), number(5)};
    };
    AMPARO_TRY(const counts,
               ours(database_.one("SELECT (SELECT count(*) FROM sealed WHERE outcome IS NULL), "
                                  "(SELECT count(*) FROM sealed WHERE outcome BETWEEN ?1 AND ?2), "
                                  "(SELECT count(*) FROM quarantine), (SELECT count(*) FROM held WHERE kind = ?3), "
                                  "(SELECT count(*) FROM held WHERE kind <> ?3), (SELECT count(*) FROM erased)",
                                  counts_in, Outcome::NotForUs, Outcome::Conflict, Kind::Withdrawn)));
    return counts.value_or(Unseen{});
}

}  // namespace app::casebook::sqlcipher
