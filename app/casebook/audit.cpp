// What devices noted about themselves: kept as it came, and checked against what they signed in their batches.
#include <algorithm>

#include "app/casebook/parts.hpp"

namespace app::casebook {

using detail::passed_on;
using exchange::Digest;

namespace {

struct Chain {
    std::uint64_t number = 0;
    Digest head{};
    bool broken = false;
};

Digest digest_of(crypto::ByteView bytes) noexcept {
    Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

Result<bool> next_row(store::Statement& statement) {
    auto there = statement.step();
    if (!there) return passed_on(there.error());
    return *there;
}

Result<Chain> chain_of(store::Database& database, std::string_view device) {
    auto row = database.prepare("SELECT number, head, broken FROM audit_whole WHERE device = ?1");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, device));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return Chain{};
    return Chain{static_cast<std::uint64_t>(row->integer(0)), digest_of(row->bytes(1)), row->integer(2) == 1};
}

/// The entry is kept unless it is here. False when another one has its number.
Result<bool> keep(store::Database& database, std::string_view device, const exchange::SealedRecord& entry,
                  std::uint64_t number) {
    auto find = database.prepare("SELECT sha256, name FROM audit WHERE device = ?1 AND number = ?2");
    if (!find) return passed_on(find.error());
    auto there = next_row(find->bind(1, device).bind(2, static_cast<std::int64_t>(number)));
    if (!there) return there;
    if (*there) return digest_of(find->bytes(0)) == entry.sha256 && find->text(1) == entry.name;
    auto insert = database.prepare("INSERT INTO audit(device, number, name, sha256, bytes) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!insert) return passed_on(insert.error());
    insert->bind(1, device).bind(2, static_cast<std::int64_t>(number)).bind(3, entry.name);
    insert->bind(4, crypto::ByteView(entry.sha256)).bind(5, crypto::ByteView(entry.sealed));
    if (auto done = insert->finish(); !done) return passed_on(done.error());
    return true;
}

/// Whether every signed claim about this place of the chain names this head.
Result<bool> as_claimed(store::Database& database, std::string_view device, const Chain& chain) {
    auto row = database.prepare("SELECT head FROM audit_claim WHERE device = ?1 AND number = ?2");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, static_cast<std::int64_t>(chain.number));
    for (;;) {
        auto more = next_row(*row);
        if (!more) return more;
        if (!*more) return true;
        if (digest_of(row->bytes(0)) != chain.head) return false;
    }
}

/// Goes on from where the chain is whole, as far as entries are here.
Result<void> go_on(crypto::SodiumReady ready, store::Database& database, std::string_view device, Chain& chain) {
    auto row =
        database.prepare("SELECT number, name, bytes FROM audit WHERE device = ?1 AND number > ?2 ORDER BY number");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, static_cast<std::int64_t>(chain.number));
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more || static_cast<std::uint64_t>(row->integer(0)) != chain.number + 1) return {};
        const auto name = exchange::parse_audit_name(row->text(1));
        if (!name) return tl::unexpected(Error::Damaged);
        chain.head = exchange::audit_head(ready, chain.head, *name, row->bytes(2));
        ++chain.number;
        auto claimed = as_claimed(database, device, chain);
        if (!claimed) return tl::unexpected(claimed.error());
        if (!*claimed) chain.broken = true;
    }
}

}  // namespace

std::string_view audit_word(AuditStanding standing) noexcept {
    switch (standing) {
        case AuditStanding::Whole:
            return "whole";
        case AuditStanding::Missing:
            return "missing";
        case AuditStanding::Broken:
            return "broken";
    }
    return "broken";
}

/// Inside the transaction of the import: the entries, what the batch says of the chain, and how far it is whole now.
Result<void> Casebook::Parts::take_audit(const exchange::VerifiedBatch& batch) {
    const auto& device = batch.header.device;
    auto chain = chain_of(database, device);
    if (!chain) return tl::unexpected(chain.error());
    std::uint64_t last = 0;
    for (const auto& entry : batch.audit) {
        const auto name = exchange::parse_audit_name(entry.name);
        if (!name) return tl::unexpected(Error::Internal);
        auto kept = keep(database, device, entry, name->number);
        if (!kept) return tl::unexpected(kept.error());
        if (!*kept) chain->broken = true;
        last = std::max(last, name->number);
    }
    if (last > 0) {
        auto claim = database.prepare("INSERT OR IGNORE INTO audit_claim(device, number, head) VALUES(?1, ?2, ?3)");
        if (!claim) return passed_on(claim.error());
        claim->bind(1, device).bind(2, static_cast<std::int64_t>(last)).bind(3, crypto::ByteView(batch.header.audit));
        if (auto done = claim->finish(); !done) return passed_on(done.error());
        // A batch may come again: what it says of the place where the chain stands is compared at once.
        if (last == chain->number && chain->head != batch.header.audit) chain->broken = true;
    }
    if (auto done = go_on(ready, database, device, *chain); !done) return done;
    auto whole = database.prepare(
        "INSERT INTO audit_whole(device, number, head, broken) VALUES(?1, ?2, ?3, ?4) "
        "ON CONFLICT(device) DO UPDATE SET number = excluded.number, head = excluded.head, broken = excluded.broken");
    if (!whole) return passed_on(whole.error());
    whole->bind(1, device).bind(2, static_cast<std::int64_t>(chain->number)).bind(3, crypto::ByteView(chain->head));
    whole->bind(4, std::int64_t{chain->broken ? 1 : 0});
    if (auto done = whole->finish(); !done) return passed_on(done.error());
    return {};
}

Result<AuditStanding> Casebook::Parts::standing_of_audit(std::string_view device) {
    const auto chain = chain_of(database, device);
    if (!chain) return tl::unexpected(chain.error());
    if (chain->broken) return AuditStanding::Broken;
    auto row = database.prepare("SELECT coalesce(max(number), 0) FROM audit WHERE device = ?1");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, device));
    if (!there) return tl::unexpected(there.error());
    return static_cast<std::uint64_t>(row->integer(0)) > chain->number ? AuditStanding::Missing : AuditStanding::Whole;
}

Result<AuditStanding> Casebook::audit_standing(std::string_view device) {
    return parts_->standing_of_audit(device);
}

Result<std::vector<AuditEntry>> Casebook::audit(std::string_view device) {
    auto row = parts_->database.prepare(
        "SELECT device, name, bytes FROM audit WHERE ?1 = '' OR device = ?1 ORDER BY device, number");
    if (!row) return passed_on(row.error());
    row->bind(1, device);
    std::vector<AuditEntry> entries;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return entries;
        const auto bytes = row->bytes(2);
        entries.push_back({std::string(row->text(0)), std::string(row->text(1)), {bytes.begin(), bytes.end()}});
    }
}

}  // namespace app::casebook
