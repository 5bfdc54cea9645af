#include "app/store/repair.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "app/store/files.hpp"
#include "app/store/rekey.hpp"
#include "app/store/salvage.hpp"
#include "app/store/schema.hpp"
#include "app/store/sql_store.hpp"
#include "crypto/random.hpp"

namespace app::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view copy_file = "amparo-damaged-copy.db";
constexpr std::uint64_t spare_room = 1U << 20;

void remove_copy(const StateFolder& folder) noexcept {
    std::error_code ignored;
    for (const auto* ending : {"", "-journal"}) fs::remove(folder.path() / (std::string(copy_file) + ending), ignored);
}

Result<void> copy_one(const fs::path& from, const fs::path& to) {
    const detail::Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (in.get() < 0) return tl::unexpected(detail::error_of_errno(errno));
    detail::Descriptor out(::open(to.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.get() < 0) return tl::unexpected(detail::error_of_errno(errno));
    crypto::Bytes piece(1U << 16);
    for (;;) {
        const auto length = ::read(in.get(), piece.data(), piece.size());
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return tl::unexpected(Error::Io);
        if (length == 0) return {};
        for (ssize_t done = 0; done < length;) {
            const auto written = ::write(out.get(), piece.data() + done, static_cast<std::size_t>(length - done));
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return tl::unexpected(written < 0 ? detail::error_of_errno(errno) : Error::NoSpace);
            done += written;
        }
    }
}

/// The database and what its last transaction left beside it: the original is never written to.
Result<void> copy_database(const StateFolder& folder) {
    remove_copy(folder);
    const auto copy = folder.path() / copy_file;
    if (auto done = copy_one(folder.database(), copy); !done) return done;
    auto journal = copy_one(folder.database().string() + "-journal", copy.string() + "-journal");
    if (journal || journal.error() == Error::Missing) return {};
    return journal;
}

Result<void> check_room(const StateFolder& folder) {
    struct stat status {};
    if (lstat(folder.database().c_str(), &status) != 0) return tl::unexpected(detail::error_of_errno(errno));
    const auto room = folder.free_bytes();
    if (!room) return tl::unexpected(room.error());
    if (*room < 2 * static_cast<std::uint64_t>(status.st_size) + spare_room) return tl::unexpected(Error::NoSpace);
    return {};
}

/// One repair: what is whole in the copy, into the new database.
class Repairing {
  public:
    Repairing(detail::Salvage& old, Database& fresh, const RepairProgress& progress)
        : old_(old), fresh_(fresh), progress_(progress) {}

    Result<void> run(const AuditStep& step) {
        repaired.people_kept = old_.security_holds();
        const auto sealed = old_.rows_of("sealed");
        total_ = sealed.size();
        copy_checked("value");
        if (repaired.people_kept) copy_all("wrong_pin");
        copy_all("worker");
        copy_all("batch");
        for (const auto row : sealed) {
            const bool kept = old_.whole("sealed", row) && old_.copy("sealed", row, fresh_);
            ++(kept ? repaired.kept : repaired.lost);
            if (progress_) progress_(repaired.kept + repaired.lost, total_);
        }
        if (!repaired.people_kept)
            if (auto done = fresh_.run("DELETE FROM worker WHERE role <> 2"); !done) return done;
        return keep_audit(step);
    }

    Repaired repaired;
    AuditHead audit;

  private:
    void copy_all(std::string_view table) {
        for (const auto row : old_.rows_of(table)) static_cast<void>(old_.copy(table, row, fresh_));
    }
    void copy_checked(std::string_view table) {
        for (const auto row : old_.rows_of(table))
            if (old_.whole(table, row)) static_cast<void>(old_.copy(table, row, fresh_));
    }
    Result<void> keep_audit(const AuditStep& step) {
        for (std::uint64_t number = 1;; ++number) {
            const auto entry = old_.audit(number);
            if (!entry || step(audit.head, entry->row, entry->sealed) != entry->head) return {};
            if (!old_.copy("audit", static_cast<std::int64_t>(number), fresh_)) return {};
            audit = {number, entry->head};
        }
    }

    detail::Salvage& old_;
    Database& fresh_;
    const RepairProgress& progress_;
    std::uint64_t total_ = 0;
};

/// Everything in one transaction of a database that nothing uses yet.
Result<Repaired> build(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& key,
                       const AuditStep& step, const RepairProgress& progress) {
    detail::Salvage old(ready, folder.path() / copy_file, key);
    static_cast<void>(old.open());  // where nothing can be read a new database is begun
    auto fresh = Database::create(ready, folder.next_database(), key, schema::migrations);
    if (!fresh) return tl::unexpected(fresh.error());
    auto summary = detail::Summary::make(ready, key);
    if (!summary) return tl::unexpected(Error::Memory);
    auto transaction = Transaction::begin(*fresh);
    if (!transaction) return tl::unexpected(transaction.error());
    Repairing repairing(old, *fresh, progress);
    if (auto done = repairing.run(step); !done) return tl::unexpected(done.error());
    if (auto done = summary->rebuild(*fresh); !done) return tl::unexpected(done.error());
    if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
    auto& repaired = repairing.repaired;
    repaired.damaged_file = std::string(damaged_prefix) + crypto::random_hex(ready, 4) + ".db";
    detail::SqlStore store(ready, std::move(*fresh), std::move(*summary));
    if (auto done = store.after_repair(repairing.audit, std::to_string(repaired.lost) + " " + repaired.damaged_file);
        !done)
        return tl::unexpected(done.error());
    return std::move(repaired);
}

/// The key that reads the first page of the copy.
const crypto::SecretBytes& key_for(crypto::SodiumReady ready, const StateFolder& folder,
                                   std::span<const crypto::SecretBytes> keys) {
    for (const auto& key : keys)
        if (Database::open_damaged(ready, folder.path() / copy_file, key)) return key;
    return keys.back();
}

}  // namespace

Result<Repaired> repair(crypto::SodiumReady ready, const StateFolder& folder, std::span<const crypto::SecretBytes> keys,
                        const AuditStep& audit_step, const RepairProgress& progress) {
    if (keys.empty()) return tl::unexpected(Error::Input);
    if (auto room = check_room(folder); !room) return tl::unexpected(room.error());
    detail::remove_next_database(folder);
    auto done = copy_database(folder).and_then(
        [&] { return build(ready, folder, key_for(ready, folder, keys), audit_step, progress); });
    remove_copy(folder);
    if (!done) {
        detail::remove_next_database(folder);
        return done;
    }
    // From the next step on the repair has happened, whatever interrupts it.
    if (auto marked = folder.mark_repaired(done->damaged_file); !marked) return tl::unexpected(marked.error());
    if (auto finished = folder.finish_repair(); !finished) return tl::unexpected(finished.error());
    return done;
}

}  // namespace app::store
