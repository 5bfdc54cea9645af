#include "app/store/receipts.hpp"

#include <algorithm>
#include <array>

#include "crypto/try.hpp"

namespace app::store {
namespace {

using std::chrono::seconds;

constexpr std::string_view hold_clock_value = "clock.hold";
constexpr std::size_t most_signer_bytes = 64;
constexpr std::size_t most_refused_rows = 65'536;

Bytes bytes_of(const rules::RefusedDigests& refused) {
    Bytes bytes;
    for (const auto& digest : refused) crypto::append(bytes, digest);
    return bytes;
}

Result<rules::RefusedDigests> refused_column(database::Row row, int column) {
    crypto::Reader reader(row.bytes(column));
    rules::RefusedDigests refused;
    while (!reader.at_end()) {
        Digest digest{};
        const auto bytes = reader.take(digest.size());
        if (!bytes) return tl::unexpected(Error::Damaged);
        std::copy(bytes->begin(), bytes->end(), digest.begin());
        refused.push_back(digest);
    }
    return refused;
}

}  // namespace

Result<rules::HoldClock> Receipts::clock_at(Now now) {
    AMPARO_TRY(const kept, tables_.value(hold_clock_value));
    if (!kept) return rules::hold_clock_at(std::nullopt, now);
    crypto::Reader reader(*kept);
    std::array<std::int64_t, 4> numbers{};
    for (auto& number : numbers) {
        const auto read = reader.u64_le();
        if (!read) return tl::unexpected(Error::Damaged);
        number = static_cast<std::int64_t>(*read);
    }
    if (!reader.at_end()) return tl::unexpected(Error::Damaged);
    const rules::HoldClock before{static_cast<std::uint64_t>(numbers[0]), seconds(numbers[1]), seconds(numbers[2]),
                                  std::chrono::sys_seconds(seconds(numbers[3]))};
    return rules::hold_clock_at(before, now);
}

Result<void> Receipts::put(const rules::HoldClock& clock) {
    Bytes bytes;
    crypto::append_u64_le(bytes, clock.start);
    for (const auto number : {clock.running, clock.counted, clock.latest.time_since_epoch()})
        crypto::append_u64_le(bytes, static_cast<std::uint64_t>(number.count()));
    return tables_.put(hold_clock_value, ByteView(bytes));
}

Result<std::optional<rules::RefusedDigests>> Receipts::refused_by(BatchKey batch, ByteView signer) {
    return database_.one(
        "SELECT refused FROM receipt WHERE epoch = ?1 AND sequence = ?2 AND signer = ?3",
        [](database::Row row) { return refused_column(row, 0); }, batch.epoch, batch.sequence, signer);
}

/// Of signers who are pinned now: what a removed one signed counts no more.
Result<std::vector<rules::RefusedDigests>> Receipts::counted(BatchKey batch, const Keeping& keeping) {
    std::vector<rules::RefusedDigests> receipts;
    for (const auto& signer : keeping.signers) {
        AMPARO_TRY(refused, refused_by(batch, signer));
        if (refused) receipts.push_back(*std::move(refused));
    }
    return receipts;
}

Result<void> Receipts::move(const detail::RowPlace& before, RowState state) {
    auto after = before;
    after.row.state = state;
    if (state == RowState::Sealed) after.epoch = after.sequence = 0;
    if (state == RowState::Erased) {
        after.row.size = 0;
        after.row.sha256 = crypto::sha256(tables_.ready(), {});
        AMPARO_DO(database_.run("UPDATE sealed SET size = 0, digest = ?2, bytes = x'' WHERE id = ?1",
                                before.row.id.value, after.row.sha256));
    }
    AMPARO_DO(database_.run("UPDATE sealed SET state = ?2, epoch = ?3, sequence = ?4 WHERE id = ?1 AND state = ?5",
                            before.row.id.value, static_cast<std::int64_t>(state), after.epoch, after.sequence,
                            static_cast<std::int64_t>(before.row.state)));
    if (database_.changes() != 1) return tl::unexpected(Error::Refused);
    return tables_.row_changed(&before, &after);
}

Result<Receipts::Settled> Receipts::settle(BatchKey batch, const Keeping& keeping, seconds now) {
    AMPARO_TRY(const receipts, counted(batch, keeping));
    AMPARO_TRY(const rows,
               tables_.places("WHERE epoch = ?1 AND sequence = ?2 AND state IN (1, 2)", batch.epoch, batch.sequence));
    Settled settled;
    bool held = false;
    for (const auto& place : rows) {
        const auto before = place.row.state;
        const auto accepting = rules::accepted_by(place.row.sha256, receipts);
        const auto after = rules::row_after(accepting, receipts.size(), keeping.receipts_required);
        if (after == before) continue;
        AMPARO_DO(move(place, after));
        if (after == RowState::Sealed) ++settled.again;
        if (before == RowState::Batched && after != RowState::Sealed) ++settled.confirmed;
        held = held || after == RowState::Held;
    }
    if (held)
        AMPARO_DO(database_.run("INSERT OR IGNORE INTO held(epoch, sequence, since) VALUES(?1, ?2, ?3)", batch.epoch,
                                batch.sequence, now.count()));
    return settled;
}

Result<TakenReceipt> Receipts::take(const Receipt& receipt, const Keeping& keeping, Now now) {
    if (receipt.signer.empty() || receipt.signer.size() > most_signer_bytes ||
        receipt.refused.size() > most_refused_rows || !std::is_sorted(receipt.refused.begin(), receipt.refused.end()))
        return tl::unexpected(Error::Input);
    AMPARO_TRY(const device, tables_.value("device.id"));
    if (!device) return tl::unexpected(Error::NotFound);
    const auto manifest = database_.one(
        "SELECT manifest_sha256 FROM batch WHERE epoch = ?1 AND sequence = ?2",
        [](database::Row row) { return detail::digest_column(row, 0); }, receipt.epoch, receipt.sequence);
    if (!manifest) return tl::unexpected(manifest.error());
    TakenReceipt taken;
    taken.answer = rules::judge_receipt(receipt, {crypto::as_text(*device), *manifest}, keeping);
    if (taken.answer != ReceiptAnswer::Taken) return taken;
    const BatchKey batch{receipt.epoch, receipt.sequence};
    AMPARO_TRY(const before, refused_by(batch, receipt.signer));
    auto refused = receipt.refused;
    if (before) {  // what somebody has they do not lose by an older receipt
        refused.clear();
        std::set_intersection(before->begin(), before->end(), receipt.refused.begin(), receipt.refused.end(),
                              std::back_inserter(refused));
        if (refused == *before) return TakenReceipt{ReceiptAnswer::Known, 0, 0};
    }
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const clock, clock_at(now));
        AMPARO_DO(put(clock));
        AMPARO_DO(
            database_.run("INSERT INTO receipt(epoch, sequence, signer, refused) VALUES(?1, ?2, ?3, ?4) "
                          "ON CONFLICT(epoch, sequence, signer) DO UPDATE SET refused = excluded.refused",
                          batch.epoch, batch.sequence, receipt.signer, bytes_of(refused)));
        AMPARO_TRY(const settled, settle(batch, keeping, clock.counted));
        taken.confirmed = settled.confirmed;
        taken.again = settled.again;
        return {};
    });
    database_.release_memory();
    if (!done) return tl::unexpected(done.error());
    return taken;
}

/// The rows of a batch whose hold is over.
Result<std::uint64_t> Receipts::erase(BatchKey batch, const Keeping& keeping) {
    AMPARO_TRY(const receipts, counted(batch, keeping));
    AMPARO_TRY(const rows,
               tables_.places("WHERE epoch = ?1 AND sequence = ?2 AND state = 3", batch.epoch, batch.sequence));
    std::uint64_t erased = 0;
    for (const auto& place : rows) {
        if (rules::accepted_by(place.row.sha256, receipts) < keeping.receipts_required) continue;
        AMPARO_DO(move(place, RowState::Erased));
        ++erased;
    }
    if (erased == rows.size())
        AMPARO_DO(database_.run("DELETE FROM held WHERE epoch = ?1 AND sequence = ?2", batch.epoch, batch.sequence));
    return erased;
}

/// RETURN of batches that have as many receipts as are asked for, and of which no row is left.
Result<void> Receipts::drop_ways_back(const Keeping& keeping) {
    const auto key = [](database::Row row) { return BatchKey{row.number(0), row.number(1)}; };
    AMPARO_TRY(const empty, database_.rows("SELECT epoch, sequence FROM way_back AS w WHERE NOT EXISTS (SELECT 1 FROM "
                                           "sealed WHERE epoch = w.epoch AND sequence = w.sequence AND state < 4)",
                                           key));
    for (const auto& batch : empty) {
        AMPARO_TRY(const receipts, counted(batch, keeping));
        if (receipts.size() < keeping.receipts_required) continue;
        AMPARO_DO(
            database_.run("DELETE FROM way_back WHERE epoch = ?1 AND sequence = ?2", batch.epoch, batch.sequence));
    }
    return {};
}

Result<std::uint64_t> Receipts::housekeep(const Keeping& keeping, Now now) {
    const auto key = [](database::Row row) { return BatchKey{row.number(0), row.number(1)}; };
    struct Hold {
        BatchKey batch;
        seconds since;
    };
    std::uint64_t erased = 0;
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const clock, clock_at(now));
        AMPARO_DO(put(clock));
        AMPARO_TRY(
            const open,
            database_.rows("SELECT DISTINCT epoch, sequence FROM receipt AS r WHERE EXISTS (SELECT 1 FROM sealed "
                           "WHERE epoch = r.epoch AND sequence = r.sequence AND state IN (1, 2))",
                           key));
        for (const auto& batch : open) AMPARO_DO(settle(batch, keeping, clock.counted));
        AMPARO_TRY(const holds, database_.rows("SELECT epoch, sequence, since FROM held", [&](database::Row row) {
            return Hold{key(row), seconds(row.integer(2))};
        }));
        for (const auto& hold : holds) {
            if (!rules::hold_is_over(hold.since, clock.counted, keeping.hold_days)) continue;
            AMPARO_TRY(const rows, erase(hold.batch, keeping));
            erased += rows;
        }
        return drop_ways_back(keeping);
    });
    database_.release_memory();
    if (!done) return tl::unexpected(done.error());
    return erased;
}

}  // namespace app::store
