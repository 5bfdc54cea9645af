#pragma once
// Erasing in an SQLCipher database.

#include "app/casebook/erasures.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class Erasures final : public casebook::Erasures {
  public:
    explicit Erasures(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<std::vector<Erasable>> kept() override;
    [[nodiscard]] Result<std::vector<HeldName>> held(std::string_view device, std::string_view record) override;
    [[nodiscard]] Result<std::vector<crypto::Digest>> digests(std::string_view device,
                                                              std::string_view record) override;
    [[nodiscard]] Result<void> each_stray(const SeeStray& see) override;
    [[nodiscard]] Result<bool> same_was_erased(std::int64_t sealed) override;

    [[nodiscard]] Result<void> erase(std::string_view device, std::string_view record) override;

    [[nodiscard]] Result<void> note(const Erased& erased, bool whole_visit) override;
    [[nodiscard]] Result<void> note_with_visit(std::string_view device, std::string_view record,
                                               std::string_view case_code) override;
    [[nodiscard]] Result<bool> was_erased(std::string_view device, std::string_view record) override;
    [[nodiscard]] Result<bool> visit_was_erased(std::string_view device, std::string_view case_code) override;
    [[nodiscard]] Result<std::vector<Erased>> erased() override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
