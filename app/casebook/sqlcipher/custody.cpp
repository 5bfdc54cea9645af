#include "app/casebook/sqlcipher/custody.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

class ChangeOfRows final : public Change {
  public:
    explicit ChangeOfRows(app::database::Transaction transaction) : transaction_(std::move(transaction)) {}
    [[nodiscard]] Result<void> commit() override { return ours(transaction_.commit()); }

  private:
    app::database::Transaction transaction_;
};

}  // namespace

Result<std::unique_ptr<Change>> Custody::begin() {
    AMPARO_TRY(transaction, ours(app::database::Transaction::begin(database_)));
    return std::make_unique<ChangeOfRows>(std::move(transaction));
}

Result<void> Custody::compact() {
    return ours(database_.compact());
}

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
