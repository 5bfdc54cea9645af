// Batches: what would go, what was frozen, and the same again.
#include "app/store/sql_store.hpp"

namespace app::store::detail {
namespace {

Bytes copy_of(ByteView bytes) {
    return Bytes(bytes.begin(), bytes.end());
}

std::vector<RowInfo> rows_of(std::vector<RowPlace> places) {
    std::vector<RowInfo> rows;
    rows.reserve(places.size());
    for (auto& place : places) rows.push_back(std::move(place.row));
    return rows;
}

}  // namespace

Result<BatchPlan> SqlStore::plan_batch(std::string_view open_record) {
    BatchPlan plan;
    auto epoch = number_value("device.epoch");
    if (!epoch) return tl::unexpected(epoch.error());
    if (!*epoch) return tl::unexpected(Error::NotFound);
    plan.epoch = **epoch;
    // The first batch of an epoch names the last manifest of the one before, so that nobody can begin a new epoch to
    // make the batches before it forgotten.
    auto last = database_.prepare(
        "SELECT epoch, sequence, manifest_sha256 FROM batch WHERE epoch <= ?1 "
        "ORDER BY epoch DESC, sequence DESC LIMIT 1");
    if (!last) return tl::unexpected(last.error());
    auto there = last->bind(1, static_cast<std::int64_t>(plan.epoch)).step();
    if (!there) return tl::unexpected(there.error());
    const bool same_epoch = *there && static_cast<std::uint64_t>(last->integer(0)) == plan.epoch;
    plan.sequence = same_epoch ? static_cast<std::uint64_t>(last->integer(1)) + 1 : 1;
    if (*there) plan.previous = digest_column(*last, 2);
    auto rows = places("WHERE state = 0 AND record <> ?1 ORDER BY name", open_record, 0);
    if (!rows) return tl::unexpected(rows.error());
    plan.rows = rows_of(std::move(*rows));
    return plan;
}

Result<void> SqlStore::freeze_row(const RowInfo& row, std::uint64_t epoch, std::uint64_t sequence) {
    auto update = database_.prepare(
        "UPDATE sealed SET state = 1, epoch = ?1, sequence = ?2 WHERE id = ?3 AND name = ?4 AND state = 0 "
        "AND digest = ?5");
    if (!update) return tl::unexpected(update.error());
    update->bind(1, static_cast<std::int64_t>(epoch)).bind(2, static_cast<std::int64_t>(sequence));
    update->bind(3, row.id.value).bind(4, row.name).bind(5, ByteView(row.sha256));
    if (auto done = update->finish(); !done) return done;
    if (database_.changes() != 1) return tl::unexpected(Error::Refused);
    RowPlace before{row, 0, 0};
    before.row.state = RowState::Sealed;
    RowPlace after{row, epoch, sequence};
    after.row.state = RowState::Batched;
    return summary_.row_changed(database_, &before, &after);
}

Result<void> SqlStore::freeze(const BatchPlan& plan, std::size_t count, const BatchBytes& bytes) {
    if (count == 0 || count > plan.rows.size()) return tl::unexpected(Error::Input);
    auto frozen = change_tables([&]() -> Result<void> {
        auto now = plan_batch({});
        if (!now) return tl::unexpected(now.error());
        if (now->epoch != plan.epoch || now->sequence != plan.sequence || now->previous != plan.previous)
            return tl::unexpected(Error::Refused);
        for (std::size_t i = 0; i < count; ++i)
            if (auto done = freeze_row(plan.rows[i], plan.epoch, plan.sequence); !done) return done;
        auto row = database_.prepare(
            "INSERT INTO batch(epoch, sequence, previous, manifest_sha256, manifest, signature, certificate, "
            "certificate_signature) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        if (!row) return tl::unexpected(row.error());
        row->bind(1, static_cast<std::int64_t>(plan.epoch)).bind(2, static_cast<std::int64_t>(plan.sequence));
        row->bind(3, ByteView(plan.previous)).bind(4, ByteView(bytes.manifest_sha256));
        row->bind(5, ByteView(bytes.manifest)).bind(6, ByteView(bytes.signature));
        row->bind(7, ByteView(bytes.certificate)).bind(8, ByteView(bytes.certificate_signature));
        return row->finish();
    });
    database_.release_memory();
    return frozen;
}

Result<std::vector<BatchKey>> SqlStore::open_batches() {
    auto row = database_.prepare(
        "SELECT DISTINCT epoch, sequence FROM sealed WHERE state = 1 AND sequence > 0 ORDER BY epoch, sequence");
    if (!row) return tl::unexpected(row.error());
    std::vector<BatchKey> keys;
    for (;;) {
        auto more = row->step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return keys;
        keys.push_back({static_cast<std::uint64_t>(row->integer(0)), static_cast<std::uint64_t>(row->integer(1))});
    }
}

Result<FrozenBatch> SqlStore::batch(BatchKey key) {
    auto row = database_.prepare(
        "SELECT previous, manifest_sha256, manifest, signature, certificate, certificate_signature FROM batch "
        "WHERE epoch = ?1 AND sequence = ?2");
    if (!row) return tl::unexpected(row.error());
    row->bind(1, static_cast<std::int64_t>(key.epoch)).bind(2, static_cast<std::int64_t>(key.sequence));
    auto there = row->step();
    if (!there) return tl::unexpected(there.error());
    if (!*there) return tl::unexpected(Error::NotFound);
    FrozenBatch frozen;
    frozen.epoch = key.epoch;
    frozen.sequence = key.sequence;
    frozen.previous = digest_column(*row, 0);
    frozen.bytes.manifest_sha256 = digest_column(*row, 1);
    frozen.bytes.manifest = copy_of(row->bytes(2));
    frozen.bytes.signature = copy_of(row->bytes(3));
    frozen.bytes.certificate = copy_of(row->bytes(4));
    frozen.bytes.certificate_signature = copy_of(row->bytes(5));
    auto rows = database_.prepare(std::string(place_select).append("WHERE epoch = ?1 AND sequence = ?2 ORDER BY name"));
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(1, static_cast<std::int64_t>(key.epoch)).bind(2, static_cast<std::int64_t>(key.sequence));
    for (;;) {
        auto more = rows->step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return frozen;
        auto place = place_columns(*rows);
        if (!place) return tl::unexpected(place.error());
        frozen.rows.push_back(std::move(place->row));
    }
}

}  // namespace app::store::detail
