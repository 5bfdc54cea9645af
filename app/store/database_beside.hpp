#pragma once
// The copy of a database that is looked at where the original must not be touched. Inside app/store only.

#include "app/store/state_folder.hpp"

namespace app::store::detail {

/// The database beside which its last transaction may lie, under another name; removed by the destructor.
class DatabaseCopy {
  public:
    explicit DatabaseCopy(const StateFolder& folder) : folder_(folder) { remove(); }
    DatabaseCopy(const DatabaseCopy&) = delete;
    DatabaseCopy& operator=(const DatabaseCopy&) = delete;
    ~DatabaseCopy() { remove(); }

    /// Makes it anew. A journal that is no plain file counts as none.
    /// Errors: Missing, Damaged (no plain file), ReadOnly, NoSpace, Io.
    [[nodiscard]] Result<void> make(bool with_journal);
    [[nodiscard]] std::filesystem::path path() const;
    /// A file beside it that is removed with it.
    [[nodiscard]] std::filesystem::path helper() const;

  private:
    void remove() noexcept;
    const StateFolder& folder_;
};

[[nodiscard]] std::filesystem::path journal_of(const std::filesystem::path& database);

}  // namespace app::store::detail
