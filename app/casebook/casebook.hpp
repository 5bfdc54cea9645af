#pragma once
// The coordinators' database: takes in verified batches, keeps every record as it was sealed, opens what it can, and
// lists the cases with the urgent ones first. Formats of batches and certificates belong to app/exchange.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/record.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/store/failure.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/recipient.hpp"

namespace app::casebook {

enum class Error : std::uint8_t {
    Missing,     ///< no casebook, or no key file beside it
    Exists,      ///< a casebook or key file is there already
    NoIdentity,  ///< none of the given identities opens the casebook's key file
    KeyDamaged,  ///< the key file was changed or cut, or belongs to another casebook
    InUse,       ///< another program is using it
    Damaged,     ///< the database was changed or cut
    ReadOnly,
    NoSpace,
    Io,
    Newer,       ///< written by a newer version of this program
    Memory,      ///< memory ran out, or could not be locked
    Library,     ///< SQLCipher or one of its protective settings is not in force
    Deployment,  ///< the batch was verified for another deployment than this casebook's
    NotFound,
    Internal,
};

template <typename T>
using Result = tl::expected<T, Error>;

/// One English technical sentence for logs and tests.
[[nodiscard]] std::string_view describe(Error error) noexcept;

/// Where a casebook's key lies: `<file>.key.age`.
[[nodiscard]] std::filesystem::path key_file_of(const std::filesystem::path& casebook);
/// Where files that call for quarantine are kept, unopened: `<file>.quarantine/`.
[[nodiscard]] std::filesystem::path quarantine_of(const std::filesystem::path& casebook);

// ---- what an import says ------------------------------------------------------------------------------------------

/// What happened to one record of a batch.
enum class Outcome : std::uint8_t {
    New,           ///< first that is known of this record
    Replaced,      ///< later revision; the earlier one is no longer listed
    Older,         ///< a later revision was already here; kept, not listed
    Known,         ///< the same bytes were here already
    Withdrawn,     ///< the person took it back: everything earlier was erased
    WasWithdrawn,  ///< belongs to a record taken back before: erased, not kept
    NotForUs,      ///< none of the identities opens it; kept sealed
    Unopenable,    ///< damaged inside (header, MAC or payload); kept sealed
    Malformed,     ///< opened, but it is not a record of this format; kept sealed
    OtherDevice,   ///< names another device or deployment than the batch that carried it; kept sealed
    Conflict,      ///< same record and revision with other content; the first stays, both are kept sealed
};
/// Stable lower-case word ("was-withdrawn"), for tests and JSON.
[[nodiscard]] std::string_view outcome_word(Outcome outcome) noexcept;
/// True when people must be told that a record could not be listed.
[[nodiscard]] bool is_refusal(Outcome outcome) noexcept;

struct RecordOutcome {
    std::string name;  ///< of the member in the batch, 32 hex digits
    Outcome outcome;
    std::string detail;        ///< for refusals: what and where, short printable ASCII without any answer
    std::string case_code;     ///< empty when not opened
    bool interrupted = false;  ///< a partial without a final
};

/// What the place of the batch in its device's sequence says.
enum class Standing : std::uint8_t {
    InOrder,  ///< follows the one before
    Again,    ///< this very batch was taken in before; that is fine
    Gap,      ///< earlier ones are missing: see `missing`
    Forked,   ///< same number or predecessor with other content: cloned or rolled-back device. Taken in, and alarm
    Revoked,  ///< the device was revoked: nothing was taken in, the file belongs into quarantine
};
[[nodiscard]] std::string_view standing_word(Standing standing) noexcept;

/// What the entries of a device's audit that are here say about it.
enum class AuditStanding : std::uint8_t {
    Whole,    ///< every entry up to the head that the batch names is here, and unchanged
    Missing,  ///< entries are missing that other batches may still bring
    Broken,   ///< entries differ from what the device signed, or were made twice: changed or rolled back. For good
};
[[nodiscard]] std::string_view audit_word(AuditStanding standing) noexcept;

struct ImportReport {
    std::string device;
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    Standing standing = Standing::InOrder;
    std::vector<std::uint64_t> missing;  ///< sequence numbers of this device and epoch not here yet (at most 1,000)
    std::vector<RecordOutcome> records;  ///< in the order of the batch
    AuditStanding audit = AuditStanding::Whole;

    [[nodiscard]] std::size_t count(Outcome outcome) const noexcept;
    [[nodiscard]] std::size_t refused() const noexcept;
};

// ---- what a casebook lists ----------------------------------------------------------------------------------------

/// One listed case: the latest revision of one record.
struct Case {
    std::string record;   ///< 32 hex digits
    std::string follows;  ///< the record before it in the same visit; empty for none
    std::string case_code;
    std::string day;     ///< "2026-11-24"
    std::string device;  ///< 32 hex digits
    Mode mode = Mode::Assisted;
    RecordRole role = RecordRole::Shelter;
    std::string form;
    std::string form_version;
    std::uint32_t revision = 0;
    std::array<Reading, 3> readings{};  ///< danger, harm, risk; with a raised level already applied
    bool interrupted = false;           ///< a partial without a final
    bool withdrawn = false;             ///< nothing but the fact is kept
    bool training = false;
};

/// Danger first, then the higher of harm and risk, then the newer day, then the case code; withdrawn ones last.
[[nodiscard]] bool more_urgent(const Case& a, const Case& b) noexcept;

struct Device {
    std::string device;
    std::uint64_t epoch = 0;          ///< latest seen
    std::uint64_t last_sequence = 0;  ///< in that epoch
    std::vector<std::uint64_t> missing;
    bool forked = false;
    bool revoked = false;
};

struct Quarantined {
    std::string file_sha256;  ///< hex; the kept copy is `<file_sha256>.age` in the quarantine folder
    std::string reason;       ///< word of exchange::reason_word(), or "revoked"
    std::string detail;
};

/// One entry of a device's audit as it came, still sealed.
struct AuditEntry {
    std::string device;
    std::string name;  ///< exchange::audit_name()
    crypto::Bytes sealed;
};

/// A record that is kept but not listed, with the reason.
struct Unlisted {
    std::string name;
    std::string device;
    Outcome outcome;
    std::string detail;
};

class Casebook {
  public:
    /// A new casebook: random key sealed to the recipients beside it, both mode 0600. `deployment` is the key whose
    /// devices it accepts, from now on. Errors: Exists, ReadOnly, NoSpace, Io, Memory, Library.
    [[nodiscard]] static Result<Casebook> create(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                 std::span<const crypto::Recipient> recipients,
                                                 const crypto::DeploymentPublicKey& deployment);
    /// Errors: Missing, NoIdentity, KeyDamaged, InUse, Damaged, ReadOnly, NoSpace, Io, Newer, Memory, Library.
    [[nodiscard]] static Result<Casebook> open(crypto::SodiumReady ready, const std::filesystem::path& file,
                                               std::span<const crypto::open::Identity> identities);
    Casebook(Casebook&&) noexcept;
    Casebook& operator=(Casebook&&) noexcept;
    ~Casebook();

    /// The key to verify batches with.
    [[nodiscard]] const crypto::DeploymentPublicKey& deployment() const noexcept;

    /// Takes in a batch that exchange::open_batch() verified: judges its sequence, stores what is new still sealed,
    /// commits, and only then opens records with `identities` (bad ones are listed, the rest goes on). Importing the
    /// same batch again changes nothing. Errors: Deployment, NoSpace, Io, InUse, Damaged, Memory.
    [[nodiscard]] Result<ImportReport> import_batch(const exchange::VerifiedBatch& batch,
                                                    std::span<const crypto::open::Identity> identities);

    /// Keeps a copy of a file that was refused and calls for quarantine, unopened, and remembers why.
    /// Errors: Missing (the file), ReadOnly, NoSpace, Io.
    [[nodiscard]] Result<void> quarantine(const std::filesystem::path& batch_file, std::string_view reason,
                                          std::string_view detail);

    /// Sorted by more_urgent(). Training records are left out unless asked for.
    [[nodiscard]] Result<std::vector<Case>> cases(bool with_training = false);
    [[nodiscard]] Result<std::vector<Device>> devices();
    /// By number. Empty `device`: of all, one device after the other.
    [[nodiscard]] Result<std::vector<AuditEntry>> audit(std::string_view device);
    [[nodiscard]] Result<AuditStanding> audit_standing(std::string_view device);
    [[nodiscard]] Result<std::vector<Quarantined>> quarantined();
    [[nodiscard]] Result<std::vector<Unlisted>> unlisted();

    /// From now on batches of this device are refused. Errors: NotFound.
    [[nodiscard]] Result<void> revoke(std::string_view device);

    /// The sealed bytes of a record exactly as they left the kiosk, by member name. Errors: NotFound.
    [[nodiscard]] Result<crypto::Bytes> sealed_original(std::string_view name);
    /// The JSON of a listed case, unknown members included. Errors: NotFound.
    [[nodiscard]] Result<std::string> record_json(std::string_view record);

  private:
    struct Parts;
    explicit Casebook(std::unique_ptr<Parts> parts) noexcept;
    std::unique_ptr<Parts> parts_;
};

}  // namespace app::casebook
