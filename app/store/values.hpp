#pragma once
// What the store takes and gives, as plain values, and the limits that its rules name. Knows neither SQL nor how it is
// kept.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/model/kept.hpp"
#include "app/model/people.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

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
    friend bool operator==(BatchKey a, BatchKey b) noexcept { return a.epoch == b.epoch && a.sequence == b.sequence; }
};

// ---- receipts -----------------------------------------------------------------------------------------------------

/// A coordinator's verified word that a batch is in custody. Who signs is opaque here.
struct Receipt {
    std::string device;  ///< 32 hex digits
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    Digest manifest{};            ///< SHA-256 of the batch's MANIFEST
    Bytes signer;                 ///< at most 64 bytes, the same for the same key
    std::vector<Digest> refused;  ///< all rows but these are in custody; rising
};
/// What the policy in force says about keeping what has arrived.
struct Keeping {
    std::uint32_t receipts_required = 1;  ///< of different signers
    std::uint32_t hold_days = 0;
    std::vector<Bytes> signers;  ///< whose receipts count
};
enum class ReceiptAnswer : std::uint8_t {
    Taken,
    Known,          ///< it is kept already, or says nothing new
    OtherDevice,    ///< another device's batch
    UnknownSigner,  ///< by nobody whose receipts count
    UnknownBatch,   ///< this device made no such batch
    OtherManifest,  ///< it made another one under that number
};
struct TakenReceipt {
    ReceiptAnswer answer = ReceiptAnswer::Taken;
    std::uint64_t confirmed = 0;  ///< rows that nobody had confirmed before
    std::uint64_t again = 0;      ///< rows that go with the next batch, because they were refused
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

}  // namespace app::store
