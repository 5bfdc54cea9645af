#include "app/store/outbox.hpp"

#include "app/store/keeping_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

/// And each batch that never had a row and nobody has confirmed; a union has each key once.
constexpr std::string_view or_empty =
    "UNION SELECT epoch, sequence FROM way_back AS w WHERE NOT EXISTS (SELECT 1 FROM sealed WHERE epoch = w.epoch AND "
    "sequence = w.sequence) AND NOT EXISTS (SELECT 1 FROM receipt WHERE epoch = w.epoch AND sequence = w.sequence) ";

std::vector<RowInfo> rows_of(std::vector<detail::RowPlace> places) {
    std::vector<RowInfo> rows;
    rows.reserve(places.size());
    for (auto& place : places) rows.push_back(std::move(place.row));
    return rows;
}

BatchKey key_columns(database::Row row) {
    return {row.number(0), row.number(1)};
}

}  // namespace

Result<BatchPlan> Outbox::plan(std::string_view open_record) {
    AMPARO_TRY(const epoch, tables_.number("device.epoch"));
    if (!epoch) return tl::unexpected(Error::NotFound);
    AMPARO_TRY(const last, database_.one(
                               "SELECT epoch, sequence, manifest_sha256 FROM batch WHERE epoch <= ?1 "
                               "ORDER BY epoch DESC, sequence DESC LIMIT 1",
                               [](database::Row row) {
                                   return rules::LastBatch{row.number(0), row.number(1), detail::digest_column(row, 2)};
                               },
                               *epoch));
    auto plan = rules::next_batch(*epoch, last);
    AMPARO_TRY(rows, tables_.places("WHERE state = 0 AND record <> ?1 ORDER BY name", open_record));
    plan.rows = rows_of(std::move(rows));
    return plan;
}

Result<void> Outbox::freeze_row(const RowInfo& row, std::uint64_t epoch, std::uint64_t sequence) {
    AMPARO_DO(database_.run(
        "UPDATE sealed SET state = 1, epoch = ?1, sequence = ?2 WHERE id = ?3 AND name = ?4 AND state = 0 "
        "AND digest = ?5",
        epoch, sequence, row.id.value, row.name, row.sha256));
    if (database_.changes() != 1) return tl::unexpected(Error::Refused);
    detail::RowPlace before{row, 0, 0};
    before.row.state = RowState::Sealed;
    detail::RowPlace after{row, epoch, sequence};
    after.row.state = RowState::Batched;
    return tables_.row_changed(&before, &after);
}

Result<void> Outbox::freeze(const BatchPlan& plan, std::size_t count, const BatchBytes& bytes, ByteView way_back) {
    if (count > plan.rows.size()) return tl::unexpected(Error::Input);
    if (count == 0 && (!plan.rows.empty() || way_back.empty())) return tl::unexpected(Error::Input);
    auto frozen = tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const now, this->plan({}));
        AMPARO_DO(rules::may_freeze(plan, now));
        for (std::size_t i = 0; i < count; ++i) AMPARO_DO(freeze_row(plan.rows[i], plan.epoch, plan.sequence));
        if (!way_back.empty())
            AMPARO_DO(database_.run("INSERT INTO way_back(epoch, sequence, secret) VALUES(?1, ?2, ?3)", plan.epoch,
                                    plan.sequence, way_back));
        return database_.run(
            "INSERT INTO batch(epoch, sequence, previous, manifest_sha256, manifest, signature, certificate, "
            "certificate_signature) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            plan.epoch, plan.sequence, plan.previous, bytes.manifest_sha256, bytes.manifest, bytes.signature,
            bytes.certificate, bytes.certificate_signature);
    });
    database_.release_memory();
    return frozen;
}

Result<std::vector<BatchKey>> Outbox::open_batches() {
    return database_.rows("SELECT epoch, sequence FROM sealed WHERE state IN (1, 2) AND sequence > 0 " +
                              std::string(or_empty) + "ORDER BY epoch, sequence",
                          key_columns);
}

Result<std::vector<BatchKey>> Outbox::kept_batches() {
    return database_.rows(
        "SELECT epoch, sequence FROM sealed AS s WHERE sequence > 0 AND (state IN (1, 2) OR (state = 3 AND NOT EXISTS "
        "(SELECT 1 FROM receipt WHERE epoch = s.epoch AND sequence = s.sequence AND length(refused) > 0))) " +
            std::string(or_empty) + "ORDER BY epoch, sequence",
        key_columns);
}

Result<FrozenBatch> Outbox::batch(BatchKey key) {
    const auto signed_part = [&](database::Row row) {
        return FrozenBatch{
            key.epoch,
            key.sequence,
            detail::digest_column(row, 0),
            {detail::digest_column(row, 1), row.copy_of(2), row.copy_of(3), row.copy_of(4), row.copy_of(5)},
            {}};
    };
    AMPARO_TRY(frozen, database_.one("SELECT previous, manifest_sha256, manifest, signature, certificate, "
                                     "certificate_signature FROM batch WHERE epoch = ?1 AND sequence = ?2",
                                     signed_part, key.epoch, key.sequence));
    if (!frozen) return tl::unexpected(Error::NotFound);
    const auto info = [](database::Row row) -> Result<RowInfo> {
        AMPARO_TRY(place, detail::place_columns(row));
        return std::move(place.row);
    };
    AMPARO_TRY(rows, database_.rows(
                         std::string(detail::place_select).append("WHERE epoch = ?1 AND sequence = ?2 ORDER BY name"),
                         info, key.epoch, key.sequence));
    frozen->rows = std::move(rows);
    return *std::move(frozen);
}

Result<std::vector<BatchKey>> Outbox::answerable() {
    return database_.rows("SELECT epoch, sequence FROM way_back ORDER BY epoch, sequence", key_columns);
}

Result<std::optional<crypto::SecretBytes>> Outbox::way_back(BatchKey key) {
    const auto secret = [this](database::Row row) -> Result<crypto::SecretBytes> {
        auto copy = crypto::SecretBytes::copy_of(tables_.ready(), row.bytes(0));
        if (!copy) return tl::unexpected(detail::error_of(copy.error()));
        return std::move(*copy);
    };
    return database_.one("SELECT secret FROM way_back WHERE epoch = ?1 AND sequence = ?2", secret, key.epoch,
                         key.sequence);
}

}  // namespace app::store
