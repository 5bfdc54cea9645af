#include "app/store/repair.hpp"

#include <algorithm>
#include <array>

#include "app/files/folder.hpp"
#include "app/files/small_file.hpp"
#include "app/store/database_beside.hpp"
#include "app/store/inside.hpp"
#include "app/store/rekey.hpp"
#include "app/store/repairing.hpp"
#include "app/store/schema.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

/// SHA-256 of a plain file. Errors: Missing, NotPlain, Io.
Result<crypto::Digest> digest_of_file(crypto::SodiumReady ready, const std::filesystem::path& file) {
    crypto::Sha256 digest(ready);
    const auto read = files::each_piece(file, [&](crypto::ByteView piece) -> files::Result<void> {
        digest.update(piece);
        return {};
    });
    if (!read) return tl::unexpected(database::error_of(read.error()));
    return digest.finish();
}

namespace fs = std::filesystem;
using detail::DatabaseCopy;
using detail::Salvage;
using Salt = crypto::DatabaseSalt;

constexpr std::uint64_t spare_room = 1U << 20;

Result<void> check_room(const StateFolder& folder) {
    std::error_code failure;
    const auto size = fs::file_size(folder.database(), failure);
    if (failure) return tl::unexpected(Error::Unreadable);  // with keys of it there must have been one
    AMPARO_TRY(const room, folder.free_bytes());
    if (room < 2 * size + spare_room) return tl::unexpected(Error::NoSpace);
    return {};
}

/// What opens pages: the key, and beginnings of the database besides those that the folder knows.
struct Lending {
    const crypto::SecretBytes& key;
    std::span<const Salt> salts;
};

/// Calls `use` with a copy whose first page is lent, for every way in which the database may begin.
template <class Use>
Result<void> lend_page(crypto::SodiumReady ready, const StateFolder& folder, DatabaseCopy& copy, const Lending& lending,
                       const Use& use) {
    auto salts = folder.known_salts();
    for (const auto& salt : lending.salts)
        if (std::find(salts.begin(), salts.end(), salt) == salts.end()) salts.push_back(salt);
    for (const auto& salt : salts) {
        AMPARO_DO(copy.make(false));
        Salvage old(ready, copy.path(), lending.key);
        AMPARO_TRY(const opened, old.open_with_lent_page(copy.helper(), salt));
        if (!opened) continue;
        AMPARO_DO(use(old));
    }
    return {};
}

/// One repair: every way to read the copy in turn, into one new database.
class Repair {
  public:
    Repair(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& key,
           std::span<const Salt> salts)
        : ready_(ready), folder_(folder), key_(key), salts_(salts), copy_(folder) {}

    /// Errors: as repair().
    Result<Repaired> run(const AuditStep& step, const RepairProgress& progress) {
        AMPARO_TRY(const damaged, digest_of_file(ready_, folder_.database()));
        AMPARO_TRY(fresh, database::Database::create(ready_, folder_.next_database(), key_, schema::migrations));
        auto summary = detail::Summary::make(ready_, key_);
        if (!summary) return tl::unexpected(Error::Memory);
        AMPARO_TRY(transaction, database::Transaction::begin(fresh));
        detail::Repairing repairing(fresh, progress);
        AMPARO_DO(read_all(repairing));
        // An empty database in the place of one that holds testimony would say that there never was any.
        if (!repairing.saved_anything()) return tl::unexpected(Error::Unreadable);
        AMPARO_DO(repairing.finish(step));
        AMPARO_DO(summary->rebuild(fresh));
        AMPARO_DO(transaction.commit());
        auto& repaired = repairing.repaired;
        repaired.damaged_file = std::string(damaged_prefix) + crypto::random_hex(ready_, 4) + ".db";
        repairing.after.damaged = damaged;
        repairing.after.note = detail::note_of(repaired);
        Store store(ready_, std::move(fresh), std::move(*summary));
        AMPARO_DO(store.after_repair(repairing.after));
        return std::move(repaired);
    }

  private:
    /// With the last transaction's journal, without it, and with a first page that is lent.
    Result<void> read_all(detail::Repairing& repairing) {
        bool opened = false;
        for (const bool with_journal : {true, false}) {
            if (!with_journal && !files::is_there(detail::journal_of(folder_.database()))) continue;
            AMPARO_DO(copy_.make(with_journal));
            // Where every page is whole and still the summary does not hold, pages are of different ages.
            const bool readable =
                database::Database::open(ready_, copy_.path(), key_, schema::migrations, schema::expected).has_value();
            Salvage old(ready_, copy_.path(), key_);
            if (!old.open()) continue;
            opened = true;
            AMPARO_DO(repairing.take_from(old, !readable));
        }
        if (opened && repairing.complete_so_far()) return {};
        auto lent = lend(repairing);
        return opened ? Result<void>{} : lent;  // what was read before does not wait for room
    }
    Result<void> lend(detail::Repairing& repairing) {
        return lend_page(ready_, folder_, copy_, {key_, salts_},
                         [&](Salvage& old) { return repairing.take_from(old, true); });
    }

    crypto::SodiumReady ready_;
    const StateFolder& folder_;
    const crypto::SecretBytes& key_;
    std::span<const Salt> salts_;
    DatabaseCopy copy_;
};

/// The key that reads the first page, else one that reads another.
const crypto::SecretBytes& key_for(crypto::SodiumReady ready, const StateFolder& folder,
                                   std::span<const crypto::SecretBytes> keys, std::span<const Salt> salts) {
    if (keys.size() == 1) return keys.front();
    {
        DatabaseCopy copy(folder);
        for (const auto& key : keys)
            if (copy.make(true) && database::Database::open_damaged(ready, copy.path(), key)) return key;
    }
    for (const auto& key : keys)
        if (reads_a_page(ready, folder, key, salts).value_or(false)) return key;
    return keys.back();
}

/// Made by a repair of the database that is here, or that was moved aside a moment before the power went: open then.
std::unique_ptr<Store> fitting(crypto::SodiumReady ready, const StateFolder& folder, const StateFolder::Marked& marked,
                               const crypto::SecretBytes& key) {
    const bool moved = files::is_there(marked.damaged);
    if (moved && files::is_there(folder.database())) return nullptr;
    // A repaired database was closed before it got its name: a journal is somebody else's.
    if (files::is_there(detail::journal_of(marked.file))) return nullptr;
    const auto damaged = digest_of_file(ready, moved ? marked.damaged : folder.database());
    if (!damaged) return nullptr;
    auto store = detail::open_whole(ready, marked.file, key);
    return store && (*store)->repairs(*damaged).value_or(false) ? std::move(*store) : nullptr;
}

/// The first of the marked files that a key vouches for, or its end. `accepted` looks at it.
Result<std::size_t> find_fitting(crypto::SodiumReady ready, const StateFolder& folder,
                                 std::span<const StateFolder::Marked> marked, std::span<const crypto::SecretBytes> keys,
                                 const Accepted& accepted) {
    for (std::size_t i = 0; i < marked.size(); ++i)
        for (const auto& key : keys)
            if (const auto store = fitting(ready, folder, marked[i], key)) {
                if (accepted && !accepted(*store)) return tl::unexpected(Error::Refused);
                return i;
            }
    return marked.size();
}

/// Lets `accepted` look at a copy of the database as it would be opened. Without room nobody can look, and people
/// still have to get in.
Result<void> look_at_copy(crypto::SodiumReady ready, const StateFolder& folder,
                          std::span<const crypto::SecretBytes> keys, const Accepted& accepted) {
    DatabaseCopy copy(folder);
    Error why = Error::Damaged;
    for (const bool with_journal : {true, false})
        for (const auto& key : keys) {
            const auto made = copy.make(with_journal);
            if (!made && made.error() == Error::NoSpace) return {};
            if (!made) return made;
            const auto whole = detail::open_whole(ready, copy.path(), key);
            if (whole && accepted(**whole)) return {};
            if (whole) return tl::unexpected(Error::Refused);
            if (with_journal) why = whole.error();
        }
    return tl::unexpected(why);
}

}  // namespace

Result<bool> reads_a_page(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& key,
                          std::span<const Salt> salts) {
    DatabaseCopy copy(folder);
    bool found = false;
    AMPARO_DO(lend_page(ready, folder, copy, {key, salts}, [&](Salvage& old) -> Result<void> {
        const auto pages = old.pages();
        for (std::uint64_t page = 2; page <= pages && !found; ++page) found = !old.rows_at("value", page).empty();
        return {};
    }));
    return found;
}

Result<void> finish_repair(crypto::SodiumReady ready, const StateFolder& folder,
                           std::span<const crypto::SecretBytes> keys, const Accepted& accepted) {
    AMPARO_TRY(const all, folder.marked());
    if (all.empty()) return {};
    AMPARO_TRY(const ours, find_fitting(ready, folder, all, keys, accepted));
    if (ours == all.size() && accepted) AMPARO_DO(look_at_copy(ready, folder, keys, accepted));
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto done = i == ours ? folder.take_repaired(all[i]) : folder.put_aside(ready, all[i].file);
        if (!done) return done;
    }
    return {};
}

Result<void> settle_journal(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& key,
                            const Accepted& accepted) {
    const auto journal = detail::journal_of(folder.database());
    if (!files::is_there(journal) || !files::is_there(folder.database())) return {};
    DatabaseCopy copy(folder);
    Error why = Error::Damaged;
    for (const bool with_journal : {true, false}) {
        const auto made = copy.make(with_journal);
        // Where there is no room to look first, people still have to get in.
        if (!made && made.error() == Error::NoSpace) return {};
        if (!made) return made;
        const auto whole = detail::open_whole(ready, copy.path(), key);
        if (whole && accepted && !accepted(**whole)) return tl::unexpected(Error::Refused);
        if (whole && with_journal) return {};
        if (whole) return folder.put_aside(ready, journal);
        if (with_journal) why = whole.error();
    }
    return tl::unexpected(why == Error::RolledBack ? Error::Damaged : why);
}

Result<Repaired> repair(crypto::SodiumReady ready, const StateFolder& folder, std::span<const crypto::SecretBytes> keys,
                        const AuditStep& audit_step, const RepairProgress& progress, const Accepted& accepted,
                        std::span<const Salt> salts) {
    if (keys.empty()) return tl::unexpected(Error::Input);
    AMPARO_DO(check_room(folder));
    detail::remove_next_database(folder);
    const auto& key = key_for(ready, folder, keys, salts);
    auto done = Repair(ready, folder, key, salts).run(audit_step, progress);
    if (done) {
        const auto opened = detail::open_whole(ready, folder.next_database(), key);
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
    AMPARO_DO(folder.mark_repaired(done->damaged_file));
    AMPARO_DO(finish_repair(ready, folder, std::span(&key, 1)));
    if (!files::is_there(folder.path() / done->damaged_file)) return tl::unexpected(Error::Io);
    static_cast<void>(folder.keep_salt());  // where it cannot be written now, the next start of the kiosk does
    return done;
}

}  // namespace app::store
