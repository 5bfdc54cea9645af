#pragma once
// The bundle that is installed here, and its excerpt, as bytes. Verifies nothing: that belongs to app/exchange.

#include <cstdint>

#include "app/store/tables.hpp"

namespace app::store {

class Bundle {
  public:
    explicit Bundle(detail::Tables& tables) noexcept : tables_(tables), database_(tables.database()) {}
    Bundle(const Bundle&) = delete;
    Bundle& operator=(const Bundle&) = delete;

    /// Verified by the caller. The same sequence with the same bytes again changes nothing, or brings back what was
    /// lost.
    /// Errors: Refused (a sequence that does not rise), Input (over 64 MiB).
    [[nodiscard]] Result<void> install(std::uint64_t sequence, ByteView bytes);
    /// Errors: NotFound (also when it was lost in a repair).
    [[nodiscard]] Result<InstalledBundle> installed();
    /// The highest sequence that was installed here, also when the bundle itself was lost; 0 when none was.
    [[nodiscard]] Result<std::uint64_t> sequence();
    /// The part of the bundle that sealing needs, signed like the whole: it stands twice, apart from the bundle.
    /// Errors: Input (empty, over 1 MiB).
    [[nodiscard]] Result<void> keep_excerpt(ByteView bytes);
    /// Errors: NotFound.
    [[nodiscard]] Result<Bytes> excerpt();

  private:
    detail::Tables& tables_;
    database::Database& database_;
};

}  // namespace app::store
