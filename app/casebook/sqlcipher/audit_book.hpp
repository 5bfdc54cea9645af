#pragma once
// The audits of devices in an SQLCipher database.

#include "app/casebook/audit_book.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class AuditBook final : public casebook::AuditBook {
  public:
    explicit AuditBook(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<void> keep(const ArrivedEntry& entry) override;
    [[nodiscard]] Result<std::vector<rules::EntryBeside>> beside(const ArrivedEntry& entry) override;
    [[nodiscard]] Result<void> each_after(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                                          const SeeEntry& see) override;
    [[nodiscard]] Result<std::vector<AuditEntry>> entries(std::string_view device) override;
    [[nodiscard]] Result<std::vector<std::uint64_t>> epochs(std::string_view device) override;
    [[nodiscard]] Result<std::uint64_t> first_number(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<std::uint64_t> last_number(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<bool> notes(std::string_view device, std::uint64_t epoch, std::string_view type) override;
    [[nodiscard]] Result<bool> left_behind(std::string_view device, std::uint64_t before, std::uint64_t number,
                                           std::uint64_t epoch) override;

    [[nodiscard]] Result<std::optional<rules::AuditChain>> chain(std::string_view device, std::uint64_t epoch) override;
    [[nodiscard]] Result<void> set_chain(std::string_view device, const rules::AuditChain& chain) override;
    [[nodiscard]] Result<void> claim(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                                     const crypto::Digest& head) override;
    [[nodiscard]] Result<std::vector<crypto::Digest>> claims(std::string_view device, std::uint64_t epoch,
                                                             std::uint64_t number) override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
