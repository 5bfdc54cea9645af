#pragma once
// The store on SQLCipher. Inside app/store only; everybody else sees Store.

#include "app/database/database.hpp"
#include "app/store/store.hpp"
#include "app/store/summary.hpp"
#include "crypto/try.hpp"

namespace app::store::detail {

/// Failures of crypto in terms of this layer.
[[nodiscard]] Error error_of(crypto::Error error) noexcept;
[[nodiscard]] bool is_record_id(std::string_view text) noexcept;
/// A row of ours has names of ours.
[[nodiscard]] inline bool is_named(const RowInfo& row) noexcept {
    return is_record_id(row.name) && is_record_id(row.record);
}

/// What a repair found out.
struct AfterRepair {
    AuditHead audit;                    ///< where the chain ends now
    std::uint64_t audit_sent = 0;       ///< as far as that is known for certain
    std::uint64_t epoch = 0;            ///< the new one; 0 when the device was never enrolled
    std::uint64_t bundle_sequence = 0;  ///< the highest that was installed; 0 when none is known
    Digest damaged{};                   ///< of the database file that this one takes the place of
    std::string note;                   ///< what the coordinators are to be told
};

class SqlStore final : public Store {
  public:
    SqlStore(crypto::SodiumReady ready, database::Database database, Summary summary)
        : ready_(ready), database_(std::move(database)), summary_(std::move(summary)) {}

    Result<void> add_worker(Worker worker, const crypto::SecretBytes& pin, crypto::ArgonCost cost) override;
    Result<void> change_pin(WorkerNumber number, const crypto::SecretBytes& pin, crypto::ArgonCost cost) override;
    Result<void> remove_worker(WorkerNumber number) override;
    Result<std::vector<Worker>> workers() override;
    Result<std::vector<WorkerNumber>> removed_workers() override;
    Result<SignIn> sign_in(WorkerNumber number, const crypto::SecretBytes& pin, Now now) override;
    Result<std::chrono::seconds> clock_set_by(Now now) override;
    Result<bool> device_locked() override;
    Result<void> lift_device_lock() override;

    Result<void> keep_device_key(const crypto::DeviceSecretKey& key) override;
    Result<crypto::DeviceSecretKey> device_key() override;
    Result<void> enrol(const Enrolment& enrolment) override;
    Result<Enrolment> enrolment() override;
    Result<void> install_bundle(std::uint64_t sequence, ByteView bytes) override;
    Result<InstalledBundle> bundle() override;
    Result<std::uint64_t> bundle_sequence() override;
    Result<void> keep_bundle_excerpt(ByteView bytes) override;
    Result<Bytes> bundle_excerpt() override;
    Result<std::optional<std::string>> setting(std::string_view name) override;
    Result<void> set_setting(std::string_view name, std::string_view value) override;

    Result<RowId> insert(std::string_view record, std::uint32_t revision, ByteView sealed, ByteView draft) override;
    Result<std::optional<Draft>> draft() override;
    Result<void> drop_draft() override;
    Result<Bytes> read(RowId id) override;
    Result<Bytes> read(std::string_view name) override;
    Result<std::uint64_t> delete_older(std::string_view record, std::uint32_t revision) override;
    Result<void> discard(RowId id) override;
    Result<std::uint32_t> last_revision(std::string_view record) override;
    Result<bool> was_exported(std::string_view record) override;
    Result<std::uint64_t> erase(std::string_view record) override;
    Result<Counts> counts() override;
    Result<KeptRows> kept_rows() override;

    Result<AuditHead> audit_head() override;
    Result<void> append_audit(const AuditEntry& entry) override;
    Result<std::vector<AuditRow>> audit_rows(std::size_t most) override;
    Result<AuditEntry> audit_entry(std::uint64_t number) override;
    Result<std::uint64_t> audit_sent() override;
    Result<void> set_audit_sent(std::uint64_t number) override;

    Result<BatchPlan> plan_batch(std::string_view open_record) override;
    Result<void> freeze(const BatchPlan& plan, std::size_t count, const BatchBytes& bytes) override;
    Result<std::vector<BatchKey>> open_batches() override;
    Result<FrozenBatch> batch(BatchKey key) override;
    /// A new database that was filled from a damaged one begins to be a store of its own.
    [[nodiscard]] Result<void> after_repair(const AfterRepair& after);
    /// Whether this store was made by a repair of the database with this digest.
    [[nodiscard]] Result<bool> repairs(const Digest& damaged);
    void release_memory() noexcept override { database_.release_memory(); }
    /// As database::Database::keep_migrations().
    [[nodiscard]] Result<void> keep_migrations() { return database_.keep_migrations(); }

  private:
    /// The device's own time: as much later than any earlier one as the machine was seen running in between.
    using DeviceTime = std::chrono::sys_seconds;
    struct Clock {
        std::uint64_t start = 0;
        std::chrono::seconds running{};
        DeviceTime time{};
        std::chrono::seconds wall_offset{};  ///< of the wall clock to `running`, as it was last taken for right
    };
    Result<Clock> clock_at(Now now);
    /// Inside a transaction whose end calls summary_.tables_changed().
    Result<void> put(const Clock& clock);

    struct Tries {
        Worker worker;
        Bytes verifier;
        int wrong = 0;
        DeviceTime wrong_at{};
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
    Result<std::vector<RowPlace>> places(std::string_view where, const Values&... values) {
        const auto ours = [](database::Row row) -> Result<RowPlace> {
            AMPARO_TRY(place, place_columns(row));
            if (!is_named(place.row)) return tl::unexpected(Error::Damaged);
            return place;
        };
        return database_.rows(std::string(place_select).append(where), ours, values...);
    }
    Result<std::uint64_t> delete_rows(const std::vector<RowPlace>& rows);
    Result<void> freeze_row(const RowInfo& row, std::uint64_t epoch, std::uint64_t sequence);
    /// The second column, when its digest is what the first one says. Errors: Damaged.
    Result<Bytes> checked_bytes(database::Row row) const;
    template <class Key>
    Result<Bytes> sealed_bytes(std::string_view sql, const Key& key);
    /// Runs `change` and the new summary of the tables in one transaction.
    template <class Change>
    Result<void> change_tables(Change change) {
        AMPARO_TRY(transaction, database::Transaction::begin(database_));
        AMPARO_DO(change());
        AMPARO_DO(summary_.tables_changed(database_));
        return transaction.commit();
    }

    crypto::SodiumReady ready_;
    database::Database database_;
    Summary summary_;
};

/// The whole database of a file as at any start; migrations are held until keep_migrations(). Errors: as open_store().
[[nodiscard]] Result<std::unique_ptr<SqlStore>> open_whole(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                           const crypto::SecretBytes& key);

}  // namespace app::store::detail
