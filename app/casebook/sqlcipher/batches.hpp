#pragma once
// Batches and devices in an SQLCipher database.

#include "app/casebook/batches.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class Batches final : public casebook::Batches {
  public:
    explicit Batches(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<std::optional<KnownDevice>> device(std::string_view device) override;
    [[nodiscard]] Result<std::vector<KnownDevice>> devices() override;
    [[nodiscard]] Result<void> note(std::string_view device, bool forked) override;
    [[nodiscard]] Result<void> revoke(std::string_view device, bool revoked) override;
    [[nodiscard]] Result<Heeded> heeded() override;
    [[nodiscard]] Result<void> heed(const Heeded& bundle, const std::vector<std::string>& revoked) override;

    [[nodiscard]] Result<std::int64_t> keep(const ArrivedBatch& batch) override;
    [[nodiscard]] Result<void> mark_ended(std::int64_t batch, bool ended) override;
    [[nodiscard]] Result<std::optional<std::int64_t>> number_of(std::string_view device,
                                                                const rules::Batch& batch) override;
    [[nodiscard]] Result<std::optional<BatchOrigin>> origin(std::int64_t batch) override;
    [[nodiscard]] Result<std::optional<rules::Batch>> named(std::string_view device,
                                                            const crypto::Digest& manifest) override;
    [[nodiscard]] Result<std::vector<rules::Batch>> beside(std::string_view device, const rules::Batch& batch) override;
    [[nodiscard]] Result<std::vector<rules::Batch>> places(std::string_view device) override;
    [[nodiscard]] Result<std::optional<BatchOrigin>> last(std::string_view device) override;

    [[nodiscard]] Result<std::uint64_t> last_sequence(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<std::uint64_t> count_up_to(std::string_view device, std::uint64_t epoch,
                                                    std::uint64_t sequence) override;
    [[nodiscard]] Result<std::uint64_t> epoch_before(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<std::vector<crypto::Digest>> named_by_next_epoch(std::string_view device,
                                                                          std::uint64_t epoch) override;
    [[nodiscard]] Result<std::vector<std::uint64_t>> begun_epochs(std::string_view device) override;
    [[nodiscard]] Result<bool> has_begun(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<bool> names_nothing_before(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<void> each_certificate(std::string_view device, std::uint64_t epoch,
                                                const SeeCertificate& see) override;
    [[nodiscard]] Result<bool> audit_unknown(std::string_view device) override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
