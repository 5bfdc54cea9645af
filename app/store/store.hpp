#pragma once
// What a kiosk keeps between two moments: sealed records, batches, people, device and settings. No SQL shows here, and
// nothing here can open a sealed record. Used from one thread at a time. Every change is on the medium when its
// function returns; a failed change leaves everything as it was.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/model/kept.hpp"
#include "app/model/people.hpp"
#include "app/store/failure.hpp"
#include "app/store/state_folder.hpp"
#include "crypto/age.hpp"
#include "crypto/argon.hpp"
#include "crypto/hash.hpp"
#include "crypto/minisign.hpp"
#include "crypto/secret.hpp"

namespace app::store {

using crypto::Bytes;
using crypto::ByteView;
using crypto::Digest;

/// A moment, a parameter everywhere. Whoever has the device can set the wall clock, so nothing waits by it: waiting is
/// measured by how long the machine has been running.
struct Now {
    std::chrono::sys_seconds wall{};
    std::chrono::seconds running{};  ///< since the machine was started, also while it was suspended
    std::uint64_t start = 0;         ///< another number for another start of the machine
};
/// A wall clock that moved by more than this against the running of the machine was set.
inline constexpr std::chrono::minutes clock_tolerance{10};

// ---- people -------------------------------------------------------------------------------------------------------

using model::Role;
using model::Worker;
using model::worker_number_most;
using model::WorkerNumber;

/// The 5th wrong PIN in a row makes that number wait, every further one twice as long. Only time counts in which the
/// machine was running: a clock that was set, or a device that was switched off, shortens no wait and prolongs none
/// beyond that. A new PIN from a shift lead ends it.
inline constexpr int pin_tries = 5;
inline constexpr std::chrono::minutes pin_first_wait{15};
inline constexpr std::chrono::hours pin_longest_wait{24};
inline constexpr int device_tries = 20;
inline constexpr std::chrono::hours device_tries_window{1};

// After DeviceLocked: lift_device_lock().
using model::DeviceLocked;
using model::MustWait;
using model::SignedIn;
using model::SignIn;
using model::WrongPin;

// ---- device -------------------------------------------------------------------------------------------------------

/// What makes this kiosk a known one. Opaque here: app/exchange gives the bytes their meaning.
struct Enrolment {
    std::string device;           ///< 32 hex digits
    std::string deployment_key;   ///< minisign public key text of the deployment
    std::uint64_t epoch = 1;      ///< only ever rises; batch sequences start again in each
    Bytes certificate;            ///< CERT
    Bytes certificate_signature;  ///< CERT.minisig
};

struct InstalledBundle {
    std::uint64_t sequence = 0;
    Bytes bytes;
};

// ---- sealed records -----------------------------------------------------------------------------------------------

enum class RowState : std::uint8_t { Sealed, Batched, Receipted, Held, Erased };

struct RowId {
    std::int64_t value = 0;
    friend bool operator==(RowId a, RowId b) noexcept { return a.value == b.value; }
};

/// One sealed row without its bytes. Rows carry no time.
struct RowInfo {
    RowId id;
    std::string name;            ///< random, 32 hex digits: the name of the member in a batch
    std::string record;          ///< record id, 32 hex digits
    std::uint32_t revision = 0;  ///< from 1
    RowState state = RowState::Sealed;
    Digest sha256{};  ///< of the sealed bytes
    std::uint64_t size = 0;
};

/// Rows whose sealed bytes are here. Who has the key can write any row: the name of one that is no name of ours goes
/// nowhere.
struct KeptRows {
    std::vector<RowInfo> rows;
    std::uint64_t odd = 0;  ///< rows whose name or record id is not 32 hex digits
};

using model::Counts;

/// The next batch as it would be made now; nothing is changed yet.
struct BatchPlan {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    Digest previous{};          ///< SHA-256 of the manifest before, also of an earlier epoch; zeros when none is known
    std::vector<RowInfo> rows;  ///< every row that waits, in random but stable order (by name)
};

/// The signed bytes that make a batch what it is; the store only keeps them.
struct BatchBytes {
    Digest manifest_sha256{};
    Bytes manifest;   ///< MANIFEST
    Bytes signature;  ///< MANIFEST.minisig
    Bytes certificate;
    Bytes certificate_signature;
};

/// A batch whose set never changes again: exporting it once more gives the same inner bytes.
struct FrozenBatch {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    Digest previous{};
    BatchBytes bytes;
    std::vector<RowInfo> rows;  ///< by name
};

struct BatchKey {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
};

/// The one interview that may go on after a crash, encrypted by the caller under a key that is not on this medium.
struct Draft {
    std::string record;          ///< 32 hex digits
    std::uint32_t revision = 0;  ///< of the sealed row it belongs to
    Bytes bytes;                 ///< at most 4 MiB
};

using model::AuditRow;
/// One entry of the device's audit as it is kept. What `type` and `head` mean belongs to app/exchange.
struct AuditEntry {
    AuditRow row;
    Bytes sealed;
    Digest head{};  ///< of the chain after this entry
};
/// Where the chain stands.
struct AuditHead {
    std::uint64_t number = 0;  ///< 0: it is empty
    Digest head{};             ///< then zeros
};

class Store {
  public:
    virtual ~Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // -- people. A PIN has 6 to 12 digits (crypto::valid_pin).
    /// A number that was removed is not given again: lists of others (who is trained, who did what) go by it.
    /// Errors: Refused (number taken, or removed before), Input (number or PIN), Memory.
    [[nodiscard]] virtual Result<void> add_worker(Worker worker, const crypto::SecretBytes& pin,
                                                  crypto::ArgonCost cost = crypto::argon_floor) = 0;
    /// Also ends that number's waiting. Errors: NotFound, Input.
    [[nodiscard]] virtual Result<void> change_pin(WorkerNumber number, const crypto::SecretBytes& pin,
                                                  crypto::ArgonCost cost = crypto::argon_floor) = 0;
    /// Errors: NotFound, Refused (the last shift lead).
    [[nodiscard]] virtual Result<void> remove_worker(WorkerNumber number) = 0;
    /// In order of number.
    [[nodiscard]] virtual Result<std::vector<Worker>> workers() = 0;
    /// Numbers that were removed, in the order in which they were.
    [[nodiscard]] virtual Result<std::vector<WorkerNumber>> removed_workers() = 0;
    /// One try. It is counted on the medium before the PIN is looked at, so that cutting the power saves nobody a
    /// try. Takes as long as the verifier's cost (about 0.1 s).
    [[nodiscard]] virtual Result<SignIn> sign_in(WorkerNumber number, const crypto::SecretBytes& pin, Now now) = 0;
    /// By how much the wall clock was set since the store last knew, in the same start of the machine: forwards
    /// positive, zero within clock_tolerance. What is told is told once.
    [[nodiscard]] virtual Result<std::chrono::seconds> clock_set_by(Now now) = 0;
    [[nodiscard]] virtual Result<bool> device_locked() = 0;
    /// To be called only after somebody unlocked the device again with its words or key file.
    [[nodiscard]] virtual Result<void> lift_device_lock() = 0;

    // -- device
    /// Keeps the device's signing key. Errors: Refused (there is one already).
    [[nodiscard]] virtual Result<void> keep_device_key(const crypto::DeviceSecretKey& key) = 0;
    /// Errors: NotFound.
    [[nodiscard]] virtual Result<crypto::DeviceSecretKey> device_key() = 0;
    /// Errors: Refused (another device or deployment than before, or an epoch that does not rise), Input.
    [[nodiscard]] virtual Result<void> enrol(const Enrolment& enrolment) = 0;
    /// Errors: NotFound.
    [[nodiscard]] virtual Result<Enrolment> enrolment() = 0;
    /// Verified by the caller. The same sequence with the same bytes again changes nothing, or brings back what was
    /// lost.
    /// Errors: Refused (a sequence that does not rise), Input (over 64 MiB).
    [[nodiscard]] virtual Result<void> install_bundle(std::uint64_t sequence, ByteView bytes) = 0;
    /// Errors: NotFound (also when it was lost in a repair).
    [[nodiscard]] virtual Result<InstalledBundle> bundle() = 0;
    /// The highest sequence that was installed here, also when the bundle itself was lost; 0 when none was.
    [[nodiscard]] virtual Result<std::uint64_t> bundle_sequence() = 0;
    /// The part of the bundle that sealing needs, signed like the whole: it stands twice, apart from the bundle.
    /// Errors: Input (empty, over 1 MiB).
    [[nodiscard]] virtual Result<void> keep_bundle_excerpt(ByteView bytes) = 0;
    /// Errors: NotFound.
    [[nodiscard]] virtual Result<Bytes> bundle_excerpt() = 0;

    /// Preferences of the device ("text_size"): name of 1 to 64 bytes `a-z 0-9 _ .`, value up to 4,096 bytes.
    [[nodiscard]] virtual Result<std::optional<std::string>> setting(std::string_view name) = 0;
    [[nodiscard]] virtual Result<void> set_setting(std::string_view name, std::string_view value) = 0;

    // -- sealed records; see also save_revision()
    /// One committed row; a `draft` that is not empty becomes the only one in the same transaction.
    /// Errors: Refused (that revision of the record, or a later one, is there), Input, NoSpace.
    [[nodiscard]] virtual Result<RowId> insert(std::string_view record, std::uint32_t revision, ByteView sealed,
                                               ByteView draft = {}) = 0;
    /// The draft that was kept last; nothing when there is none.
    [[nodiscard]] virtual Result<std::optional<Draft>> draft() = 0;
    /// Also when there is none.
    [[nodiscard]] virtual Result<void> drop_draft() = 0;
    /// The bytes as they are on the medium now, compared with their digest. Errors: NotFound, Damaged.
    [[nodiscard]] virtual Result<Bytes> read(RowId id) = 0;
    /// By the row's random name: how a batch asks. Errors: NotFound, Damaged.
    [[nodiscard]] virtual Result<Bytes> read(std::string_view name) = 0;
    /// Deletes rows of this record below `revision` that are in no batch, in one transaction. Returns how many.
    [[nodiscard]] virtual Result<std::uint64_t> delete_older(std::string_view record, std::uint32_t revision) = 0;
    /// Deletes one row that is in no batch: for a copy that did not verify. Errors: NotFound, Refused (in a batch).
    [[nodiscard]] virtual Result<void> discard(RowId id) = 0;
    /// Highest revision of the record that is kept, in whatever state; 0 when there is none.
    [[nodiscard]] virtual Result<std::uint32_t> last_revision(std::string_view record) = 0;
    /// True when a row of this record is in a batch: then taking it back needs a `withdrawn` record.
    [[nodiscard]] virtual Result<bool> was_exported(std::string_view record) = 0;
    /// Takes back a record that is in no batch: deletes all its rows. Errors: Refused (part of it is in a batch).
    [[nodiscard]] virtual Result<std::uint64_t> erase(std::string_view record) = 0;
    [[nodiscard]] virtual Result<Counts> counts() = 0;
    /// Every row whose sealed bytes are still here, in whatever batch, by name: to get them out of a device that cannot
    /// make batches any more.
    [[nodiscard]] virtual Result<KeptRows> kept_rows() = 0;

    // -- audit. Where it stands is among what a summary covers: an older end put back is found when opening.
    [[nodiscard]] virtual Result<AuditHead> audit_head() = 0;
    /// Errors: Refused (not the next number), Input, NoSpace.
    [[nodiscard]] virtual Result<void> append_audit(const AuditEntry& entry) = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<AuditRow>> audit_rows(std::size_t most) = 0;
    /// Errors: NotFound.
    [[nodiscard]] virtual Result<AuditEntry> audit_entry(std::uint64_t number) = 0;
    /// Up to which number entries have gone into a batch. Errors of the setter: Input (beyond the last).
    [[nodiscard]] virtual Result<std::uint64_t> audit_sent() = 0;
    [[nodiscard]] virtual Result<void> set_audit_sent(std::uint64_t number) = 0;

    // -- batches
    /// Everything that waits, without `open_record` (empty: no interview is open). Errors: NotFound (not enrolled).
    [[nodiscard]] virtual Result<BatchPlan> plan_batch(std::string_view open_record) = 0;
    /// Freezes the first `count` rows of the plan as the plan's sequence, in one transaction.
    /// Errors: Refused (the plan is no longer the next one, or a row was changed), Input (count 0 or too large).
    [[nodiscard]] virtual Result<void> freeze(const BatchPlan& plan, std::size_t count, const BatchBytes& bytes) = 0;
    /// Batches that still have rows without a receipt, oldest first.
    [[nodiscard]] virtual Result<std::vector<BatchKey>> open_batches() = 0;
    /// Errors: NotFound.
    [[nodiscard]] virtual Result<FrozenBatch> batch(BatchKey key) = 0;

    /// Gives back cached pages; done after every seal, and to be called when locking.
    virtual void release_memory() noexcept = 0;

  protected:
    Store() = default;
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
