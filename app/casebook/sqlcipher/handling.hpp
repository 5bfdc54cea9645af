#pragma once
// What coordinators do about cases, in an SQLCipher database.

#include "app/casebook/handling.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Must not outlive the database.
class Handling final : public casebook::Handling {
  public:
    explicit Handling(app::database::Database& database) : database_(&database) {}

    [[nodiscard]] Result<void> add(const Step& step) override;
    [[nodiscard]] Result<std::vector<Step>> steps(std::string_view device, std::string_view record) override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
