#pragma once
// Who opened which case, in an SQLCipher database.

#include "app/casebook/access_log.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class AccessLog final : public casebook::AccessLog {
  public:
    explicit AccessLog(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<void> add(const Access& access) override;
    [[nodiscard]] Result<std::vector<Access>> latest(std::string_view name, std::size_t most) override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
