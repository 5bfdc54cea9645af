#include "app/store/salvage.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "app/files/small_file.hpp"
#include "app/store/schema.hpp"
#include "crypto/try.hpp"

namespace app::store::detail {
namespace {

namespace fs = std::filesystem;

/// The first page of an empty database with at least so many pages, and how many it has.
struct Lent {
    Bytes page;
    std::uint64_t pages = 0;
};

void remove_helper(const fs::path& helper) noexcept {
    std::error_code ignored;
    for (const auto* ending : {"", "-journal"}) fs::remove(helper.string() + ending, ignored);
}

/// Filled with zeros until it has as many pages: SQLite looks at no page beyond those that the first one counts.
Result<void> fill(database::Database& database, std::uint64_t pages) {
    constexpr std::uint64_t most = 4096;  // pages of one value
    for (std::uint64_t done = 0; done < pages; done += most) {
        const auto size = std::min(most, pages - done) * database::database_page_bytes;
        AMPARO_DO(database.run("INSERT INTO value(name, digest, bytes) VALUES(?1, x'', zeroblob(?2))",
                               std::to_string(done), size));
    }
    return {};
}

Result<Lent> make_first_page(crypto::SodiumReady ready, const fs::path& helper, const crypto::SecretBytes& key,
                             const crypto::DatabaseSalt& salt, std::uint64_t pages) {
    remove_helper(helper);
    database::DatabaseOptions options;
    options.salt = salt;
    {
        AMPARO_TRY(empty, database::Database::create(ready, helper, key, schema::migrations, options));
        AMPARO_DO(fill(empty, pages));
    }
    std::error_code failure;
    const auto size = fs::file_size(helper, failure);
    auto page = database::stored(files::read_part(helper, database::database_page_bytes));
    if (failure || !page) return tl::unexpected(Error::Io);
    return Lent{std::move(*page), size / database::database_page_bytes};
}

}  // namespace

bool Salvage::open() {
    auto opened = database::Database::open_damaged(ready_, copy_, key_);
    if (!opened) return false;
    database_.emplace(std::move(*opened));
    return true;
}

Result<bool> Salvage::open_with_lent_page(const fs::path& helper, const crypto::DatabaseSalt& salt) {
    database_.reset();
    broken_ = true;
    std::error_code failure;
    const auto size = fs::file_size(copy_, failure);
    if (failure) return tl::unexpected(Error::Io);
    const auto lent = make_first_page(ready_, helper, key_, salt, size / database::database_page_bytes + 1);
    remove_helper(helper);
    if (!lent) return tl::unexpected(lent.error());
    AMPARO_DO(database::stored(files::overwrite_start(copy_, lent->page)));
    fs::resize_file(copy_, lent->pages * database::database_page_bytes, failure);
    if (failure) return tl::unexpected(Error::NoSpace);
    return open();
}

std::uint64_t Salvage::pages() const noexcept {
    std::error_code failure;
    const auto size = fs::file_size(copy_, failure);
    return failure ? 0 : size / database::database_page_bytes;
}

void Salvage::again() noexcept {
    broken_ = true;
    if (database_ && database_->gives_pages()) return;
    database_.reset();
    static_cast<void>(open());
}

std::set<std::int64_t> Salvage::collect(const std::string& way) {
    std::set<std::int64_t> rows;
    if (!database_ || !database_->accepts(way)) return rows;
    if (!database_->each(way, [&](database::Row row) { rows.insert(row.integer(0)); })) again();
    return rows;
}

std::set<std::int64_t> Salvage::rows_of(std::string_view table) {
    // SQLite names the indexes of UNIQUE columns itself. A way that does not exist is a statement that cannot be
    // prepared.
    const std::string name(table);
    std::set<std::int64_t> rows;
    for (const auto& way : {"SELECT rowid FROM " + name + " NOT INDEXED",
                            "SELECT rowid FROM " + name + " INDEXED BY sqlite_autoindex_" + name + "_1 ORDER BY 1",
                            "SELECT rowid FROM " + name + " INDEXED BY sqlite_autoindex_" + name + "_2 ORDER BY 1",
                            "SELECT rowid FROM " + name + " INDEXED BY " + name + "_batch ORDER BY 1"})
        rows.merge(collect(way));
    return rows;
}

std::set<std::int64_t> Salvage::rows_at(std::string_view table, std::uint64_t page) {
    if (!database_) return {};
    if (schema_.empty()) {
        auto rows = database_->schema_rows();
        if (!rows || rows->empty()) {
            again();
            return {};
        }
        schema_ = std::move(*rows);
    }
    if (!database_->begin_table_at(schema_, table, page)) {
        again();
        return {};
    }
    return collect("SELECT rowid FROM " + std::string(table) + " NOT INDEXED");
}

template <class Read, class... Values>
auto Salvage::ask(std::string_view sql, Read read, const Values&... values) -> std::optional<database::ReadFrom<Read>> {
    if (!database_ || !database_->accepts(sql)) return std::nullopt;
    auto answer = database_->one(sql, read, values...);
    if (answer) return *std::move(answer);
    again();
    return std::nullopt;
}

bool Salvage::is_audit(std::int64_t row) {
    return ask(
               "SELECT typeof(type) = 'integer' AND typeof(day) = 'integer' AND typeof(sealed) = 'blob' AND "
               "length(sealed) > 2 * length(head) AND typeof(head) = 'blob' AND length(head) = ?2 FROM audit "
               "WHERE rowid = ?1",
               [](database::Row found) { return found.integer(0) == 1; }, row, sizeof(Digest))
        .value_or(false);
}

bool Salvage::whole(std::string_view table, std::int64_t row) {
    if (table == "audit") return is_audit(row);
    const std::string what = table == "batch" ? "manifest_sha256, manifest" : "digest, bytes";
    const auto matches = [&](database::Row found) {
        return crypto::sha256(ready_, found.bytes(1)) == digest_column(found, 0);
    };
    return ask("SELECT " + what + " FROM " + std::string(table) + " WHERE rowid = ?1", matches, row).value_or(false);
}

bool Salvage::copy(std::string_view table, std::int64_t row, database::Database& to, std::string_view into) {
    if (!database_) return false;
    if (database_->copy_row(table, row, to, into)) return true;
    again();
    return false;
}

Salvage::Covered Salvage::security() {
    if (!database_) return {};
    auto summary = Summary::make(ready_, key_);
    if (!summary) return {};
    const auto holds = summary->security_holds(*database_);
    const auto rows = summary->rows(*database_);
    if (!holds || !rows) again();
    return {holds && *holds, rows.value_or(0)};
}

std::uint64_t Salvage::number(std::string_view table, std::string_view name) {
    const auto number = [&](database::Row found) -> std::uint64_t {
        if (crypto::sha256(ready_, found.bytes(1)) != digest_column(found, 0)) return 0;
        crypto::Reader reader(found.bytes(1));
        return reader.u64_le().value_or(0);
    };
    return ask("SELECT digest, bytes FROM " + std::string(table) + " WHERE name = ?1", number, name).value_or(0);
}

std::uint64_t Salvage::audit_number() {
    return number("value", "audit.head");
}

}  // namespace app::store::detail
