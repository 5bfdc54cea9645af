#pragma once
// The coordinators' records: takes in verified batches, keeps every record as it was sealed, opens what it can, and
// lists the cases with the urgent ones first. Formats of batches and certificates belong to
// app/exchange; what keeps it is behind custody.hpp.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/cases.hpp"
#include "app/casebook/custody.hpp"
#include "app/casebook/erasing.hpp"
#include "app/casebook/error.hpp"
#include "app/casebook/outcome.hpp"
#include "app/casebook/rules/referring.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"

namespace app::casebook {

/// Where files that call for quarantine are kept, unopened: `<file>.quarantine/`.
[[nodiscard]] std::filesystem::path quarantine_of(const std::filesystem::path& casebook);

// ---- what an import says ------------------------------------------------------------------------------------------

struct RecordOutcome {
    std::string name;  ///< of the member in the batch, 32 hex digits
    Outcome outcome;
    std::string detail;        ///< for refusals: what and where, short printable ASCII without any answer; for what is
                               ///< held: the word of a Doubt
    std::string case_code;     ///< empty when not opened
    bool interrupted = false;  ///< a partial without a final
};

struct ImportReport {
    std::string device;
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    Standing standing = Standing::InOrder;
    bool forked = false;                 ///< the device is known as forked, now or from before
    std::vector<Gap> missing;            ///< of this device, all epochs
    std::vector<RecordOutcome> records;  ///< in the order of the batch
    std::vector<RecordOutcome> settled;  ///< of earlier batches, whose outcome changed with this import
    AuditStanding audit = AuditStanding::Whole;
    bool repair_noted = false;    ///< this batch carries the device's note that its database was repaired
    std::size_t opened_late = 0;  ///< records of a batch that was here before, which could be opened only now
    exchange::Day certificate_end{};
    bool certificate_ended = false;

    [[nodiscard]] std::size_t count(Outcome outcome) const noexcept;
    [[nodiscard]] std::size_t refused() const noexcept;
    /// Records with this outcome, of this batch and of those that were settled.
    [[nodiscard]] std::vector<const RecordOutcome*> with(Outcome outcome) const;
};

// ---- what a casebook lists ----------------------------------------------------------------------------------------

struct Device {
    std::string device;
    std::uint64_t epoch = 0;          ///< latest seen
    std::uint64_t last_sequence = 0;  ///< in that epoch
    std::vector<Gap> missing;         ///< of all epochs
    bool forked = false;
    Revocation revoked = {};
    std::vector<std::uint64_t> doubtful_epochs;    ///< above the certificate's, and no repair was noted in them
    std::optional<exchange::Day> certificate_end;  ///< of the last batch; nothing before the first
    AuditStanding audit = AuditStanding::Whole;
};

inline constexpr std::uint64_t quarantine_most_hashed = exchange::batch_most_file_bytes;
inline constexpr std::uint64_t quarantine_most_bytes = 1U << 30;  ///< of all kept files together
inline constexpr std::size_t quarantine_most_files = 1000;

/// A case goes to somebody outside.
struct Referral {
    std::string place;  ///< its name in the programme's directory
    ReferralScope scope = ReferralScope::Nothing;
    bool agreed = false;  ///< a coordinator says that the person said yes to this
};

/// What an import is at, and what its progress counts.
enum class Stage : std::uint8_t {
    Storing,  ///< bytes of the batch's file
    Opening,  ///< records
};
/// Returning false stops the import where that leaves everything whole: while it stores, nothing of the batch stays;
/// while it opens, the batch is here and what was not opened waits for open_waiting().
using ImportProgress = std::function<bool(Stage stage, std::uint64_t done, std::uint64_t total)>;

class Casebook {
  public:
    /// Over what keeps it, which belongs to it from now on; app/casebook/sqlcipher makes and opens one. `file`: beside
    /// which refused files are kept. `deployment`: the key whose devices it accepts. `opened_by`: the recipient of the
    /// identity that opened it; empty for a new one.
    Casebook(crypto::SodiumReady ready, std::filesystem::path file, std::unique_ptr<Custody> custody,
             const crypto::DeploymentPublicKey& deployment, std::string opened_by = {});
    Casebook(Casebook&&) noexcept;
    Casebook& operator=(Casebook&&) noexcept;
    ~Casebook();

    /// How many threads open records from now on, at least one, with the one that calls; at first it is that one
    /// alone. What comes of the records is the same.
    void read_with(unsigned threads) noexcept;

    /// The key to verify batches with.
    [[nodiscard]] const crypto::DeploymentPublicKey& deployment() const noexcept;

    /// Takes in a batch that exchange::open_batch() verified: judges its sequence, stores what is new still sealed, one
    /// record after the other out of the batch's file, in one transaction, commits, and only then opens records with
    /// `identities` (bad ones are listed, the rest goes on). Importing the same batch again changes nothing. A file of
    /// this batch that was refused before, because its device was revoked, leaves the quarantine.
    /// Errors: Deployment, BatchFile, Stopped, NoSpace, Io, InUse, Damaged, Memory.
    [[nodiscard]] Result<ImportReport> import_batch(const exchange::VerifiedBatch& batch,
                                                    std::span<const crypto::open::Identity> identities,
                                                    const ImportProgress& progress = {});

    /// Opens what an interrupted import left unopened. Errors: Stopped, NoSpace, Io, InUse, ReadOnly, Damaged, Memory.
    [[nodiscard]] Result<void> open_waiting(std::span<const crypto::open::Identity> identities,
                                            const ImportProgress& progress = {});

    /// Remembers why a file was refused, with its name, size and digest, and keeps a copy of it, unopened, unless it is
    /// larger than any batch or the quarantine is full. The file is read once: the digest is that of the copy. Gives
    /// whether a copy is kept. Errors: Missing (no regular file that can be read), ReadOnly, NoSpace, Io.
    [[nodiscard]] Result<bool> quarantine(const std::filesystem::path& batch_file, std::string_view reason,
                                          std::string_view detail);

    /// One page of what is listed. The cases of a page are read in one piece, whatever is imported meanwhile.
    [[nodiscard]] Result<CasePage> cases(const CaseQuery& query = {});
    [[nodiscard]] Result<std::vector<Device>> devices();
    /// What the list of cases does not show.
    [[nodiscard]] Result<Unseen> unseen();
    /// Orders that wait for a person, by device and record.
    [[nodiscard]] Result<std::vector<Held>> held();
    /// A person decides about one thing that is held, known by device, record, kind and version: others of the same
    /// record wait on. Confirmed, a withdrawal erases all that was sealed of the record, and a revision takes the place
    /// of the listed one. Rejected, the case stays as it is; the decision is remembered.
    /// Errors: NotFound (nothing such is held), NoSpace, Io, …
    [[nodiscard]] Result<void> decide(const Held& held, bool confirm);
    /// By epoch and number. Empty `device`: of all, one device after the other.
    [[nodiscard]] Result<std::vector<AuditEntry>> audit(std::string_view device);
    [[nodiscard]] Result<AuditStanding> audit_standing(std::string_view device);
    [[nodiscard]] Result<std::vector<Quarantined>> quarantined();
    [[nodiscard]] Result<std::vector<Unlisted>> unlisted();

    /// From now on batches of this device are refused, or with `revoked` false no longer, unless the programme revokes
    /// it. It may be stolen before any batch of it has come. Errors: Input is no device id: NotFound.
    [[nodiscard]] Result<void> revoke(std::string_view device, bool revoked = true);
    /// What a bundle must have for heed(): a higher number than the last one, and the signatures that its policy asks
    /// for.
    [[nodiscard]] Result<exchange::BundleTrust> next_bundle();
    /// Refuses batches of exactly the devices that the programme revokes in this bundle, which was verified under
    /// next_bundle(), besides those that were revoked here. One that is not newer than the last changes nothing.
    /// Errors: Deployment.
    [[nodiscard]] Result<void> heed(const exchange::Bundle& bundle);

    /// The sealed bytes of a record exactly as they left the kiosk, by device and member name. Errors: NotFound.
    [[nodiscard]] Result<crypto::Bytes> sealed_original(std::string_view device, std::string_view name);
    /// The JSON of listed cases, unknown members included, by device, record and version, in their order. That they
    /// were opened is noted first, with today, the identity that opened the casebook and, where they are `exported`,
    /// the word of the format: what could not be noted is not given out. Errors: NotFound (of any: then nothing is
    /// noted), NoSpace, Io, InUse, ReadOnly, …
    [[nodiscard]] Result<std::vector<std::string>> records_json(std::span<const Case> listed, exchange::Day day,
                                                                std::string_view exported = {});
    /// What records_json() noted, the latest first: see AccessLog::latest().
    [[nodiscard]] Result<std::vector<Access>> accesses(std::string_view name, std::size_t most);

    /// A coordinator did something about a case, which is kept with today and the identity that opened the casebook; it
    /// goes with the case. Errors: NotFound (nothing is listed of it, or it was taken back), NoSpace, Io, …
    [[nodiscard]] Result<void> take_step(const Case& of, StepKind kind, const std::string& text, exchange::Day day,
                                         const std::string& place = {});
    /// As they were taken.
    [[nodiscard]] Result<std::vector<Step>> steps(const Case& of);
    /// Whether so much of a case may be passed on, by what its record says. Notes no opening: nothing of it is shown.
    /// Errors: NotFound, …
    [[nodiscard]] Result<rules::MayRefer> may_refer(const Case& of, ReferralScope scope);
    /// Notes a referral. False, and nothing is noted, where may_refer() says no, or the person has to have agreed and
    /// did not. Errors: as take_step().
    [[nodiscard]] Result<bool> refer(const Case& of, const Referral& referral, exchange::Day day);
    /// Notes what a place answered: Received, Accepted or Declined. False where the case was never referred to it.
    [[nodiscard]] Result<bool> answer_referral(const Case& of, StepKind answer, const std::string& place,
                                               exchange::Day day);

    /// Two records belong together from now on, or no longer: because a person says so, whatever device they came from.
    /// Noted on both. False where it was so before, or where both are the same. Errors: as take_step().
    [[nodiscard]] Result<bool> change_link(const Case& a, const Case& b, bool linked, exchange::Day day);
    /// What it was linked with, as it is listed.
    [[nodiscard]] Result<std::vector<Case>> linked(const Case& of);
    /// What it is not linked with and could be, to be said to a person: what another device sent under its code, and
    /// the record that it follows where that has another code.
    [[nodiscard]] Result<std::vector<Case>> may_belong(const Case& of);

    /// What could be erased, by device and record: all of it, or what has this case code or record id. Opens what
    /// waits first. Errors: as open_waiting().
    [[nodiscard]] Result<std::vector<Erasable>> erasable(std::string_view name,
                                                         std::span<const crypto::open::Identity> identities);
    /// Where else something of these records lies, or of anything of their devices that says `code`, which may be
    /// empty. Looks into everything that is kept but not listed, refused files included. Errors: Io, Damaged, Memory.
    [[nodiscard]] Result<Traces> traces(std::span<const Erasable> records, std::string_view code,
                                        std::span<const crypto::open::Identity> identities);
    /// Erases the records, byte-identical copies of what was sealed of them, and the traces; notes who, when and why.
    /// All or nothing, except that refused files go first. Errors: NoSpace, Io, InUse, ReadOnly, Damaged.
    [[nodiscard]] Result<void> erase(std::span<const Erasable> records, const Traces& traces, const Erasure& how);
    /// Writes the file anew, without what unused parts of it may still hold of erased rows. Takes memory for the whole
    /// casebook. Errors: NoSpace, Io, InUse, Memory.
    [[nodiscard]] Result<void> compact();
    /// What was erased, the latest first.
    [[nodiscard]] Result<std::vector<Erased>> erased();
    /// As if it had been erased here when it was: what another casebook of this programme says of itself, for one that
    /// knows less of the same, such as one out of an older backup. Also what is here of a whole visit, and the traces
    /// of both. What was erased before keeps its note. How many records went. Errors: as open_waiting() and erase().
    [[nodiscard]] Result<std::size_t> heed_erased(std::span<const Erased> notes,
                                                  std::span<const crypto::open::Identity> identities);
    /// While it lives nobody else changes the casebook, so that its files may be copied as they lie. Committed for what
    /// note_backup() said meanwhile, else dropped. Errors: InUse, ReadOnly, Io.
    [[nodiscard]] Result<std::unique_ptr<Change>> hold();
    /// The day of the last backup, by the clock of then: one that is still to come says nothing. Nothing before the
    /// first. Errors: Io, Damaged.
    [[nodiscard]] Result<std::optional<exchange::Day>> last_backup();
    /// While hold() lives. Errors: NoSpace, Io.
    [[nodiscard]] Result<void> note_backup(exchange::Day day);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace app::casebook
