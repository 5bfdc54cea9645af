#pragma once
// Inside of Casebook, shared by its source files only.

#include <map>
#include <set>

#include "app/casebook/casebook.hpp"
#include "app/casebook/passed_on.hpp"
#include "app/casebook/rules/audit_chain.hpp"
#include "app/casebook/rules/doubt.hpp"

namespace app::casebook {

namespace detail {

/// Of one transaction: a commit costs more than opening a record, and a page of an index that many of them change is
/// written once in each.
inline constexpr std::size_t rows_at_once = 4096;
inline constexpr std::size_t rows_between = 256;  ///< after so many whoever waits is asked whether to go on

/// The type of the audit entry that says that a device's database was repaired.
[[nodiscard]] std::string_view repair_word() noexcept;

/// What was found out about one sealed record when it was opened.
struct Opened {
    Outcome outcome = Outcome::Malformed;
    std::string detail;
    std::string case_code;
    bool interrupted = false;
};

struct ReadRecord;

/// A sealed row whose content is known.
struct Unsealed {
    std::int64_t sealed = 0;  ///< row
    std::int64_t batch = 0;   ///< row of the batch that brought it
    const Record& record;
    std::string_view json;

    [[nodiscard]] Entry entry() const noexcept { return {sealed, record, json}; }
};

}  // namespace detail

struct Casebook::Parts {
    Parts(crypto::SodiumReady is_ready, std::filesystem::path at, std::unique_ptr<Custody> keeps,
          const crypto::DeploymentPublicKey& key, std::string by)
        : ready(is_ready),
          file(std::move(at)),
          custody(std::move(keeps)),
          deployment(key),
          deployment_id(exchange::deployment_id(ready, key)),
          opened_by(std::move(by)) {}

    crypto::SodiumReady ready;
    std::filesystem::path file;
    std::unique_ptr<Custody> custody;
    Ledger& ledger = custody->ledger();
    Reversals& reversals = custody->reversals();
    Batches& batches = custody->batches();
    AuditBook& audits = custody->audits();
    Erasures& erasures = custody->erasures();
    Refusals& refusals = custody->refusals();
    Handling& handling = custody->handling();
    AccessLog& access_log = custody->access_log();
    crypto::DeploymentPublicKey deployment;
    std::string deployment_id;
    std::string opened_by;  ///< the recipient of the identity that opened the key file; empty for a new casebook

    // import.cpp
    struct Place {
        std::int64_t batch = 0;  ///< row of the batch
        Standing standing = Standing::InOrder;
        bool forked = false;
    };
    [[nodiscard]] Result<Place> take_in(const exchange::VerifiedBatch& batch, const ImportProgress& progress);
    [[nodiscard]] Result<void> store_members(std::int64_t batch, const exchange::VerifiedBatch& from,
                                             const ImportProgress& progress);
    [[nodiscard]] Result<void> insert_sealed(std::int64_t batch, std::string_view device,
                                             const exchange::BatchRecord& record, crypto::ByteView sealed);
    [[nodiscard]] Result<void> report_records(const exchange::VerifiedBatch& batch, ImportReport& report);
    [[nodiscard]] Result<RecordOutcome> outcome_of(std::int64_t sealed);
    std::vector<std::int64_t> held_again;      ///< withdrawals that this import set back to waiting, by row
    std::vector<bool> known;                   ///< of the batch being imported: which records were here before
    std::vector<std::int64_t> from_elsewhere;  ///< the same: rows of those that another batch brought first
    bool emptied_known = false;                ///< the same: whether bytes of some of them are gone

    // fork.cpp
    [[nodiscard]] Result<void> look_again(const exchange::VerifiedBatch& batch, const Place& place);
    [[nodiscard]] Result<void> hold_since_fork(std::string_view device);
    [[nodiscard]] Result<void> open_contested();
    [[nodiscard]] Result<bool> emptied_in_doubt(std::int64_t sealed);
    [[nodiscard]] Result<void> bring_back(const exchange::VerifiedBatch& from);
    [[nodiscard]] Result<void> fill_again(std::string_view device, const exchange::Digest& sha256,
                                          crypto::ByteView bytes);
    ForkPlace forked_since;            ///< of the last batch that judge() found forked
    std::set<std::int64_t> contested;  ///< of this import: rows that another batch of a forked device brought as well

    // sequence.cpp
    [[nodiscard]] Result<Standing> judge(const exchange::VerifiedBatch& batch);
    [[nodiscard]] Result<Standing> judge_epoch_start(const exchange::VerifiedBatch& batch);
    [[nodiscard]] Result<bool> contradicts_later(const exchange::BatchHeader& header, const exchange::Digest& manifest);
    [[nodiscard]] Result<bool> bridged(std::string_view device, std::uint64_t epoch);
    [[nodiscard]] Result<bool> certified(std::string_view device, std::uint64_t epoch);
    [[nodiscard]] Result<bool> certified_up_to(std::string_view device, std::uint64_t epoch);
    [[nodiscard]] Result<std::vector<Gap>> missing(std::string_view device);
    [[nodiscard]] Result<std::vector<std::uint64_t>> doubtful_epochs(std::string_view device);
    [[nodiscard]] Result<bool> nothing_before(std::string_view device, std::uint64_t epoch, bool anything_before,
                                              const exchange::Digest& previous);

    // quarantine.cpp
    void remove_copy(const exchange::Digest& file_sha256) const;

    // doubt.cpp
    [[nodiscard]] Result<rules::Source> source(std::int64_t batch);
    [[nodiscard]] Result<Doubt> doubt_of(std::int64_t batch);
    [[nodiscard]] Result<Doubt> reach_to_erase(std::int64_t from, std::int64_t to);
    [[nodiscard]] Result<Doubt> may_withdraw(const detail::Unsealed& order);
    std::map<std::int64_t, rules::Source> sources;  ///< of this import, by row; whatever changes a source clears it

    // audit.cpp
    [[nodiscard]] Result<bool> keep_entry(const exchange::BatchHeader& from, const exchange::BatchRecord& entry,
                                          crypto::ByteView sealed);
    [[nodiscard]] Result<void> take_audit(const exchange::VerifiedBatch& batch);
    bool audit_contradicted = false;  ///< of the batch being imported: an entry is another than one from before
    [[nodiscard]] Result<bool> all_batches_here(std::string_view device);
    [[nodiscard]] Result<rules::EpochAudit> epoch_audit(std::string_view device,
                                                        const std::vector<std::uint64_t>& epochs, std::size_t at);
    [[nodiscard]] Result<AuditStanding> standing_of_audit(std::string_view device);

    // opening.cpp
    [[nodiscard]] Result<void> open_waiting(std::int64_t batch, std::span<const crypto::open::Identity> identities,
                                            std::vector<std::int64_t>* others, const ImportProgress& progress);
    [[nodiscard]] Result<bool> file_and_mark(std::int64_t sealed, const detail::ReadRecord& read);
    std::size_t opened_now = 0;  ///< records that the last open_waiting() could open
    unsigned threads = 1;        ///< that open records
    [[nodiscard]] Result<detail::Opened> file_read(std::int64_t sealed, const detail::ReadRecord& read);
    [[nodiscard]] Result<detail::Opened> file_foreign(std::int64_t sealed, const Record& record);
    [[nodiscard]] Result<detail::Opened> erased_as_it_came(std::int64_t sealed);

    // orders.cpp
    [[nodiscard]] Result<detail::Opened> file_record(const detail::Unsealed& one);
    [[nodiscard]] Result<detail::Opened> file_revision(const detail::Unsealed& one, const Listed& listed);
    [[nodiscard]] Result<detail::Opened> withdraw(const detail::Unsealed& one);
    [[nodiscard]] Result<detail::Opened> hold(const detail::Unsealed& one, Doubt doubt);
    [[nodiscard]] Result<std::optional<detail::Opened>> file_withdrawn(const detail::Unsealed& one,
                                                                       const Listed& listed);
    [[nodiscard]] Result<void> set_beside(const Listed& listed, Doubt doubt);
    [[nodiscard]] Result<void> settle(std::string_view device, std::vector<std::int64_t>& changed);
    [[nodiscard]] Result<bool> settle_one(std::int64_t sealed, std::int64_t batch);

    // erase.cpp
    [[nodiscard]] Result<std::optional<detail::Opened>> file_erased(const detail::Unsealed& one);
    [[nodiscard]] Result<void> erase_traces(const Traces& traces);
};

}  // namespace app::casebook
