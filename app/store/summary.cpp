#include "app/store/summary.hpp"

#include <algorithm>

#include "crypto/try.hpp"

namespace app::store::detail {
namespace {

void add(Bytes& out, std::int64_t value) {
    crypto::append_u64_le(out, static_cast<std::uint64_t>(value));
}

void add(Bytes& out, ByteView bytes) {
    crypto::append_u64_le(out, bytes.size());
    crypto::append(out, bytes);
}

/// Which rows of a table, and what their columns are.
struct Table {
    std::string_view select;
    std::string_view columns;
    bool later = false;  ///< of a later version: while it is empty the summary is that of a store without it
};

/// Appends every row of a table, column by column, each with its length.
Result<void> add_table(database::Database& database, const Table& table, Bytes& out) {
    if (table.later && !database.accepts(table.select)) return {};  // of an earlier version, to be repaired
    const auto begin = out.size();
    const auto columns = table.columns;
    add(out, crypto::as_bytes(table.select));
    bool any = false;
    AMPARO_DO(database.each(table.select, [&](database::Row row) {
        any = true;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const int column = static_cast<int>(i);
            if (columns[i] == 'i')
                add(out, row.integer(column));
            else
                add(out, row.bytes(column));
        }
    }));
    if (table.later && !any) out.resize(begin);
    return {};
}

void exclusive_or(Digest& into, const Digest& other) noexcept {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] ^= other[i];
}

}  // namespace

Digest digest_column(database::Row row, int column) noexcept {
    Digest digest{};
    const ByteView bytes = row.bytes(column);
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

Result<RowPlace> place_columns(database::Row row) {
    RowPlace place;
    place.row.id = RowId{row.integer(0)};
    place.row.name = row.text(1);
    place.row.record = row.text(2);
    place.row.revision = row.number<std::uint32_t>(3);
    const auto state = row.integer(4);
    if (state < 0 || state > static_cast<int>(RowState::Erased)) return tl::unexpected(Error::Damaged);
    place.row.state = static_cast<RowState>(state);
    place.row.sha256 = digest_column(row, 5);
    place.row.size = row.number(6);
    place.epoch = row.number(7);
    place.sequence = row.number(8);
    return place;
}

Result<Summary> Summary::make(crypto::SodiumReady ready, const crypto::SecretBytes& database_key) {
    auto key = crypto::hkdf_sha256(ready, database_key.view(), {}, "amparo store summary 1");
    if (!key) return tl::unexpected(Error::Memory);
    return Summary(ready, std::move(*key));
}

Result<Digest> Summary::keyed(std::string_view what, ByteView data) const {
    Bytes message;
    add(message, crypto::as_bytes(what));
    crypto::append(message, data);
    auto digest = crypto::blake2b_256_keyed(ready_, message, key_.view());
    crypto::wipe(message);  // verifiers of PINs were in it
    if (!digest) return tl::unexpected(Error::Internal);
    return *digest;
}

Result<Digest> Summary::digest_of_row(const RowPlace& place) const {
    Bytes data;
    add(data, place.row.id.value);
    add(data, crypto::as_bytes(place.row.name));
    add(data, crypto::as_bytes(place.row.record));
    add(data, std::int64_t{place.row.revision});
    add(data, static_cast<std::int64_t>(place.row.state));
    add(data, static_cast<std::int64_t>(place.epoch));
    add(data, static_cast<std::int64_t>(place.sequence));
    add(data, static_cast<std::int64_t>(place.row.size));
    add(data, ByteView(place.row.sha256));
    return keyed("row", data);
}

Result<Digest> Summary::digest_of_tables(database::Database& database) const {
    Bytes data;
    for (const auto& table :
         {Table{"SELECT number, role, verifier, wrong, wrong_at FROM worker ORDER BY number", "iibii"},
          Table{"SELECT id, at FROM wrong_pin ORDER BY id", "ii"},
          Table{"SELECT name, digest FROM value ORDER BY name", "bb"},
          Table{"SELECT epoch, sequence, previous, manifest_sha256 FROM batch ORDER BY epoch, sequence", "iibb"},
          Table{"SELECT epoch, sequence, signer, refused FROM receipt ORDER BY epoch, sequence, signer", "iibb", true},
          Table{"SELECT epoch, sequence, since FROM held ORDER BY epoch, sequence", "iii", true},
          Table{"SELECT epoch, sequence, secret FROM way_back ORDER BY epoch, sequence", "iib", true}})
        if (auto added = add_table(database, table, data); !added) {
            crypto::wipe(data);
            return tl::unexpected(added.error());
        }
    auto digest = keyed("tables", data);
    crypto::wipe(data);
    return digest;
}

Result<Digest> Summary::mac_of(const State& state) const {
    Bytes data;
    add(data, ByteView(state.tables));
    add(data, ByteView(state.rows));
    add(data, state.count);
    return keyed("summary", data);
}

Result<Summary::State> Summary::read(database::Database& database) const {
    const auto checked = [&](database::Row row) -> Result<State> {
        const State state{digest_column(row, 1), digest_column(row, 2), row.integer(3)};
        AMPARO_TRY(const mac, mac_of(state));
        if (!crypto::equal_constant_time(mac, row.bytes(0))) return tl::unexpected(Error::RolledBack);
        return state;
    };
    AMPARO_TRY(const state, database.one("SELECT mac, tables, rows, count FROM summary WHERE id = 1", checked));
    if (!state) return tl::unexpected(Error::RolledBack);
    return *state;
}

Result<void> Summary::write(database::Database& database, const State& state) const {
    AMPARO_TRY(const mac, mac_of(state));
    return database.run("REPLACE INTO summary(id, mac, tables, rows, count) VALUES(1, ?1, ?2, ?3, ?4)", mac,
                        state.tables, state.rows, state.count);
}

Result<void> Summary::start(database::Database& database) {
    State state;
    AMPARO_TRY(tables, digest_of_tables(database));
    state.tables = tables;
    return write(database, state);
}

Result<void> Summary::tables_changed(database::Database& database) {
    AMPARO_TRY(state, read(database));
    AMPARO_TRY(tables, digest_of_tables(database));
    state.tables = tables;
    return write(database, state);
}

Result<void> Summary::row_changed(database::Database& database, const RowPlace* before, const RowPlace* after) {
    AMPARO_TRY(state, read(database));
    for (const RowPlace* place : {before, after}) {
        if (place == nullptr) continue;
        AMPARO_TRY(digest, digest_of_row(*place));
        exclusive_or(state.rows, digest);
    }
    if (before == nullptr) ++state.count;
    if (after == nullptr) --state.count;
    return write(database, state);
}

Result<Summary::State> Summary::compute(database::Database& database) const {
    State now;
    AMPARO_TRY(const tables, digest_of_tables(database));
    now.tables = tables;
    AMPARO_DO(database.each(place_select, [&](database::Row row) -> Result<void> {
        AMPARO_TRY(const place, place_columns(row));
        AMPARO_TRY(const digest, digest_of_row(place));
        exclusive_or(now.rows, digest);
        ++now.count;
        return {};
    }));
    return now;
}

Result<void> Summary::rebuild(database::Database& database) const {
    AMPARO_TRY(const now, compute(database));
    return write(database, now);
}

Result<bool> Summary::security_holds(database::Database& database) const {
    const auto stored = read(database);
    if (!stored && stored.error() == Error::RolledBack) return false;
    if (!stored) return tl::unexpected(stored.error());
    AMPARO_TRY(const now, digest_of_tables(database));
    return now == stored->tables;
}

Result<std::uint64_t> Summary::rows(database::Database& database) const {
    AMPARO_TRY(const stored, read(database));
    return static_cast<std::uint64_t>(stored.count);
}

Result<void> Summary::verify(database::Database& database) const {
    AMPARO_TRY(stored, read(database));
    AMPARO_TRY(const now, compute(database));
    if (now.tables != stored.tables || now.rows != stored.rows || now.count != stored.count)
        return tl::unexpected(Error::RolledBack);
    return {};
}

}  // namespace app::store::detail
