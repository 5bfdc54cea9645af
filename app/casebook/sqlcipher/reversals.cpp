#include "app/casebook/sqlcipher/reversals.hpp"

#include "app/casebook/sqlcipher/calls.hpp"

namespace app::casebook::sqlcipher {

namespace {

/// Kept, opened, and in no list, because another revision stands in its place; not where a person decided so.
constexpr std::string_view is_hidden =
    "length(bytes) > 0 AND trim(record) <> '' AND outcome <= ?1 "
    "AND NOT EXISTS (SELECT 1 FROM record r WHERE r.sealed = sealed.id) "
    "AND NOT EXISTS (SELECT 1 FROM held h WHERE h.sealed = sealed.id) "
    "AND EXISTS (SELECT 1 FROM record r JOIN sealed l ON l.id = r.sealed JOIN batch b ON b.id = l.batch "
    "WHERE r.device = sealed.device AND r.record = sealed.record AND l.detail <> ?2";

}  // namespace

Result<std::vector<std::int64_t>> Reversals::withdrawals_since(std::string_view device, const ForkPlace& since) {
    return ours(database_->rows(
        "SELECT r.sealed FROM record r JOIN sealed s ON s.id = r.sealed JOIN batch b ON b.id = s.batch "
        "WHERE r.device = ?1 AND r.kind = ?2 AND s.outcome = ?3 AND s.detail <> ?4 "
        "AND (b.epoch > ?5 OR (b.epoch = ?5 AND b.sequence >= ?6)) AND EXISTS (SELECT 1 FROM sealed o "
        "WHERE o.device = r.device AND o.record = r.record AND o.outcome = ?7)",
        [](const Row& row) { return row.integer(0); }, device, Kind::Withdrawn, Outcome::Withdrawn, decided_word,
        since.epoch, since.sequence, Outcome::WasWithdrawn));
}

Result<void> Reversals::reopen_hidden_since(std::string_view device, const ForkPlace& since) {
    return ours(database_->run("UPDATE sealed SET outcome = NULL WHERE device = ?3 AND " + std::string(is_hidden) +
                                   " AND (b.epoch > ?4 OR (b.epoch = ?4 AND b.sequence >= ?5)))",
                               Outcome::Older, decided_word, device, since.epoch, since.sequence));
}

Result<void> Reversals::reopen_hidden(std::int64_t sealed) {
    return ours(database_->run("UPDATE sealed SET outcome = NULL WHERE id = ?3 AND " + std::string(is_hidden) + ")",
                               Outcome::Older, decided_word, sealed));
}

Result<std::optional<std::int64_t>> Reversals::emptied(std::string_view device, const crypto::Digest& sha256) {
    return ours(database_->one(
        "SELECT id FROM sealed WHERE device = ?1 AND sha256 = ?2 AND length(bytes) = 0 AND outcome = ?3",
        [](const Row& row) { return row.integer(0); }, device, sha256, Outcome::WasWithdrawn));
}

Result<std::optional<Reversals::Order>> Reversals::withdrawal_of(std::int64_t sealed) {
    return ours(database_->one(
        "SELECT s.batch, s.outcome, s.detail FROM sealed o JOIN record r ON r.device = o.device AND "
        "r.record = o.record JOIN sealed s ON s.id = r.sealed WHERE o.id = ?1 AND r.kind = ?2",
        [](const Row& row) {
            return Order{row.integer(0), {row.number<Outcome>(1), std::string(row.text(2))}};
        },
        sealed, Kind::Withdrawn));
}

Result<void> Reversals::fill_again(std::int64_t sealed, crypto::ByteView bytes) {
    return ours(
        database_->run("UPDATE sealed SET bytes = ?1, outcome = NULL, detail = '' WHERE id = ?2", bytes, sealed));
}

}  // namespace app::casebook::sqlcipher
