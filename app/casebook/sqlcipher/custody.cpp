#include "app/casebook/sqlcipher/custody.hpp"

#include <algorithm>

#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

constexpr std::size_t index_bytes = 640;   ///< that the indexes need for a record
constexpr int most_cache_kib = 64 * 1024;  ///< enough for 100,000 records

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

// The indexes of a record lie all over them: while they fit into the cache, a page that many records of an import
// change is read and written once. What is read of sealed records passes through and needs no room.
void Custody::take_memory(std::size_t records) noexcept {
    const auto here = database_.number("SELECT max(id) FROM sealed").value_or(0);
    const auto kib = (static_cast<std::size_t>(here) + records) * index_bytes / 1024;
    const auto most = static_cast<std::size_t>(most_cache_kib);
    database_.set_cache(std::max(app::database::kiosk_cache_kib, static_cast<int>(std::min(kib, most))));
}

void Custody::rest() noexcept {
    database_.set_cache(app::database::kiosk_cache_kib);
    database_.release_memory();
}

Result<void> Custody::compact() {
    return ours(database_.compact());
}

Result<std::optional<exchange::Day>> Custody::last_backup() {
    const auto text_in = [](const Row& row) { return std::string(crypto::as_text(row.bytes(0))); };
    AMPARO_TRY(const text, ours(database_.one("SELECT bytes FROM value WHERE name = 'backup'", text_in)));
    if (!text) return std::nullopt;
    const auto day = exchange::parse_day(*text);
    if (!day) return tl::unexpected(Error::Damaged);
    return *day;
}

Result<void> Custody::note_backup(exchange::Day day) {
    const auto text = exchange::day_text(day);
    return ours(
        database_.run("INSERT INTO value(name, bytes) VALUES('backup', ?1) "
                      "ON CONFLICT(name) DO UPDATE SET bytes = excluded.bytes",
                      crypto::as_bytes(text)));
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
