#pragma once
// What may be said of what a kiosk keeps, to whoever stands before it: how many, and which kinds of thing on which day.

#include <chrono>
#include <cstdint>

namespace app::model {

struct Counts {
    std::uint64_t waiting = 0;    ///< rows not yet in a batch
    std::uint64_t batched = 0;    ///< rows in a batch without a receipt
    std::uint64_t receipted = 0;  ///< rows with a receipt, still kept
    std::uint64_t batches = 0;    ///< batches made so far
};

/// One entry of the device's audit without what is sealed in it. What `type` means belongs to app/exchange.
struct AuditRow {
    std::uint64_t number = 0;  ///< from 1, without gaps
    std::uint8_t type = 0;
    std::chrono::sys_days day{};
};

}  // namespace app::model
