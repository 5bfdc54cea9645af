#pragma once
// What a kiosk keeps between two moments: sealed records, batches, people, device and settings. No SQL shows here, and
// nothing here can open a sealed record. Used from one thread at a time. Every change is on the medium when its
// function returns; a failed change leaves everything as it was. What is allowed is said by pin_rules and
// keeping_rules.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/database/database.hpp"
#include "app/store/failure.hpp"
#include "app/store/pin_rules.hpp"
#include "app/store/state_folder.hpp"
#include "app/store/summary.hpp"
#include "app/store/values.hpp"
#include "crypto/age.hpp"
#include "crypto/argon.hpp"
#include "crypto/minisign.hpp"
#include "crypto/secret.hpp"

namespace app::store {

namespace detail {
struct AfterRepair;
}

class Store {
  public:
    /// Of a database that create_store() or open_store() has looked at.
    Store(crypto::SodiumReady ready, database::Database database, detail::Summary summary) noexcept
        : ready_(ready), database_(std::move(database)), summary_(std::move(summary)) {}
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // -- people. A PIN has 6 to 12 digits (crypto::valid_pin).
    /// A number that was removed is not given again: lists of others (who is trained, who did what) go by it.
    /// Errors: Refused (number taken, or removed before), Input (number or PIN), Memory.
    [[nodiscard]] Result<void> add_worker(Worker worker, const crypto::SecretBytes& pin,
                                          crypto::ArgonCost cost = crypto::argon_floor);
    /// Also ends that number's waiting. Errors: NotFound, Input.
    [[nodiscard]] Result<void> change_pin(WorkerNumber number, const crypto::SecretBytes& pin,
                                          crypto::ArgonCost cost = crypto::argon_floor);
    /// Errors: NotFound, Refused (the last shift lead).
    [[nodiscard]] Result<void> remove_worker(WorkerNumber number);
    /// In order of number.
    [[nodiscard]] Result<std::vector<Worker>> workers();
    /// Numbers that were removed, in the order in which they were.
    [[nodiscard]] Result<std::vector<WorkerNumber>> removed_workers();
    /// One try. It is counted on the medium before the PIN is looked at, so that cutting the power saves nobody a
    /// try. Takes as long as the verifier's cost (about 0.1 s).
    [[nodiscard]] Result<SignIn> sign_in(WorkerNumber number, const crypto::SecretBytes& pin, Now now);
    /// By how much the wall clock was set since the store last knew, in the same start of the machine: forwards
    /// positive, zero within clock_tolerance. What is told is told once.
    [[nodiscard]] Result<std::chrono::seconds> clock_set_by(Now now);
    [[nodiscard]] Result<bool> device_locked();
    /// To be called only after somebody unlocked the device again with its words or key file.
    [[nodiscard]] Result<void> lift_device_lock();

    // -- device
    /// Keeps the device's signing key. Errors: Refused (there is one already).
    [[nodiscard]] Result<void> keep_device_key(const crypto::DeviceSecretKey& key);
    /// Errors: NotFound.
    [[nodiscard]] Result<crypto::DeviceSecretKey> device_key();
    /// Errors: Refused (another device or deployment than before, or an epoch that does not rise), Input.
    [[nodiscard]] Result<void> enrol(const Enrolment& enrolment);
    /// Errors: NotFound.
    [[nodiscard]] Result<Enrolment> enrolment();
    /// Verified by the caller. The same sequence with the same bytes again changes nothing, or brings back what was
    /// lost.
    /// Errors: Refused (a sequence that does not rise), Input (over 64 MiB).
    [[nodiscard]] Result<void> install_bundle(std::uint64_t sequence, ByteView bytes);
    /// Errors: NotFound (also when it was lost in a repair).
    [[nodiscard]] Result<InstalledBundle> bundle();
    /// The highest sequence that was installed here, also when the bundle itself was lost; 0 when none was.
    [[nodiscard]] Result<std::uint64_t> bundle_sequence();
    /// The part of the bundle that sealing needs, signed like the whole: it stands twice, apart from the bundle.
    /// Errors: Input (empty, over 1 MiB).
    [[nodiscard]] Result<void> keep_bundle_excerpt(ByteView bytes);
    /// Errors: NotFound.
    [[nodiscard]] Result<Bytes> bundle_excerpt();

    /// Preferences of the device ("text_size"): name of 1 to 64 bytes `a-z 0-9 _ .`, value up to 4,096 bytes.
    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view name);
    [[nodiscard]] Result<void> set_setting(std::string_view name, std::string_view value);

    // -- sealed records; see also save_revision()
    /// One committed row; a `draft` that is not empty becomes the only one in the same transaction.
    /// Errors: Refused (that revision of the record, or a later one, is there), Input, NoSpace.
    [[nodiscard]] Result<RowId> insert(std::string_view record, std::uint32_t revision, ByteView sealed,
                                       ByteView draft = {});
    /// The draft that was kept last; nothing when there is none.
    [[nodiscard]] Result<std::optional<Draft>> draft();
    /// Also when there is none.
    [[nodiscard]] Result<void> drop_draft();
    /// The bytes as they are on the medium now, compared with their digest. Errors: NotFound, Damaged.
    [[nodiscard]] Result<Bytes> read(RowId id);
    /// By the row's random name: how a batch asks. Errors: NotFound, Damaged.
    [[nodiscard]] Result<Bytes> read(std::string_view name);
    /// Deletes rows of this record below `revision` that are in no batch, in one transaction. Returns how many.
    [[nodiscard]] Result<std::uint64_t> delete_older(std::string_view record, std::uint32_t revision);
    /// Deletes one row that is in no batch: for a copy that did not verify. Errors: NotFound, Refused (in a batch).
    [[nodiscard]] Result<void> discard(RowId id);
    /// Highest revision of the record that is kept, in whatever state; 0 when there is none.
    [[nodiscard]] Result<std::uint32_t> last_revision(std::string_view record);
    /// True when a row of this record is in a batch: then taking it back needs a `withdrawn` record.
    [[nodiscard]] Result<bool> was_exported(std::string_view record);
    /// Takes back a record that is in no batch: deletes all its rows. Errors: Refused (part of it is in a batch).
    [[nodiscard]] Result<std::uint64_t> erase(std::string_view record);
    [[nodiscard]] Result<Counts> counts();
    /// Every row whose sealed bytes are still here, in whatever batch, by name: to get them out of a device that cannot
    /// make batches any more.
    [[nodiscard]] Result<KeptRows> kept_rows();

    // -- audit. Where it stands is among what a summary covers: an older end put back is found when opening.
    [[nodiscard]] Result<AuditHead> audit_head();
    /// Errors: Refused (not the next number), Input, NoSpace.
    [[nodiscard]] Result<void> append_audit(const AuditEntry& entry);
    /// Newest first.
    [[nodiscard]] Result<std::vector<AuditRow>> audit_rows(std::size_t most);
    /// Errors: NotFound.
    [[nodiscard]] Result<AuditEntry> audit_entry(std::uint64_t number);
    /// Up to which number entries have gone into a batch. Errors of the setter: Input (beyond the last).
    [[nodiscard]] Result<std::uint64_t> audit_sent();
    [[nodiscard]] Result<void> set_audit_sent(std::uint64_t number);

    // -- batches
    /// Everything that waits, without `open_record` (empty: no interview is open). Errors: NotFound (not enrolled).
    [[nodiscard]] Result<BatchPlan> plan_batch(std::string_view open_record);
    /// Freezes the first `count` rows of the plan as the plan's sequence, in one transaction.
    /// Errors: Refused (the plan is no longer the next one, or a row was changed), Input (count 0 or too large).
    [[nodiscard]] Result<void> freeze(const BatchPlan& plan, std::size_t count, const BatchBytes& bytes);
    /// Batches that still have rows without a receipt, oldest first.
    [[nodiscard]] Result<std::vector<BatchKey>> open_batches();
    /// Errors: NotFound.
    [[nodiscard]] Result<FrozenBatch> batch(BatchKey key);

    /// Gives back cached pages; done after every seal, and to be called when locking.
    void release_memory() noexcept { database_.release_memory(); }

    // -- repairing and starting, inside app/store only
    /// A new database that was filled from a damaged one begins to be a store of its own.
    [[nodiscard]] Result<void> after_repair(const detail::AfterRepair& after);
    /// Whether this store was made by a repair of the database with this digest.
    [[nodiscard]] Result<bool> repairs(const Digest& damaged);
    /// As database::Database::keep_migrations().
    [[nodiscard]] Result<void> keep_migrations() { return database_.keep_migrations(); }

  private:
    Result<rules::Clock> clock_at(Now now);
    /// Inside a transaction whose end calls summary_.tables_changed().
    Result<void> put(const rules::Clock& clock);

    using DeviceTime = rules::DeviceTime;
    struct Tries {
        Worker worker;
        Bytes verifier;
        rules::WrongPins wrong;
    };
    Result<std::optional<Tries>> tries_of(WorkerNumber number);
    Result<std::int64_t> recent_wrong_pins(DeviceTime now);
    struct CountedTry {
        std::optional<SignIn> answer;  ///< set: do not even look at the PIN
        std::int64_t row = 0;          ///< otherwise: the try as it was counted
        DeviceTime at{};
    };
    Result<bool> count_for_number(const Tries& tries, CountedTry& result);
    Result<CountedTry> count_try(const std::optional<Tries>& tries, Now now);
    Result<void> take_back(const CountedTry& counted, const Tries& tries);
    Result<SignIn> after_wrong(int wrong, DeviceTime now);
    Result<void> set_device_locked(bool locked);

    /// Nothing when there is no such value. Errors: Damaged.
    Result<std::optional<Bytes>> value(std::string_view name);
    Result<std::optional<std::uint64_t>> number_value(std::string_view name);
    /// Inside a transaction whose end calls summary_.tables_changed().
    Result<void> put(std::string_view name, ByteView bytes);
    Result<void> put(std::string_view name, std::uint64_t number);

    Result<void> put_draft(std::string_view record, std::uint32_t revision, ByteView bytes);
    /// Rows by a condition that is a constant of ours. A name is the name of a file later: a row with another than ours
    /// is damage.
    template <class... Values>
    Result<std::vector<detail::RowPlace>> places(std::string_view where, const Values&... values);
    Result<std::uint64_t> delete_rows(const std::vector<detail::RowPlace>& rows);
    Result<void> freeze_row(const RowInfo& row, std::uint64_t epoch, std::uint64_t sequence);
    /// The second column, when its digest is what the first one says. Errors: Damaged.
    Result<Bytes> checked_bytes(database::Row row) const;
    template <class Key>
    Result<Bytes> sealed_bytes(std::string_view sql, const Key& key);
    /// Runs `change` and the new summary of the tables in one transaction.
    template <class Change>
    Result<void> change_tables(Change change);

    crypto::SodiumReady ready_;
    database::Database database_;
    detail::Summary summary_;
};

/// Looks at an open store, without writing to it, before anything in its folder is changed. False: nothing is.
using Accepted = std::function<bool(Store&)>;

/// A new, empty store in `folder`. The key has 32 bytes and is not kept beyond what SQLCipher needs.
/// Errors: Exists, ReadOnly, NoSpace, Io, Library, Memory, Input.
[[nodiscard]] Result<std::unique_ptr<Store>> create_store(crypto::SodiumReady ready, const StateFolder& folder,
                                                          const crypto::SecretBytes& key);
/// Every page authenticated, every structure checked, the schema as expected, the summary of all security state equal.
/// What an older schema lacks is added when `accepted` agrees. Errors: Missing, InUse, WrongKey, Damaged, RolledBack,
/// Refused (`accepted` said no), ReadOnly, NoSpace, Io, Library, Newer, Memory, Input.
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(crypto::SodiumReady ready, const StateFolder& folder,
                                                        const crypto::SecretBytes& key, const Accepted& accepted = {});

/// Keeps one revision of a record in the only safe order: insert and commit, read back from the medium, verify with
/// the file key, and only then delete older revisions that are in no batch, in a second transaction. When it fails
/// before that, the earlier revision is still there.
/// Errors: as Store::insert and Store::read; Damaged when the stored copy does not verify (it is deleted again).
[[nodiscard]] Result<RowId> save_revision(crypto::SodiumReady ready, Store& store, std::string_view record,
                                          std::uint32_t revision, const crypto::Sealed& sealed, ByteView draft = {});

}  // namespace app::store
