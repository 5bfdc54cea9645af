// Sealed rows: one revision in, read back, older ones out.
#include <algorithm>

#include "app/store/sql_store.hpp"
#include "crypto/random.hpp"

namespace app::store::detail {
namespace {

constexpr std::size_t name_bytes = 16;
constexpr std::size_t most_sealed_bytes = 1U << 20;
constexpr std::size_t most_draft_bytes = 4U << 20;

}  // namespace

Result<RowId> SqlStore::insert(std::string_view record, std::uint32_t revision, ByteView sealed, ByteView draft) {
    if (!is_record_id(record) || revision == 0 || sealed.empty() || sealed.size() > most_sealed_bytes ||
        draft.size() > most_draft_bytes)
        return tl::unexpected(Error::Input);
    auto transaction = database::Transaction::begin(database_);
    if (!transaction) return tl::unexpected(transaction.error());
    auto last = last_revision(record);
    if (!last) return tl::unexpected(last.error());
    if (revision <= *last) return tl::unexpected(Error::Refused);
    RowPlace place;
    place.row.name = crypto::random_hex(ready_, name_bytes);
    place.row.record = record;
    place.row.revision = revision;
    place.row.sha256 = crypto::sha256(ready_, sealed);
    place.row.size = sealed.size();
    auto row = database_.prepare(
        "INSERT INTO sealed(name, record, revision, state, epoch, sequence, digest, size, bytes) "
        "VALUES(?1, ?2, ?3, 0, 0, 0, ?4, ?5, ?6)");
    if (!row) return tl::unexpected(row.error());
    row->bind(1, place.row.name).bind(2, record).bind(3, std::int64_t{revision}).bind(4, ByteView(place.row.sha256));
    row->bind(5, static_cast<std::int64_t>(sealed.size())).bind(6, sealed);
    if (auto done = row->finish(); !done) return tl::unexpected(done.error());
    place.row.id = RowId{database_.last_row_id()};
    if (auto done = summary_.row_changed(database_, nullptr, &place); !done) return tl::unexpected(done.error());
    if (!draft.empty())
        if (auto done = put_draft(record, revision, draft); !done) return tl::unexpected(done.error());
    if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
    database_.release_memory();
    return place.row.id;
}

Result<void> SqlStore::put_draft(std::string_view record, std::uint32_t revision, ByteView bytes) {
    auto row = database_.prepare("REPLACE INTO draft(id, record, revision, bytes) VALUES(1, ?1, ?2, ?3)");
    if (!row) return tl::unexpected(row.error());
    return row->bind(1, record).bind(2, std::int64_t{revision}).bind(3, bytes).finish();
}

Result<std::optional<Draft>> SqlStore::draft() {
    auto row = database_.prepare("SELECT record, revision, bytes FROM draft WHERE id = 1");
    if (!row) return tl::unexpected(row.error());
    auto there = row->step();
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::optional<Draft>();
    const ByteView bytes = row->bytes(2);
    return Draft{std::string(row->text(0)), static_cast<std::uint32_t>(row->integer(1)), {bytes.begin(), bytes.end()}};
}

Result<void> SqlStore::drop_draft() {
    if (auto done = database_.run("DELETE FROM draft"); !done) return done;
    database_.release_memory();
    return {};
}

Result<Bytes> SqlStore::read_bytes(database::Statement& statement) {
    auto there = statement.step();
    if (!there) return tl::unexpected(there.error());
    if (!*there) return tl::unexpected(Error::NotFound);
    const ByteView bytes = statement.bytes(1);
    if (crypto::sha256(ready_, bytes) != digest_column(statement, 0)) return tl::unexpected(Error::Damaged);
    return Bytes(bytes.begin(), bytes.end());
}

Result<Bytes> SqlStore::read(RowId id) {
    database_.release_memory();  // so that the answer comes from the medium
    auto row = database_.prepare("SELECT digest, bytes FROM sealed WHERE id = ?1");
    if (!row) return tl::unexpected(row.error());
    row->bind(1, id.value);
    return read_bytes(*row);
}

Result<Bytes> SqlStore::read(std::string_view name) {
    auto row = database_.prepare("SELECT digest, bytes FROM sealed WHERE name = ?1");
    if (!row) return tl::unexpected(row.error());
    row->bind(1, name);
    auto bytes = read_bytes(*row);
    database_.release_memory();
    return bytes;
}

/// `where` is a constant of this file with ?1 for the text and ?2 for the number. A name is the name of a file later: a
/// row with another than ours is damage, or left out and counted where there is an `odd`.
Result<std::vector<RowPlace>> SqlStore::places(std::string_view where, std::string_view text, std::int64_t number,
                                               std::uint64_t* odd) {
    auto row = database_.prepare(std::string(place_select).append(where));
    if (!row) return tl::unexpected(row.error());
    if (where.find("?1") != std::string_view::npos) row->bind(1, text);
    if (where.find("?2") != std::string_view::npos) row->bind(2, number);
    std::vector<RowPlace> found;
    for (;;) {
        auto more = row->step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return found;
        auto place = place_columns(*row);
        if (!place) return tl::unexpected(place.error());
        const bool named = is_record_id(place->row.name) && is_record_id(place->row.record);
        if (!named && odd == nullptr) return tl::unexpected(Error::Damaged);
        if (named)
            found.push_back(std::move(*place));
        else
            ++*odd;
    }
}

Result<KeptRows> SqlStore::kept_rows() {
    KeptRows kept;
    auto all = places("WHERE state <> 4 ORDER BY name", {}, 0, &kept.odd);
    if (!all) return tl::unexpected(all.error());
    for (auto& place : *all) kept.rows.push_back(std::move(place.row));
    return kept;
}

Result<std::uint64_t> SqlStore::delete_rows(const std::vector<RowPlace>& rows) {
    for (const auto& place : rows) {
        auto row = database_.prepare("DELETE FROM sealed WHERE id = ?1 AND state = 0");
        if (!row) return tl::unexpected(row.error());
        if (auto done = row->bind(1, place.row.id.value).finish(); !done) return tl::unexpected(done.error());
        if (database_.changes() != 1) return tl::unexpected(Error::Refused);
        if (auto done = summary_.row_changed(database_, &place, nullptr); !done) return tl::unexpected(done.error());
    }
    return rows.size();
}

Result<std::uint64_t> SqlStore::delete_older(std::string_view record, std::uint32_t revision) {
    auto transaction = database::Transaction::begin(database_);
    if (!transaction) return tl::unexpected(transaction.error());
    auto rows = places("WHERE record = ?1 AND revision < ?2 AND state = 0", record, revision);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return 0;
    auto deleted = delete_rows(*rows);
    if (!deleted) return deleted;
    if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
    database_.release_memory();
    return deleted;
}

Result<void> SqlStore::discard(RowId id) {
    auto transaction = database::Transaction::begin(database_);
    if (!transaction) return tl::unexpected(transaction.error());
    auto rows = places("WHERE id = ?2", {}, id.value);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return tl::unexpected(Error::NotFound);
    if (auto deleted = delete_rows(*rows); !deleted) return tl::unexpected(deleted.error());
    return transaction->commit();
}

Result<std::uint32_t> SqlStore::last_revision(std::string_view record) {
    auto row = database_.prepare("SELECT coalesce(max(revision), 0) FROM sealed WHERE record = ?1");
    if (!row) return tl::unexpected(row.error());
    auto there = row->bind(1, record).step();
    if (!there) return tl::unexpected(there.error());
    return static_cast<std::uint32_t>(row->integer(0));
}

Result<bool> SqlStore::was_exported(std::string_view record) {
    auto rows = places("WHERE record = ?1 AND state > 0", record, 0);
    if (!rows) return tl::unexpected(rows.error());
    return !rows->empty();
}

Result<std::uint64_t> SqlStore::erase(std::string_view record) {
    auto transaction = database::Transaction::begin(database_);
    if (!transaction) return tl::unexpected(transaction.error());
    auto rows = places("WHERE record = ?1", record, 0);
    if (!rows) return tl::unexpected(rows.error());
    const bool exported =
        std::any_of(rows->begin(), rows->end(), [](const auto& place) { return place.row.state != RowState::Sealed; });
    if (exported) return tl::unexpected(Error::Refused);
    auto deleted = delete_rows(*rows);
    if (!deleted) return deleted;
    if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
    database_.release_memory();
    return deleted;
}

Result<Counts> SqlStore::counts() {
    auto row = database_.prepare(
        "SELECT total(state = 0), total(state = 1), total(state IN (2, 3)), (SELECT count(*) FROM batch) FROM sealed");
    if (!row) return tl::unexpected(row.error());
    auto there = row->step();
    if (!there) return tl::unexpected(there.error());
    auto number = [&](int column) { return static_cast<std::uint64_t>(row->integer(column)); };
    return Counts{number(0), number(1), number(2), number(3)};
}

}  // namespace app::store::detail
