#include "app/casebook/sqlcipher/audit_book.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

Result<void> AuditBook::keep(const ArrivedEntry& entry) {
    return ours(
        database_->run("INSERT INTO audit(device, epoch, number, name, sha256, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                       entry.device, entry.epoch, entry.number, entry.name, entry.sha256, entry.sealed));
}

// The index is named: left to itself, SQLite takes the one that holds all these columns and reads every entry of the
// device for each that comes.
Result<std::vector<rules::EntryBeside>> AuditBook::beside(const ArrivedEntry& entry) {
    return ours(database_->rows(
        "SELECT epoch, sha256 = ?3 AND name = ?4 FROM audit INDEXED BY audit_number WHERE device = ?1 AND number = ?2",
        [](const Row& row) {
            return rules::EntryBeside{row.number(0), row.integer(1) == 1};
        },
        entry.device, entry.number, entry.sha256, entry.name));
}

Result<void> AuditBook::each_after(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                                   const SeeEntry& see) {
    return each_until(
        *database_,
        "SELECT name, bytes FROM audit WHERE device = ?1 AND epoch = ?2 AND number > ?3 ORDER BY number, id",
        [&](const Row& row) { return see(row.text(0), row.bytes(1)); }, device, epoch, number);
}

Result<std::vector<AuditEntry>> AuditBook::entries(std::string_view device) {
    return ours(database_->rows(
        "SELECT device, min(epoch), name, bytes FROM audit WHERE ?1 = '' OR device = ?1 "
        "GROUP BY device, number, name, sha256 ORDER BY device, min(epoch), number, min(id)",
        [](const Row& row) {
            return AuditEntry{std::string(row.text(0)), row.number(1), std::string(row.text(2)), row.copy_of(3)};
        },
        device));
}

Result<std::vector<std::uint64_t>> AuditBook::epochs(std::string_view device) {
    return ours(database_->rows(
        "SELECT DISTINCT epoch FROM audit WHERE device = ?1 ORDER BY epoch",
        [](const Row& row) { return row.number(0); }, device));
}

Result<std::uint64_t> AuditBook::first_number(std::string_view device, std::uint64_t epoch) {
    return count_of(database_->number("SELECT min(number) FROM audit WHERE device = ?1 AND epoch = ?2", device, epoch));
}

Result<std::uint64_t> AuditBook::last_number(std::string_view device, std::uint64_t epoch) {
    return count_of(database_->number("SELECT max(number) FROM audit WHERE device = ?1 AND epoch = ?2", device, epoch));
}

Result<bool> AuditBook::notes(std::string_view device, std::uint64_t epoch, std::string_view type) {
    return any_of(
        database_->number("SELECT count(*) FROM audit WHERE device = ?1 AND epoch IN (0, ?2) AND substr(name, 23) = ?3",
                          device, epoch, type));
}

Result<bool> AuditBook::left_behind(std::string_view device, std::uint64_t before, std::uint64_t number,
                                    std::uint64_t epoch) {
    return any_of(database_->number(
        "SELECT count(*) FROM audit a WHERE a.device = ?1 AND a.epoch = ?2 AND a.number > ?3 AND NOT EXISTS "
        "(SELECT 1 FROM audit b WHERE b.device = ?1 AND b.epoch = ?4 AND b.number = a.number AND b.name = a.name AND "
        "b.sha256 = a.sha256)",
        device, before, number, epoch));
}

Result<std::optional<rules::AuditChain>> AuditBook::chain(std::string_view device, std::uint64_t epoch) {
    return ours(database_->one(
        "SELECT start, start_head, number, head, broken FROM audit_whole WHERE device = ?1 AND epoch = ?2",
        [&](const Row& row) {
            return rules::AuditChain{epoch,         row.number(0),           digest_of(row.bytes(1)),
                                     row.number(2), digest_of(row.bytes(3)), row.integer(4) == 1};
        },
        device, epoch));
}

Result<void> AuditBook::set_chain(std::string_view device, const rules::AuditChain& chain) {
    return ours(
        database_->run("INSERT INTO audit_whole(device, epoch, start, start_head, number, head, broken) "
                       "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(device, epoch) DO UPDATE SET "
                       "number = excluded.number, head = excluded.head, broken = excluded.broken",
                       device, chain.epoch, chain.start, chain.start_head, chain.number, chain.head, chain.broken));
}

Result<void> AuditBook::claim(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                              const crypto::Digest& head) {
    return ours(database_->run("INSERT OR IGNORE INTO audit_claim(device, epoch, number, head) VALUES(?1, ?2, ?3, ?4)",
                               device, epoch, number, head));
}

Result<std::vector<crypto::Digest>> AuditBook::claims(std::string_view device, std::uint64_t epoch,
                                                      std::uint64_t number) {
    return ours(database_->rows(
        "SELECT head FROM audit_claim WHERE device = ?1 AND epoch = ?2 AND number = ?3",
        [](const Row& row) { return digest_of(row.bytes(0)); }, device, epoch, number));
}

}  // namespace app::casebook::sqlcipher
