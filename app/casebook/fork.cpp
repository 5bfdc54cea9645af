// What is put right once a source is in doubt: what its orders hid or took the place of since its batches contradict
// each other waits for a person, and what they emptied is stored again when a batch brings it once more.
#include "app/casebook/parts.hpp"

namespace app::casebook {

using detail::as_column;
using detail::next_row;
using detail::passed_on;

namespace {

/// Kept, opened, and in no list, because another revision stands in its place; not where a person decided so.
constexpr std::string_view is_hidden =
    "length(bytes) > 0 AND record <> '' AND outcome <= ?1 "
    "AND NOT EXISTS (SELECT 1 FROM record r WHERE r.sealed = sealed.id) "
    "AND NOT EXISTS (SELECT 1 FROM held h WHERE h.sealed = sealed.id) "
    "AND EXISTS (SELECT 1 FROM record r JOIN sealed l ON l.id = r.sealed JOIN batch b ON b.id = l.batch "
    "WHERE r.device = sealed.device AND r.record = sealed.record AND l.detail <> ?2";

/// Withdrawals since then that emptied something, and that no person decided about.
Result<std::vector<std::int64_t>> withdrawals_since(app::database::Database& database, std::string_view device,
                                                    const ForkPlace& since) {
    auto row = database.prepare(
        "SELECT r.sealed FROM record r JOIN sealed s ON s.id = r.sealed JOIN batch b ON b.id = s.batch "
        "WHERE r.device = ?1 AND r.kind = ?2 AND s.outcome = ?3 AND s.detail <> ?4 "
        "AND (b.epoch > ?5 OR (b.epoch = ?5 AND b.sequence >= ?6)) AND EXISTS (SELECT 1 FROM sealed o "
        "WHERE o.device = r.device AND o.record = r.record AND o.outcome = ?7)");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, static_cast<std::int64_t>(Kind::Withdrawn)).bind(3, as_column(Outcome::Withdrawn));
    row->bind(4, detail::decided_word).bind(5, as_column(since.epoch)).bind(6, as_column(since.sequence));
    row->bind(7, as_column(Outcome::WasWithdrawn));
    std::vector<std::int64_t> found;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return found;
        found.push_back(row->integer(0));
    }
}

}  // namespace

/// Withdrawals wait from now on; what a later revision hides is opened again, and by that set beside it.
Result<void> Casebook::Parts::hold_since_fork(std::string_view device) {
    const auto orders = withdrawals_since(database, device, forked_since);
    if (!orders) return tl::unexpected(orders.error());
    for (const auto sealed : *orders) {
        Listed listed;
        listed.sealed = sealed;
        listed.withdrawn = true;
        if (auto done = set_beside(listed, Doubt::Forked); !done) return done;
        held_again.push_back(sealed);
    }
    auto row = database.prepare("UPDATE sealed SET outcome = NULL WHERE device = ?3 AND " + std::string(is_hidden) +
                                " AND (b.epoch > ?4 OR (b.epoch = ?4 AND b.sequence >= ?5)))");
    if (!row) return passed_on(row.error());
    row->bind(1, as_column(Outcome::Older)).bind(2, detail::decided_word).bind(3, device);
    row->bind(4, as_column(forked_since.epoch)).bind(5, as_column(forked_since.sequence));
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return {};
}

/// What two batches of a forked device brought: whose order in the one stands, says nothing about the other.
Result<void> Casebook::Parts::open_contested() {
    auto row = database.prepare("UPDATE sealed SET outcome = NULL WHERE id = ?3 AND " + std::string(is_hidden) + ")");
    if (!row) return passed_on(row.error());
    for (const auto sealed : from_elsewhere) {
        row->bind(1, as_column(Outcome::Older)).bind(2, detail::decided_word).bind(3, sealed);
        if (auto done = row->finish(); !done) return passed_on(done.error());
        row->reset();
        contested.insert(sealed);
    }
    return {};
}

/// Whether the withdrawal that emptied a sealed row is in doubt now, or was rejected by a person.
Result<bool> Casebook::Parts::emptied_in_doubt(std::int64_t sealed) {
    auto row = database.prepare(
        "SELECT s.batch, s.outcome, s.detail = ?3 FROM sealed o JOIN record r ON r.device = o.device AND "
        "r.record = o.record JOIN sealed s ON s.id = r.sealed WHERE o.id = ?1 AND r.kind = ?2");
    if (!row) return passed_on(row.error());
    row->bind(1, sealed).bind(2, static_cast<std::int64_t>(Kind::Withdrawn)).bind(3, detail::decided_word);
    auto there = next_row(*row);
    if (!there) return there;
    if (!*there) return true;  // what emptied it stands no more: the case is listed again
    if (row->integer(1) == as_column(Outcome::WithdrawalRejected)) return true;
    if (row->integer(2) == 1) return false;
    const auto doubt = doubt_of(row->integer(0));
    if (!doubt) return tl::unexpected(doubt.error());
    return *doubt != Doubt::None;
}

/// Reads the batch once more, for the bytes that were emptied by an order in doubt, and stores them again.
Result<void> Casebook::Parts::bring_back(const exchange::VerifiedBatch& from) {
    Result<void> stored;
    const auto take = [&](const exchange::BatchRecord& member, crypto::ByteView sealed) {
        if (!exchange::is_audit_name(member.name)) stored = fill_again(from.header.device, member.sha256, sealed);
        return stored.has_value();
    };
    const auto read = exchange::read_members(ready, from, take, [](std::uint64_t, std::uint64_t) { return true; });
    if (!stored || read) return stored;
    return tl::unexpected(Error::BatchFile);
}

Result<void> Casebook::Parts::fill_again(std::string_view device, const exchange::Digest& sha256,
                                         crypto::ByteView bytes) {
    auto find = database.prepare(
        "SELECT id FROM sealed WHERE device = ?1 AND sha256 = ?2 AND length(bytes) = 0 AND outcome = ?3");
    if (!find) return passed_on(find.error());
    find->bind(1, device).bind(2, crypto::ByteView(sha256)).bind(3, as_column(Outcome::WasWithdrawn));
    const auto there = next_row(*find);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return {};
    const auto sealed = find->integer(0);
    find->reset();
    const auto in_doubt = emptied_in_doubt(sealed);
    if (!in_doubt) return tl::unexpected(in_doubt.error());
    if (!*in_doubt) return {};
    auto row = database.prepare("UPDATE sealed SET bytes = ?1, outcome = NULL, detail = '' WHERE id = ?2");
    if (!row) return passed_on(row.error());
    if (auto done = row->bind(1, bytes).bind(2, sealed).finish(); !done) return passed_on(done.error());
    return {};
}

/// Inside the transaction that takes a batch in, when everything is known that speaks against its device.
Result<void> Casebook::Parts::look_again(const exchange::VerifiedBatch& batch, const Place& place) {
    sources.clear();
    if (place.standing == Standing::Forked)
        if (auto done = hold_since_fork(batch.header.device); !done) return done;
    if (place.forked)
        if (auto done = open_contested(); !done) return done;
    return emptied_known ? bring_back(batch) : Result<void>{};
}

}  // namespace app::casebook
