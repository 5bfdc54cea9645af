#pragma once
// The audit chain: entries one after the other, and where it stands as a value that the summary covers, so that an
// older end put back is found when opening. What an entry says belongs to app/exchange.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/store/tables.hpp"

namespace app::store {

class Audit {
  public:
    explicit Audit(detail::Tables& tables) noexcept : tables_(tables), database_(tables.database()) {}
    Audit(const Audit&) = delete;
    Audit& operator=(const Audit&) = delete;

    [[nodiscard]] Result<AuditHead> head();
    /// Errors: Refused (not the next number), Input, NoSpace.
    [[nodiscard]] Result<void> append(const AuditEntry& entry);
    /// Newest first.
    [[nodiscard]] Result<std::vector<AuditRow>> rows(std::size_t most);
    /// Errors: NotFound.
    [[nodiscard]] Result<AuditEntry> entry(std::uint64_t number);
    /// Up to which number entries have gone into a batch. Errors of the setter: Input (beyond the last).
    [[nodiscard]] Result<std::uint64_t> sent();
    [[nodiscard]] Result<void> set_sent(std::uint64_t number);

  private:
    friend class Store;
    /// Where a repair found that the chain ends. Inside Tables::change().
    Result<void> begin_at(const AuditHead& head, std::uint64_t sent);

    detail::Tables& tables_;
    database::Database& database_;
};

}  // namespace app::store
