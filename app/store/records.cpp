#include "app/store/records.hpp"

#include "app/store/keeping_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::size_t name_bytes = 16;
constexpr std::size_t most_sealed_bytes = 1U << 20;
constexpr std::size_t most_draft_bytes = 4U << 20;

}  // namespace

Result<RowId> Records::insert(std::string_view record, std::uint32_t revision, ByteView sealed, ByteView draft) {
    if (!detail::is_record_id(record) || revision == 0 || sealed.empty() || sealed.size() > most_sealed_bytes ||
        draft.size() > most_draft_bytes)
        return tl::unexpected(Error::Input);
    AMPARO_TRY(transaction, database::Transaction::begin(database_));
    AMPARO_TRY(last, last_revision(record));
    AMPARO_DO(rules::may_insert(revision, last));
    detail::RowPlace place;
    place.row.name = crypto::random_hex(tables_.ready(), name_bytes);
    place.row.record = record;
    place.row.revision = revision;
    place.row.sha256 = crypto::sha256(tables_.ready(), sealed);
    place.row.size = sealed.size();
    AMPARO_DO(
        database_.run("INSERT INTO sealed(name, record, revision, state, epoch, sequence, digest, size, bytes) "
                      "VALUES(?1, ?2, ?3, 0, 0, 0, ?4, ?5, ?6)",
                      place.row.name, record, revision, place.row.sha256, sealed.size(), sealed));
    place.row.id = RowId{database_.last_row_id()};
    AMPARO_DO(tables_.row_changed(nullptr, &place));
    if (!draft.empty()) AMPARO_DO(put_draft(record, revision, draft));
    AMPARO_DO(transaction.commit());
    database_.release_memory();
    return place.row.id;
}

Result<void> Records::put_draft(std::string_view record, std::uint32_t revision, ByteView bytes) {
    return database_.run("REPLACE INTO draft(id, record, revision, bytes) VALUES(1, ?1, ?2, ?3)", record, revision,
                         bytes);
}

Result<std::optional<Draft>> Records::draft() {
    return database_.one("SELECT record, revision, bytes FROM draft WHERE id = 1", [](database::Row row) {
        return Draft{std::string(row.text(0)), row.number<std::uint32_t>(1), row.copy_of(2)};
    });
}

Result<void> Records::drop_draft() {
    AMPARO_DO(database_.run("DELETE FROM draft"));
    database_.release_memory();
    return {};
}

template <class Key>
Result<Bytes> Records::sealed_bytes(std::string_view sql, const Key& key) {
    AMPARO_TRY(bytes, database_.one(
                          sql, [this](database::Row row) { return tables_.checked_bytes(row); }, key));
    if (!bytes) return tl::unexpected(Error::NotFound);
    return *std::move(bytes);
}

Result<Bytes> Records::read(RowId id) {
    database_.release_memory();  // so that the answer comes from the medium
    return sealed_bytes("SELECT digest, bytes FROM sealed WHERE id = ?1", id.value);
}

Result<Bytes> Records::read(std::string_view name) {
    auto bytes = sealed_bytes("SELECT digest, bytes FROM sealed WHERE name = ?1", name);
    database_.release_memory();
    return bytes;
}

Result<KeptRows> Records::kept_rows() {
    KeptRows kept;
    AMPARO_DO(database_.each(std::string(detail::place_select).append("WHERE state <> 4 ORDER BY name"),
                             [&](database::Row row) -> Result<void> {
                                 AMPARO_TRY(place, detail::place_columns(row));
                                 if (detail::is_named(place.row))
                                     kept.rows.push_back(std::move(place.row));
                                 else
                                     ++kept.odd;
                                 return {};
                             }));
    return kept;
}

Result<std::uint64_t> Records::delete_rows(const std::vector<detail::RowPlace>& rows) {
    for (const auto& place : rows) {
        AMPARO_DO(database_.run("DELETE FROM sealed WHERE id = ?1 AND state = 0", place.row.id.value));
        if (database_.changes() != 1) return tl::unexpected(Error::Refused);
        AMPARO_DO(tables_.row_changed(&place, nullptr));
    }
    return rows.size();
}

Result<std::uint64_t> Records::delete_older(std::string_view record, std::uint32_t revision) {
    AMPARO_TRY(transaction, database::Transaction::begin(database_));
    AMPARO_TRY(rows, tables_.places("WHERE record = ?1 AND revision < ?2 AND state = 0", record, revision));
    if (rows.empty()) return 0;
    auto deleted = delete_rows(rows);
    if (!deleted) return deleted;
    AMPARO_DO(transaction.commit());
    database_.release_memory();
    return deleted;
}

Result<void> Records::discard(RowId id) {
    AMPARO_TRY(transaction, database::Transaction::begin(database_));
    AMPARO_TRY(rows, tables_.places("WHERE id = ?1", id.value));
    if (rows.empty()) return tl::unexpected(Error::NotFound);
    AMPARO_DO(delete_rows(rows));
    return transaction.commit();
}

Result<RowId> Records::save_revision(std::string_view record, std::uint32_t revision, const crypto::Sealed& sealed,
                                     ByteView draft) {
    auto id = insert(record, revision, sealed.bytes, draft);
    if (!id) return id;
    AMPARO_TRY(kept, read(*id));
    if (auto good = crypto::verify_sealed(tables_.ready(), kept, sealed.file_key, sealed.stanzas); !good) {
        static_cast<void>(discard(*id));  // the earlier revision is still there and stays
        return tl::unexpected(Error::Damaged);
    }
    AMPARO_DO(delete_older(record, revision));
    return id;
}

Result<std::uint32_t> Records::last_revision(std::string_view record) {
    AMPARO_TRY(const last, database_.number("SELECT coalesce(max(revision), 0) FROM sealed WHERE record = ?1", record));
    return static_cast<std::uint32_t>(last);
}

Result<bool> Records::was_exported(std::string_view record) {
    AMPARO_TRY(rows, tables_.places("WHERE record = ?1 AND state > 0", record));
    return !rows.empty();
}

Result<std::uint64_t> Records::erase(std::string_view record) {
    AMPARO_TRY(transaction, database::Transaction::begin(database_));
    AMPARO_TRY(rows, tables_.places("WHERE record = ?1", record));
    std::vector<RowState> states;
    for (const auto& place : rows) states.push_back(place.row.state);
    AMPARO_DO(rules::may_erase(states));
    auto deleted = delete_rows(rows);
    if (!deleted) return deleted;
    AMPARO_DO(transaction.commit());
    database_.release_memory();
    return deleted;
}

Result<Counts> Records::counts() {
    AMPARO_TRY(
        const counts,
        database_.one("SELECT total(state = 0), total(state = 1), total(state IN (2, 3)), "
                      "(SELECT count(*) FROM (SELECT DISTINCT epoch, sequence FROM sealed WHERE state IN (1, 2) "
                      "AND sequence > 0)), total(state = 4) FROM sealed",
                      [](database::Row row) {
                          return Counts{row.number(0), row.number(1), row.number(2), row.number(3), row.number(4)};
                      }));
    return counts.value_or(Counts{});
}

}  // namespace app::store
