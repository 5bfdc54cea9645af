#pragma once
// What is remembered of refused files in an SQLCipher database.

#include "app/casebook/refusals.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class Refusals final : public casebook::Refusals {
  public:
    explicit Refusals(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<void> note(const Quarantined& refused) override;
    [[nodiscard]] Result<bool> forget(std::string_view file_sha256) override;
    [[nodiscard]] Result<void> note_no_copy(std::string_view file_sha256) override;
    [[nodiscard]] Result<std::vector<Quarantined>> all() override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
