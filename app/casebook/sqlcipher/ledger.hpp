#pragma once
// The ledger in an SQLCipher database, whose schema is schema.hpp.

#include "app/casebook/ledger.hpp"
#include "app/database/database.hpp"
#include "crypto/ready.hpp"

namespace app::casebook::sqlcipher {

/// Transactions are the caller's. Must not outlive the database.
class Ledger final : public casebook::Ledger {
  public:
    Ledger(crypto::SodiumReady ready, app::database::Database& database) : ready_(ready), database_(&database) {}

    [[nodiscard]] Result<std::int64_t> keep(const Arrival& arrival) override;
    [[nodiscard]] Result<std::optional<Kept>> kept_as(std::string_view device, const crypto::Digest& sha256) override;
    [[nodiscard]] Result<std::optional<Sealed>> sealed(std::int64_t sealed) override;
    [[nodiscard]] Result<crypto::Bytes> original(std::string_view device, std::string_view name) override;
    [[nodiscard]] Result<void> own(std::int64_t sealed, const Record& record) override;
    [[nodiscard]] Result<void> mark(std::int64_t sealed, const Fate& fate) override;
    [[nodiscard]] Result<std::optional<Fate>> fate(std::int64_t sealed) override;
    [[nodiscard]] Result<std::vector<Kept>> waiting(std::int64_t batch) override;
    [[nodiscard]] Result<bool> waits(std::int64_t sealed) override;
    [[nodiscard]] Result<std::optional<Told>> told(std::int64_t sealed) override;
    [[nodiscard]] Result<std::vector<Unlisted>> unlisted() override;
    [[nodiscard]] Result<bool> has_other(std::string_view device, std::string_view record,
                                         std::int64_t sealed) override;
    [[nodiscard]] Result<std::optional<std::int64_t>> next_batch(std::string_view device, std::string_view record,
                                                                 std::int64_t batch) override;
    [[nodiscard]] Result<void> empty(std::int64_t sealed) override;
    [[nodiscard]] Result<void> empty_record(std::string_view device, std::string_view record,
                                            std::int64_t but) override;

    [[nodiscard]] Result<void> list(const Entry& entry) override;
    [[nodiscard]] Result<std::optional<Listed>> listed(std::string_view device, std::string_view record) override;
    [[nodiscard]] Result<CasePage> cases(const CaseQuery& query) override;
    [[nodiscard]] Result<std::string> json(std::string_view device, std::string_view record,
                                           std::string_view version) override;

    [[nodiscard]] Result<void> hold(const Entry& entry) override;
    [[nodiscard]] Result<void> hold_listed(std::int64_t sealed) override;
    [[nodiscard]] Result<bool> is_held(std::string_view device, std::string_view record,
                                       const crypto::Digest& json_sha256) override;
    [[nodiscard]] Result<std::vector<Held>> held() override;
    [[nodiscard]] Result<std::vector<Kept>> held_of(std::string_view device) override;
    [[nodiscard]] Result<std::vector<Kept>> held_as(const Held& held) override;
    [[nodiscard]] Result<std::optional<std::string>> held_json(std::int64_t sealed) override;
    [[nodiscard]] Result<void> release(std::int64_t sealed) override;

  private:
    crypto::SodiumReady ready_;
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
