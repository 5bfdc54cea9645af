#include "app/casebook/sqlcipher/checking.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/key_file.hpp"
#include "app/casebook/sqlcipher/schema.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

constexpr std::string_view torn_rows =
    "SELECT (SELECT count(*) FROM sealed WHERE batch NOT IN (SELECT id FROM batch)) + "
    "(SELECT count(*) FROM record WHERE sealed NOT IN (SELECT id FROM sealed)) + "
    "(SELECT count(*) FROM held WHERE sealed NOT IN (SELECT id FROM sealed))";

constexpr app::database::DatabaseOptions without_pages{.check_pages = false, .wait_ms = 3000};

}  // namespace

Result<Originals> check_originals(crypto::SodiumReady ready, const std::filesystem::path& file,
                                  std::span<const crypto::open::Identity> identities,
                                  const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
    AMPARO_TRY(const key, read_key_file(ready, key_file_of(file), identities));
    AMPARO_TRY(database, ours(app::database::Database::open(ready, file, key, schema::migrations, schema::expected,
                                                            without_pages)));
    Originals found;
    AMPARO_TRY(const torn, ours(database.number(torn_rows)));
    found.torn = static_cast<std::size_t>(torn);
    AMPARO_TRY(const all, ours(database.number("SELECT count(*) FROM sealed")));
    bool stopped = false;
    const auto look = [&](Row row) -> app::database::Result<bool> {
        const auto bytes = row.bytes(3);
        ++(bytes.empty() ? found.emptied : found.kept);
        const auto digest = crypto::sha256(ready, bytes);
        const auto named = row.bytes(2);
        if (!bytes.empty() && !std::equal(digest.begin(), digest.end(), named.begin(), named.end()))
            found.changed.push_back(std::string(row.text(0)) + "/" + std::string(row.text(1)));
        stopped = progress && !progress(found.kept + found.emptied, static_cast<std::uint64_t>(all));
        return !stopped;
    };
    AMPARO_DO(ours(database.each("SELECT device, name, sha256, bytes FROM sealed ORDER BY id", look)));
    if (stopped) return tl::unexpected(Error::Stopped);
    return found;
}

}  // namespace app::casebook::sqlcipher
