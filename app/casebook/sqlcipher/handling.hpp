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
    [[nodiscard]] Result<void> link(const RecordName& one, const RecordName& other) override;
    [[nodiscard]] Result<void> unlink(const RecordName& one, const RecordName& other) override;
    [[nodiscard]] Result<std::vector<RecordName>> linked(const RecordName& with) override;

  private:
    app::database::Database* database_;
};

}  // namespace app::casebook::sqlcipher
