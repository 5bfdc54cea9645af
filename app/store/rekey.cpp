#include "app/store/rekey.hpp"

#include <unistd.h>

#include <new>

#include "app/store/schema.hpp"
#include "app/store/summary.hpp"
#include "crypto/try.hpp"

namespace app::store::detail {
namespace {

constexpr std::string_view create_table = "CREATE TABLE ";

Result<void> copy_everything(database::Database& from, database::Database& to, const Summary& summary) {
    AMPARO_TRY(transaction, database::Transaction::begin(to));
    for (std::string_view statement : schema::expected) {
        if (!statement.starts_with(create_table) || statement == schema::summary_table) continue;
        statement.remove_prefix(create_table.size());
        if (auto copied = from.copy_rows(statement.substr(0, statement.find('(')), to); !copied) return copied;
    }
    AMPARO_DO(summary.rebuild(to));
    return transaction.commit();
}

Result<void> make_next(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& from,
                       const crypto::SecretBytes& to, const crypto::DatabaseSalt& salt) {
    AMPARO_TRY(present, database::Database::open(ready, folder.database(), from, schema::migrations, schema::expected));
    const auto old_summary = Summary::make(ready, from);
    const auto new_summary = Summary::make(ready, to);
    if (!old_summary || !new_summary) return tl::unexpected(Error::Memory);
    // What somebody put back must not become authentic by being copied.
    AMPARO_DO(old_summary->verify(present));
    database::DatabaseOptions options;
    options.salt = salt;
    AMPARO_TRY(next, database::Database::create(ready, folder.next_database(), to, schema::migrations, options));
    return copy_everything(present, next, *new_summary);
}

}  // namespace

void remove_next_database(const StateFolder& folder) noexcept {
    try {
        ::unlink((folder.next_database().string() + "-journal").c_str());
        ::unlink(folder.next_database().c_str());
    } catch (const std::bad_alloc&) {  // for the names: whoever opens the device next removes them
    }
}

Result<void> rekey(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& from,
                   const crypto::SecretBytes& to, const crypto::DatabaseSalt& salt) {
    remove_next_database(folder);
    auto done = make_next(ready, folder, from, to, salt);
    if (done) done = folder.take_next_database();
    if (!done) remove_next_database(folder);
    return done;
}

}  // namespace app::store::detail
