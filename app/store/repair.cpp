#include "app/store/repair.hpp"

#include <algorithm>
#include <array>

#include "app/store/database_beside.hpp"
#include "app/store/files.hpp"
#include "app/store/rekey.hpp"
#include "app/store/repairing.hpp"
#include "app/store/schema.hpp"
#include "app/store/sql_store.hpp"
#include "crypto/random.hpp"

namespace app::store {
namespace {

namespace fs = std::filesystem;
using detail::DatabaseCopy;
using detail::Salvage;

constexpr std::uint64_t spare_room = 1U << 20;

Result<void> check_room(const StateFolder& folder) {
    std::error_code failure;
    const auto size = fs::file_size(folder.database(), failure);
    if (failure) return tl::unexpected(Error::Missing);
    const auto room = folder.free_bytes();
    if (!room) return tl::unexpected(room.error());
    if (*room < 2 * size + spare_room) return tl::unexpected(Error::NoSpace);
    return {};
}

/// The whole database as at any start. Errors: as open_store().
Result<std::unique_ptr<detail::SqlStore>> open_whole(crypto::SodiumReady ready, const fs::path& file,
                                                     const crypto::SecretBytes& key) {
    auto database = Database::open(ready, file, key, schema::migrations, schema::expected);
    if (!database) return tl::unexpected(database.error());
    auto summary = detail::Summary::make(ready, key);
    if (!summary) return tl::unexpected(summary.error());
    if (auto same = summary->verify(*database); !same) return tl::unexpected(same.error());
    return std::make_unique<detail::SqlStore>(ready, std::move(*database), std::move(*summary));
}

/// One repair: every way to read the copy in turn, into one new database.
class Repair {
  public:
    Repair(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& key)
        : ready_(ready), folder_(folder), key_(key), copy_(folder) {}

    /// Errors: as repair().
    Result<Repaired> run(const AuditStep& step, const RepairProgress& progress) {
        const auto damaged = detail::digest_of_file(ready_, folder_.database());
        if (!damaged) return tl::unexpected(damaged.error());
        auto fresh = Database::create(ready_, folder_.next_database(), key_, schema::migrations);
        if (!fresh) return tl::unexpected(fresh.error());
        auto summary = detail::Summary::make(ready_, key_);
        if (!summary) return tl::unexpected(Error::Memory);
        auto transaction = Transaction::begin(*fresh);
        if (!transaction) return tl::unexpected(transaction.error());
        detail::Repairing repairing(*fresh, progress);
        if (auto done = read_all(repairing); !done) return tl::unexpected(done.error());
        if (auto done = repairing.finish(step); !done) return tl::unexpected(done.error());
        if (auto done = summary->rebuild(*fresh); !done) return tl::unexpected(done.error());
        if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
        auto& repaired = repairing.repaired;
        repaired.damaged_file = std::string(damaged_prefix) + crypto::random_hex(ready_, 4) + ".db";
        repairing.after.damaged = *damaged;
        repairing.after.note = detail::note_of(repaired);
        detail::SqlStore store(ready_, std::move(*fresh), std::move(*summary));
        if (auto done = store.after_repair(repairing.after); !done) return tl::unexpected(done.error());
        return std::move(repaired);
    }

  private:
    /// With the last transaction's journal, without it, and with a first page that is lent.
    Result<void> read_all(detail::Repairing& repairing) {
        bool opened = false;
        for (const bool with_journal : {true, false}) {
            if (!with_journal && !detail::is_there(detail::journal_of(folder_.database()))) continue;
            if (auto done = copy_.make(with_journal); !done) return done;
            // Where every page is whole and still the summary does not hold, pages are of different ages.
            const bool readable =
                Database::open(ready_, copy_.path(), key_, schema::migrations, schema::expected).has_value();
            Salvage old(ready_, copy_.path(), key_);
            if (!old.open()) continue;
            opened = true;
            if (auto done = repairing.take_from(old, !readable); !done) return done;
        }
        if (opened && repairing.complete_so_far()) return {};
        auto lent = lend(repairing);
        return opened ? Result<void>{} : lent;  // what was read before does not wait for room
    }
    Result<void> lend(detail::Repairing& repairing) {
        std::vector<crypto::Bytes> salts;
        if (auto own = detail::read_part(folder_.database(), database_salt_bytes)) salts.push_back(std::move(*own));
        if (auto kept = folder_.read_salt()) salts.push_back(std::move(*kept));
        for (const auto& salt : salts) {
            if (auto done = copy_.make(false); !done) return done;
            Salvage old(ready_, copy_.path(), key_);
            const auto opened = old.open_with_lent_page(copy_.helper(), salt);
            if (!opened) return tl::unexpected(opened.error());
            if (!*opened) continue;
            if (auto done = repairing.take_from(old, true); !done) return done;
        }
        return {};
    }

    crypto::SodiumReady ready_;
    const StateFolder& folder_;
    const crypto::SecretBytes& key_;
    DatabaseCopy copy_;
};

/// The key that reads the first page.
const crypto::SecretBytes& key_for(crypto::SodiumReady ready, const StateFolder& folder,
                                   std::span<const crypto::SecretBytes> keys) {
    if (keys.size() == 1) return keys.front();
    DatabaseCopy copy(folder);
    for (const auto& key : keys)
        if (copy.make(true) && Database::open_damaged(ready, copy.path(), key)) return key;
    return keys.back();
}

/// Made by a repair of the database that is here, or that was moved aside a moment before the power went.
bool fits(crypto::SodiumReady ready, const StateFolder& folder, const StateFolder::Marked& marked,
          const crypto::SecretBytes& key) {
    const bool moved = detail::is_there(marked.damaged);
    if (moved && detail::is_there(folder.database())) return false;
    // A repaired database was closed before it got its name: a journal is somebody else's.
    if (detail::is_there(detail::journal_of(marked.file))) return false;
    const auto damaged = detail::digest_of_file(ready, moved ? marked.damaged : folder.database());
    if (!damaged) return false;
    auto store = open_whole(ready, marked.file, key);
    return store && (*store)->repairs(*damaged).value_or(false);
}

}  // namespace

Result<void> finish_repair(crypto::SodiumReady ready, const StateFolder& folder,
                           std::span<const crypto::SecretBytes> keys) {
    const auto all = folder.marked();
    if (!all) return tl::unexpected(all.error());
    for (const auto& marked : *all) {
        const bool ours =
            std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return fits(ready, folder, marked, key); });
        auto done = ours ? folder.take_repaired(marked) : folder.put_aside(ready, marked.file);
        if (!done) return done;
    }
    return {};
}

Result<void> settle_journal(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& key) {
    const auto journal = detail::journal_of(folder.database());
    if (!detail::is_there(journal) || !detail::is_there(folder.database())) return {};
    DatabaseCopy copy(folder);
    Error why = Error::Damaged;
    for (const bool with_journal : {true, false}) {
        const auto made = copy.make(with_journal);
        // Where there is no room to look first, people still have to get in.
        if (!made && made.error() == Error::NoSpace) return {};
        if (!made) return made;
        const auto whole = open_whole(ready, copy.path(), key);
        if (whole && with_journal) return {};
        if (whole) return folder.put_aside(ready, journal);
        if (with_journal) why = whole.error();
    }
    return tl::unexpected(why == Error::RolledBack ? Error::Damaged : why);
}

Result<Repaired> repair(crypto::SodiumReady ready, const StateFolder& folder, std::span<const crypto::SecretBytes> keys,
                        const AuditStep& audit_step, const RepairProgress& progress, const RepairAccepted& accepted) {
    if (keys.empty()) return tl::unexpected(Error::Input);
    if (auto room = check_room(folder); !room) return tl::unexpected(room.error());
    detail::remove_next_database(folder);
    const auto& key = key_for(ready, folder, keys);
    auto done = Repair(ready, folder, key).run(audit_step, progress);
    if (done) {
        const auto opened = open_whole(ready, folder.next_database(), key);
        if (!opened)
            done = tl::unexpected(Error::Damaged);
        else if (accepted && !accepted(**opened))
            done = tl::unexpected(Error::Refused);
    }
    if (!done) {
        detail::remove_next_database(folder);
        return done;
    }
    // From the next step on the repair has happened, whatever interrupts it.
    if (auto marked = folder.mark_repaired(done->damaged_file); !marked) return tl::unexpected(marked.error());
    if (auto finished = finish_repair(ready, folder, std::span(&key, 1)); !finished)
        return tl::unexpected(finished.error());
    if (!detail::is_there(folder.path() / done->damaged_file)) return tl::unexpected(Error::Io);
    return done;
}

}  // namespace app::store
