#pragma once
// What is put right in an SQLCipher database.

#include "app/casebook/reversals.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class Reversals final : public casebook::Reversals {
  public:
    explicit Reversals(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<std::vector<std::int64_t>> withdrawals_since(std::string_view device,
                                                                      const ForkPlace& since) override;
    [[nodiscard]] Result<void> reopen_hidden_since(std::string_view device, const ForkPlace& since) override;
    [[nodiscard]] Result<void> reopen_hidden(std::int64_t sealed) override;
    [[nodiscard]] Result<std::optional<std::int64_t>> emptied(std::string_view device,
                                                              const crypto::Digest& sha256) override;
    [[nodiscard]] Result<std::optional<Order>> withdrawal_of(std::int64_t sealed) override;
    [[nodiscard]] Result<void> fill_again(std::int64_t sealed, crypto::ByteView bytes) override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
